package dev.ibex.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Whether windows find room in an input whose size is known only when the graph runs. */
final class Room {
  private Room() {}

  /**
   * Returns x, in a graph that fails where a window is larger than it. Without that, oneDNN's
   * kernels give the input for the empty output.
   *
   * @throws dev.ibex.core.ShapeException if that is known of the data already
   */
  static Operand<TNumber> checked(Ops tf, Operand<TNumber> x, Windows windows) {
    windows.outputShape(x.shape());
    List<Op> checks = new ArrayList<>();
    for (int i = 0; i < windows.size().size(); i++) {
      int axis = windows.format().firstSpatialAxis() + i;
      if (x.shape().get(axis) < 0) {
        Operand<TInt32> size = Dims.size(tf, x, axis);
        int least = windows.leastSize(i);
        checks.add(
            tf.assertThat(
                tf.math.greaterEqual(size, tf.constant(least)),
                List.of(tf.constant(Windows.tooLarge(least, axis) + " has, of size"), size)));
      }
    }
    return checks.isEmpty() ? x : tf.withControlDependencies(checks).identity(x);
  }
}
