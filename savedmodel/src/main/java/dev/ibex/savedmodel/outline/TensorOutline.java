package dev.ibex.savedmodel.outline;

import dev.ibex.core.TensorSpec;
import dev.ibex.savedmodel.bundle.ShapeProtos;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorInfo;

/**
 * An input or output of a signature.
 *
 * @param name how programs call it
 * @param dtype its type's common name
 * @param shape -1 where a size is open
 * @param tensor the tensor of the graph; of a sparse or composite one, those that it is made of
 */
public record TensorOutline(String name, String dtype, Shape shape, String tensor) {
  static List<TensorOutline> all(Map<String, TensorInfo> infos) {
    return new TreeMap<>(infos).entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
  }

  private static TensorOutline of(String name, TensorInfo info) {
    return new TensorOutline(
        name,
        Protos.name(info.getDtype()),
        ShapeProtos.shape(info.getTensorShape()),
        switch (info.getEncodingCase()) {
          case COO_SPARSE ->
              "sparse: "
                  + String.join(
                      ", ",
                      info.getCooSparse().getIndicesTensorName(),
                      info.getCooSparse().getValuesTensorName(),
                      info.getCooSparse().getDenseShapeTensorName());
          case COMPOSITE_TENSOR ->
              "composite: "
                  + String.join(
                      ", ",
                      info.getCompositeTensor().getComponentsList().stream()
                          .map(TensorInfo::getName)
                          .toList());
          default -> info.getName();
        });
  }

  /** Returns type and shape, such as {@code float32(?, 4)}; of an op without outputs, that. */
  public String spec() {
    return dtype.equals("invalid") ? "an op" : dtype + TensorSpec.text(shape);
  }
}
