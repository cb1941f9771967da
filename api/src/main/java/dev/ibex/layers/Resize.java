package dev.ibex.layers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Resizing as Keras does it: pixels have their centres at one half. */
final class Resize {
  private Resize() {}

  /** Returns the shape of an input of which each axis is enlarged by a whole factor. */
  static Shape enlarged(Shape in, List<Integer> factors, DataFormat format) {
    long[] dims = format.checked(in, factors.size()).asArray();
    for (int i = 0; i < factors.size(); i++) {
      int axis = format.firstSpatialAxis() + i;
      dims[axis] = dims[axis] < 0 ? -1 : dims[axis] * factors.get(i);
    }
    return Shape.of(dims);
  }

  /** Enlarges x by repeating its rows. */
  static Operand<TNumber> repeated(
      Ops tf, Operand<TNumber> x, List<Integer> factors, DataFormat format) {
    Operand<TNumber> y = x;
    for (int i = 0; i < factors.size(); i++) {
      y = repeated(tf, y, format.firstSpatialAxis() + i, factors.get(i));
    }
    return y;
  }

  /** Enlarges images with channels last by whole factors. */
  static Operand<TNumber> by(Ops tf, Operand<TNumber> x, List<Integer> factors, Interpolation how) {
    Operand<TInt32> size =
        tf.stack(List.of(dim(tf, x, 1, factors.get(0)), dim(tf, x, 2, factors.get(1))));
    return to(tf, x, size, how, false);
  }

  /**
   * Resizes images with channels last.
   *
   * @param smooth whether images that shrink are smoothed; the nearest pixel's value never is
   * @return images of the same type if the nearest pixels are taken, else of float32, which is what
   *     TensorFlow's kernels give
   */
  static Operand<TNumber> to(
      Ops tf, Operand<TNumber> x, Operand<TInt32> size, Interpolation how, boolean smooth) {
    if (how == Interpolation.NEAREST) {
      return tf.image.resizeNearestNeighbor(x, size, ResizeNearestNeighbor.halfPixelCenters(true));
    }
    Operand<TNumber> wide = Numbers.cast(tf, x, DType.FLOAT32);
    if (smooth) {
      return Numbers.of(scaled(tf, wide, size, kernel(how), true));
    }
    return Numbers.of(
        switch (how) {
          case BILINEAR ->
              tf.image.resizeBilinear(wide, size, ResizeBilinear.halfPixelCenters(true));
          case BICUBIC -> tf.image.resizeBicubic(wide, size, ResizeBicubic.halfPixelCenters(true));
          default -> scaled(tf, wide, size, kernel(how), false);
        });
  }

  private static String kernel(Interpolation how) {
    return switch (how) {
      case BILINEAR -> "triangle";
      case BICUBIC -> "keyscubic";
      default -> how.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Operand<TFloat32> scaled(
      Ops tf, Operand<TNumber> x, Operand<TInt32> size, String kernel, boolean smooth) {
    Operand<TInt32> before =
        tf.slice(tf.shape(x), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    return tf.image.scaleAndTranslate(
        x,
        size,
        tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(before, TFloat32.class)),
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(kernel),
        ScaleAndTranslate.antialias(smooth));
  }

  /** Repeats each element along an axis. */
  private static Operand<TNumber> repeated(Ops tf, Operand<TNumber> x, int axis, int times) {
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
