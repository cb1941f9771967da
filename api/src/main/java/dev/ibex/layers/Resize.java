package dev.ibex.layers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Resizing as Keras does it: pixels have their centres at one half, and nothing is smoothed. */
final class Resize {
  private Resize() {}

  /** Enlarges images with channels last by whole factors. */
  static Operand<TNumber> by(Ops tf, Operand<TNumber> x, List<Integer> factors, Interpolation how) {
    if (how == Interpolation.NEAREST) {
      return repeated(tf, repeated(tf, x, 1, factors.get(0)), 2, factors.get(1));
    }
    Operand<TInt32> size =
        tf.stack(List.of(dim(tf, x, 1, factors.get(0)), dim(tf, x, 2, factors.get(1))));
    return to(tf, x, size, how);
  }

  /** Resizes images with channels last; TensorFlow's kernels give float32. */
  private static Operand<TNumber> to(
      Ops tf, Operand<TNumber> x, Operand<TInt32> size, Interpolation how) {
    Operand<TNumber> wide = Numbers.cast(tf, x, DType.FLOAT32);
    return Numbers.of(
        switch (how) {
          case BILINEAR ->
              tf.image.resizeBilinear(wide, size, ResizeBilinear.halfPixelCenters(true));
          case BICUBIC -> tf.image.resizeBicubic(wide, size, ResizeBicubic.halfPixelCenters(true));
          default -> lanczos(tf, wide, size, how);
        });
  }

  private static Operand<TFloat32> lanczos(
      Ops tf, Operand<TNumber> x, Operand<TInt32> size, Interpolation how) {
    Operand<TInt32> before =
        tf.slice(tf.shape(x), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    return tf.image.scaleAndTranslate(
        x,
        size,
        tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(before, TFloat32.class)),
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(how.name().toLowerCase(Locale.ROOT)),
        ScaleAndTranslate.antialias(false));
  }

  /** Repeats each element along an axis. */
  static Operand<TNumber> repeated(Ops tf, Operand<TNumber> x, int axis, int times) {
    if (times == 1) {
      return x;
    }
    int rank = x.shape().numDimensions();
    int[] multiples = new int[rank + 1];
    Arrays.fill(multiples, 1);
    multiples[axis + 1] = times;
    List<Operand<TInt32>> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(dim(tf, x, i, i == axis ? times : 1));
    }
    return tf.reshape(
        tf.tile(tf.expandDims(x, tf.constant(axis + 1)), tf.constant(multiples)), tf.stack(dims));
  }

  /** Returns a size times a factor; as a constant if it is known, so that shapes stay known. */
  private static Operand<TInt32> dim(Ops tf, Operand<TNumber> x, int axis, int factor) {
    long size = x.shape().get(axis);
    return size >= 0
        ? tf.constant((int) (size * factor))
        : tf.math.mul(
            tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0)), tf.constant(factor));
  }
}
