package dev.ibex.layers;

import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Where the channels are among a tensor's axes. */
public enum DataFormat {
  /** {@code [batch, …, channels]}, which TensorFlow's CPU kernels need. */
  CHANNELS_LAST,
  /** {@code [batch, channels, …]}. */
  CHANNELS_FIRST;

  /** Returns the axis of the channels. */
  int channelAxis(int rank) {
    return this == CHANNELS_LAST ? rank - 1 : 1;
  }

  /** Returns the first axis between batch and channels. */
  int firstSpatialAxis() {
    return this == CHANNELS_LAST ? 1 : 2;
  }

  /** Returns the axes between batch and channels. */
  int[] spatialAxes(int rank) {
    return IntStream.range(0, rank - 2).map(i -> firstSpatialAxis() + i).toArray();
  }

  /**
   * Returns the shape if it has a batch, channels and so many axes between them.
   *
   * @throws ShapeException if the rank is another
   */
  Shape checked(Shape in, int axes) {
    if (in.numDimensions() == axes + 2) {
      return in;
    }
    String names =
        switch (axes) {
          case 1 -> "steps";
          case 2 -> "height, width";
          default -> "depth, height, width";
        };
    boolean last = this == CHANNELS_LAST;
    throw new ShapeException(
        "expected an input of rank "
            + (axes + 2)
            + (last ? " [batch, " + names + ", channels]" : " [batch, channels, " + names + "]")
            + ", got "
            + TensorSpec.text(in)
            + (axes == 2 && last
                ? "; give the model such an input, for example Input.of(28, 28, 1) for gray images"
                : ""));
  }

  /** Moves the channels of x from where this format has them to the end. */
  Operand<TNumber> toLast(Ops tf, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    return reordered(tf, x, rank, i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1);
  }

  /** Moves the channels of y from the end to where this format has them. */
  Operand<TNumber> fromLast(Ops tf, Operand<TNumber> y) {
    int rank = y.shape().numDimensions();
    return reordered(tf, y, rank, i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1);
  }

  private Operand<TNumber> reordered(
      Ops tf, Operand<TNumber> x, int rank, java.util.function.IntUnaryOperator from) {
    if (this == CHANNELS_LAST || rank < 3) {
      return x;
    }
    return tf.linalg.transpose(x, tf.constant(IntStream.range(0, rank).map(from).toArray()));
  }
}
