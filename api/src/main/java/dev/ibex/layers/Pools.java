package dev.ibex.layers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** TensorFlow's pooling of images and volumes with channels last. */
final class Pools {
  /** The types for which TensorFlow's CPU has kernels for volumes. */
  private static final Set<DType> VOLUMES = EnumSet.of(DType.FLOAT32, DType.BFLOAT16);

  private Pools() {}

  /**
   * Emits pooling over two or three axes.
   *
   * @param op TensorFlow's op for images, {@code MaxPool} or {@code AvgPool}
   */
  static Operand<TNumber> pool(Ops tf, String op, Operand<TNumber> x, Windows w) {
    if (w.size().size() == 2) {
      return emit(tf, op, x, w);
    }
    return VOLUMES.contains(Numbers.dtype(x))
        ? emit(tf, op + "3D", x, w)
        : inTwoParts(tf, op, x, w);
  }

  /** As {@link #pool}, along one axis alone and without padding. */
  static Operand<TNumber> along(
      Ops tf, String op, Operand<TNumber> x, int axis, int size, int stride) {
    int axes = x.shape().numDimensions() - 2;
    List<Integer> ones = Collections.nCopies(axes, 1);
    return pool(
        tf,
        op,
        x,
        new Windows(
            with(ones, axis - 1, size),
            with(ones, axis - 1, stride),
            ones,
            Padding.VALID,
            DataFormat.CHANNELS_LAST));
  }

  private static List<Integer> with(List<Integer> ones, int i, int value) {
    List<Integer> all = new ArrayList<>(ones);
    all.set(i, value);
    return List.copyOf(all);
  }

  /** TensorFlow Java has no MaxPool, but MaxPoolV2, which is slower and unknown to TFLite. */
  private static Operand<TNumber> emit(Ops tf, String op, Operand<TNumber> x, Windows w) {
    var built = tf.scope().opBuilder(op, op);
    built.addInput(x.asOutput());
    built.setAttr("ksize", longs(w.size()));
    built.setAttr("strides", longs(w.strides()));
    built.setAttr("padding", w.padding().name());
    return Numbers.of(built.build().output(0));
  }

  private static long[] longs(List<Integer> spatial) {
    return Windows.ofAllAxes(spatial).stream().mapToLong(Long::longValue).toArray();
  }

  /** The largest, or the mean, of a box is that of its slices' ones. */
  private static Operand<TNumber> inTwoParts(Ops tf, String op, Operand<TNumber> x, Windows w) {
    List<Operand<TInt32>> in = Dims.sizes(tf, x, 0);
    Operand<TInt32> many = tf.math.mul(in.get(0), in.get(1));
    Operand<TNumber> images =
        tf.reshape(x, Dims.stack(tf, List.of(many, in.get(2), in.get(3), in.get(4))));
    Operand<TNumber> pooled = emit(tf, op, images, w.along(List.of(1, 2)));
    List<Operand<TInt32>> image = Dims.sizes(tf, pooled, 1);
    Operand<TInt32> pixels = tf.math.mul(image.get(0), image.get(1));
    Operand<TNumber> columns =
        tf.reshape(pooled, Dims.stack(tf, List.of(in.get(0), in.get(1), pixels, in.get(4))));
    Operand<TNumber> all = slices(tf, op, columns, w);
    return tf.reshape(
        all,
        Dims.stack(
            tf, List.of(in.get(0), Dims.size(tf, all, 1), image.get(0), image.get(1), in.get(4))));
  }

  private static Operand<TNumber> slices(Ops tf, String op, Operand<TNumber> columns, Windows w) {
    return emit(
        tf,
        op,
        columns,
        new Windows(
            List.of(w.size().get(0), 1),
            List.of(w.strides().get(0), 1),
            List.of(1, 1),
            w.padding(),
            w.format()));
  }
}
