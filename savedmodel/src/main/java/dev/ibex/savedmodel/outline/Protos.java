package dev.ibex.savedmodel.outline;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.bundle.ShapeProtos;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/** Types of elements as TensorFlow's files have them. */
final class Protos {
  /** What is added to the number of a type whose tensors TensorFlow 1 passes by reference. */
  private static final int REFERENCE = 100;

  private Protos() {}

  /** Returns the type of elements; empty for resources, variants and the like. */
  static Optional<DType> dtype(DataType type) {
    DataType value = value(type);
    return Stream.of(DType.values()).filter(t -> t.proto() == value).findFirst();
  }

  /** Returns the common name, such as {@code float32} or {@code resource}. */
  static String name(DataType type) {
    return dtype(type)
        .map(DType::lowerName)
        .orElseGet(() -> value(type).name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT));
  }

  private static DataType value(DataType type) {
    boolean reference = type != DataType.UNRECOGNIZED && type.getNumber() > REFERENCE;
    DataType value = reference ? DataType.forNumber(type.getNumber() - REFERENCE) : type;
    return value == null ? type : value;
  }

  /** Returns type and shape, such as {@code float32(?, 4)}. */
  static String text(DataType type, TensorShapeProto shape) {
    return name(type) + TensorSpec.text(ShapeProtos.shape(shape));
  }
}
