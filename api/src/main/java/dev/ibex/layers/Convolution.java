package dev.ibex.layers;

import dev.ibex.core.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.family.TNumber;

/** Convolution over two axes with channels last, in ops whose derivatives exist on every device. */
final class Convolution {
  private static final List<Integer> ONES = List.of(1, 1);

  private Convolution() {}

  /**
   * Emits it.
   *
   * @param x what {@link Windows#apply} gives
   * @param kernel the sizes of a window, in / groups, out
   */
  static Operand<TNumber> of(
      Call call, Operand<TNumber> x, Operand<TNumber> kernel, Windows windows, int groups) {
    Ops tf = call.tf();
    boolean one = windows.size().size() == 1;
    Operand<TNumber> plane = one ? tf.expandDims(kernel, tf.constant(0)) : kernel;
    return windows.padding() == Padding.CAUSAL
        ? planar(call, before(call, x, windows), plane, windows.valid().planar(), groups)
        : planar(call, x, plane, windows.planar(), groups);
  }

  /** Puts as many zeros before the first step as the first window lacks. */
  private static Operand<TNumber> before(Call call, Operand<TNumber> x, Windows w) {
    int missing = (w.size().get(0) - 1) * w.dilation().get(0);
    int[][] paddings = {{0, 0}, {0, 0}, {missing, 0}, {0, 0}};
    return call.tf().pad(x, call.tf().constant(paddings), call.constant(0));
  }

  private static Operand<TNumber> planar(
      Call call, Operand<TNumber> x, Operand<TNumber> kernel, Windows windows, int groups) {
    Ops tf = call.tf();
    if (groups == 1) {
      return one(call, x, kernel, windows);
    }
    // One op a group, as the CPU kernels have no derivative of a grouped one.
    var axis = tf.constant(3);
    var inputs = tf.split(axis, x, (long) groups).output();
    var kernels = tf.split(axis, kernel, (long) groups).output();
    List<Operand<TNumber>> parts = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      parts.add(one(call, inputs.get(i), kernels.get(i), windows));
    }
    return tf.concat(parts, axis);
  }

  private static Operand<TNumber> one(
      Call call, Operand<TNumber> x, Operand<TNumber> kernel, Windows w) {
    Ops tf = call.tf();
    // oneDNN crashes in the derivative of a dilated convolution.
    return call.training() && Collections.max(w.dilation()) > 1
        ? Phases.of(tf, x, w, p -> conv2d(tf, p, kernel, ONES, Padding.VALID, ONES))
        : conv2d(tf, x, kernel, w.strides(), w.padding(), w.dilation());
  }

  private static Operand<TNumber> conv2d(
      Ops tf,
      Operand<TNumber> x,
      Operand<TNumber> kernel,
      List<Integer> strides,
      Padding padding,
      List<Integer> dilation) {
    return tf.nn.conv2d(
        x,
        kernel,
        Windows.ofAllAxes(strides),
        padding.name(),
        Conv2d.dilations(Windows.ofAllAxes(dilation)));
  }
}
