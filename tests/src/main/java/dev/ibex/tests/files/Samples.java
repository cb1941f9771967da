package dev.ibex.tests.files;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/** Arrays to train on, of as many rows each; always the same. */
final class Samples {
  /** Not a multiple of the batch size, so that the last batch is a smaller one. */
  static final int ROWS = 20;

  private static final long SEED = 3;

  private Samples() {}

  /** Returns numbers from -1 to 1. */
  static Array floats(long... dims) {
    Random random = new Random(SEED);
    return Array.generate(DType.FLOAT32, shape(dims), i -> 2 * random.nextFloat() - 1);
  }

  /** Returns numbers from 0 to 1. */
  static Array positive(long... dims) {
    Random random = new Random(SEED);
    return Array.generate(DType.FLOAT32, shape(dims), i -> random.nextFloat());
  }

  /** Returns float64 numbers from -1 to 1. */
  static Array doubles(long... dims) {
    Random random = new Random(SEED);
    return Array.generate(DType.FLOAT64, shape(dims), i -> 2 * random.nextDouble() - 1);
  }

  /** Returns numbers below a count. */
  static Array ids(int count, long... dims) {
    Random random = new Random(SEED);
    return Array.generate(DType.INT32, shape(dims), i -> random.nextInt(count));
  }

  /** Returns 0 or 1. */
  static Array bits(long... dims) {
    return ids(2, dims).cast(DType.FLOAT32);
  }

  /** Returns vectors with a single 1. */
  static Array oneHot(int classes) {
    Random random = new Random(SEED);
    int[] chosen = random.ints(ROWS, 0, classes).toArray();
    return Array.generate(
        DType.FLOAT32, shape(classes), i -> chosen[i / classes] == i % classes ? 1 : 0);
  }

  /** Returns sequences of vectors whose last steps are 0. */
  static Array padded(int steps, int features) {
    Array full = floats(steps, features);
    return Array.generate(
        DType.FLOAT32,
        full.shape(),
        i -> {
          int row = i / (steps * features);
          int step = i / features % steps;
          return step > row % steps ? 0 : full.number(i);
        });
  }

  private static Shape shape(long... dims) {
    return Shape.of(ROWS).append(Shape.of(dims));
  }
}
