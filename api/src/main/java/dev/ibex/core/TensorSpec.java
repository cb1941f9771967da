package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * Shape and element type of a symbolic tensor.
 *
 * @param shape the shape, batch axis included; -1 where unknown, {@link Shape#unknown()} if not
 *     even the rank is known, which no tensor of a model of layers has
 * @param dtype the element type
 */
public record TensorSpec(Shape shape, DType dtype) {
  /** Returns the number of axes, batch included; -1 if that is unknown. */
  public int rank() {
    return shape.numDimensions();
  }

  /** Returns the same element type with another shape. */
  public TensorSpec withShape(Shape other) {
    return new TensorSpec(other, dtype);
  }

  /** Returns the shape with another element type. */
  public TensorSpec withDType(DType other) {
    return new TensorSpec(shape, other);
  }

  /** Returns the shape as texts show it: {@code (?, 28, 28, 1)}. */
  public static String text(Shape shape) {
    if (shape.isUnknown()) {
      return "(any rank)";
    }
    return Arrays.stream(shape.asArray())
        .mapToObj(d -> d < 0 ? "?" : Long.toString(d))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  @Override
  public String toString() {
    return dtype.lowerName() + text(shape);
  }
}
