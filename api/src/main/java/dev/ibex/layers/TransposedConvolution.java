package dev.ibex.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The derivative of a convolution by its input, with channels last. */
final class TransposedConvolution {
  private TransposedConvolution() {}

  /**
   * Emits it.
   *
   * @param x what {@link Windows#apply} gives
   * @param kernel the sizes of a window, out, in
   * @param beyond by how much each axis is longer than the input's size times its step
   */
  static Operand<TNumber> of(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, Windows windows, List<Integer> beyond) {
    Windows w = windows.planar();
    Operand<TNumber> k = windows.planar(tf, kernel);
    if (Collections.max(w.dilation()) > 1) {
      // TensorFlow's kernels without oneDNN know no dilation.
      List<Integer> whole = w.size().stream().map(size -> size - 1).toList();
      return Phases.transposed(tf, x, w, p -> plain(tf, p, k, w.dense(), whole));
    }
    return plain(tf, x, k, w, beyond.size() > 1 ? beyond : List.of(0, beyond.get(0)));
  }

  private static Operand<TNumber> plain(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, Windows w, List<Integer> beyond) {
    List<Operand<TInt32>> shape = new ArrayList<>();
    shape.add(Dims.size(tf, x, 0));
    for (int i = 0; i < beyond.size(); i++) {
      Operand<TInt32> steps = tf.math.mul(Dims.size(tf, x, i + 1), tf.constant(w.strides().get(i)));
      shape.add(tf.math.add(steps, tf.constant(beyond.get(i))));
    }
    shape.add(Dims.size(tf, kernel, beyond.size()));
    Operand<TInt32> of = Dims.stack(tf, shape);
    List<Long> strides = Windows.ofAllAxes(w.strides());
    String padding = w.padding().name();
    return beyond.size() == 3
        ? tf.nn.conv3dBackpropInput(of, kernel, x, strides, padding)
        : tf.nn.conv2dBackpropInput(of, kernel, x, strides, padding);
  }
}
