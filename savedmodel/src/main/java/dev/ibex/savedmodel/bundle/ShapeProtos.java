package dev.ibex.savedmodel.bundle;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.TensorShapeProto;

/** Shapes as TensorFlow's files have them. */
public final class ShapeProtos {
  private ShapeProtos() {}

  /**
   * Returns a shape; sizes that may change are -1.
   *
   * @throws IllegalArgumentException if a size is less than that
   */
  public static Shape shape(TensorShapeProto proto) {
    if (proto.getUnknownRank()) {
      return Shape.unknown();
    }
    long[] dims = proto.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
    for (long d : dims) {
      if (d < Shape.UNKNOWN_SIZE) {
        throw new IllegalArgumentException("expected sizes of axes, got " + d);
      }
    }
    return Shape.of(dims);
  }

  /** Returns the description of a shape. */
  public static TensorShapeProto shape(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    if (shape.isUnknown()) {
      return proto.setUnknownRank(true).build();
    }
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return proto.build();
  }
}
