package dev.ibex.initializers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * How many values of the input meet in one of the output, and how many of the output one of the
 * input reaches.
 */
record Fans(double in, double out) {
  /** Reads them off a shape: by the given axes, else as those of a kernel (…, in, out). */
  static Fans of(
      Shape shape, Optional<List<Integer>> inputAxes, Optional<List<Integer>> outputAxes) {
    if (inputAxes.isPresent() && outputAxes.isPresent()) {
      return new Fans(product(shape, inputAxes.get()), product(shape, outputAxes.get()));
    }
    int rank = shape.numDimensions();
    if (rank == 0) {
      return new Fans(1, 1);
    } else if (rank == 1) {
      return new Fans(shape.get(0), shape.get(0));
    }
    double field = 1;
    for (int i = 0; i < rank - 2; i++) {
      field *= shape.get(i);
    }
    return new Fans(shape.get(rank - 2) * field, shape.get(rank - 1) * field);
  }

  private static double product(Shape shape, List<Integer> axes) {
    double product = 1;
    for (int axis : axes) {
      product *= shape.get(Check.axis("inputAxes, outputAxes", axis, shape.numDimensions()));
    }
    return product;
  }

  static void requireRank(Shape shape, boolean fits, String expected) {
    if (!fits) {
      throw new ShapeException(
          "the initializer expects a weight of " + expected + ", got " + TensorSpec.text(shape));
    }
  }
}
