package dev.ibex.layers;

import dev.ibex.core.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.family.TNumber;

/** Convolution with channels last, in ops whose derivatives exist on every device. */
final class Convolution {
  private Convolution() {}

  /**
   * Emits it.
   *
   * @param x what {@link Windows#apply} gives
   * @param kernel the sizes of a window, in / groups, out
   */
  static Operand<TNumber> of(
      Call call, Operand<TNumber> x, Operand<TNumber> kernel, Windows windows, int groups) {
    Operand<TNumber> k = windows.planar(call.tf(), kernel);
    return windows.padding() == Padding.CAUSAL
        ? grouped(call, before(call, x, windows), k, windows.valid().planar(), groups)
        : grouped(call, x, k, windows.planar(), groups);
  }

  /** Puts as many zeros before the first step as the first window lacks. */
  private static Operand<TNumber> before(Call call, Operand<TNumber> x, Windows w) {
    int[][] paddings = {{0, 0}, {0, 0}, {w.span(0) - 1, 0}, {0, 0}};
    return call.tf().pad(x, call.tf().constant(paddings), call.constant(0));
  }

  private static Operand<TNumber> grouped(
      Call call, Operand<TNumber> x, Operand<TNumber> kernel, Windows windows, int groups) {
    Ops tf = call.tf();
    if (groups == 1) {
      return one(call, x, kernel, windows);
    }
    // One op a group, as the CPU kernels have no derivative of a grouped one.
    var axis = tf.constant(windows.size().size() + 1);
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
    // oneDNN crashes in the derivative of a dilated convolution; volumes need oneDNN to dilate.
    boolean kernels = w.size().size() == 2 && !call.training();
    return Collections.max(w.dilation()) == 1 || kernels
        ? plain(tf, x, kernel, w)
        : Phases.of(tf, x, w, p -> plain(tf, p, kernel, w.dense()));
  }

  private static Operand<TNumber> plain(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, Windows w) {
    List<Long> strides = Windows.ofAllAxes(w.strides());
    return w.size().size() == 3
        ? tf.nn.conv3d(x, kernel, strides, w.padding().name())
        : tf.nn.conv2d(
            x,
            kernel,
            strides,
            w.padding().name(),
            Conv2d.dilations(Windows.ofAllAxes(w.dilation())));
  }
}
