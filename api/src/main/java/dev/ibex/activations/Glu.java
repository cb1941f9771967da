package dev.ibex.activations;

import dev.ibex.core.Activation;
import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** {@code a · sigmoid(b)} for the halves a, b of an axis, which may count from the end. */
record Glu(int axis) implements Activation {
  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    outputShape(x.shape());
    int at = Check.axis("axis", axis, x.shape().numDimensions());
    List<? extends Operand<TNumber>> halves = tf.split(tf.constant(at), x, 2L).output();
    return tf.math.mul(halves.get(0), tf.math.sigmoid(halves.get(1)));
  }

  @Override
  public Shape outputShape(Shape in) {
    int at = Check.axis("axis", axis, in.numDimensions());
    long size = in.get(at);
    if (size % 2 == 1) {
      throw new ShapeException(
          "glu splits axis "
              + axis
              + " into halves, but the input is "
              + TensorSpec.text(in)
              + "; give that axis an even size");
    }
    return size < 0 ? in : Shapes.with(in, at, size / 2);
  }
}
