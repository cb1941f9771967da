package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Single;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The sums of products of its two inputs along an axis of each, sample by sample.
 *
 * <p>{@code x1: [batch, a…, n], x2: [batch, n, b…] -> y: [batch, a…, b…]} for axes -1 and 1; {@code
 * [batch, 1]} where nothing else is left. Drops masks. Source: {@code keras.layers.Dot}.
 */
public final class Dot extends MergeLayer implements Configurable<Dot> {
  /** The bound of what Keras divides by the norm. */
  private static final double LARGEST_INVERSE = 1e7;

  private final Config config;

  /**
   * The description of a {@link Dot}.
   *
   * @param axes the axis of both inputs, or that of each; negative ones count from the end
   * @param normalize whether vectors along the axes are divided by their norms first
   */
  public record Config(LayerOptions options, @Single List<Integer> axes, boolean normalize)
      implements LayerConfig {
    /** Checks the axes. */
    public Config {
      axes = List.copyOf(axes);
      Check.that(
          axes.size() == 1 || axes.size() == 2,
          "axes: expected one axis, or one for each of the two inputs, got %s",
          axes);
      Check.that(
          !axes.contains(0),
          "axes: axis 0 is the batch, along which nothing is summed, got %s",
          axes);
    }
  }

  private Dot(Config config) {
    super(config, Dot::new);
    this.config = config;
  }

  /**
   * Returns a layer that sums along the same axis of both inputs.
   *
   * @param axis negative ones count from the end; not 0, the batch
   */
  public static Dot of(int axis) {
    return new Dot(new Config(LayerOptions.DEFAULT, List.of(axis), false));
  }

  /** Returns a layer that sums along an axis of each input. */
  public static Dot of(int first, int second) {
    return new Dot(new Config(LayerOptions.DEFAULT, List.of(first, second), false));
  }

  /** Sets whether vectors along the axes are divided by their norms first; default false. */
  public Dot normalize(boolean on) {
    return with("normalize", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected boolean aligns() {
    return false;
  }

  @Override
  protected DType mergedDType(DType widest) {
    return widest.isFloating() || !config.normalize ? widest : dtype().computeDType();
  }

  private int axis(int input, Shape shape) {
    int given = config.axes.get(config.axes.size() == 1 ? 0 : input);
    int axis = Check.axis("axes", given, shape.numDimensions());
    if (axis == 0) {
      throw new ShapeException(
          "axes: axis "
              + given
              + " of "
              + TensorSpec.text(shape)
              + " is the batch, along which nothing is summed");
    }
    return axis;
  }

  @Override
  protected Shape outputShape(List<Shape> in) {
    if (in.size() != 2) {
      throw new ShapeException("expected two inputs, got " + in.size());
    }
    Shape first = in.get(0);
    Shape second = in.get(1);
    int a = axis(0, first);
    int b = axis(1, second);
    if (first.get(a) >= 0 && second.get(b) >= 0 && first.get(a) != second.get(b)) {
      throw new ShapeException(
          "axis "
              + a
              + " of "
              + TensorSpec.text(first)
              + " and axis "
              + b
              + " of "
              + TensorSpec.text(second)
              + " must have one size");
    }
    Shape rest = without(first, a).append(without(second, b).tail());
    return rest.numDimensions() == 1 ? rest.append(1) : rest;
  }

  private static Shape without(Shape shape, int axis) {
    return shape.take(axis).append(shape.takeLast(shape.numDimensions() - axis - 1));
  }

  /** Brings both to matrices [batch, …, n] and [batch, n, …], whose product has all sums. */
  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    Ops tf = call.tf();
    Operand<TNumber> first = summedAt(tf, xs.get(0), 0, true);
    Operand<TNumber> second = summedAt(tf, xs.get(1), 1, false);
    Operand<TNumber> product =
        tf.train.batchMatMul(
            matrices(tf, first, true), matrices(tf, second, false), first.asOutput().type());
    int a = first.shape().numDimensions();
    int b = second.shape().numDimensions();
    if (a == 2) {
      product = tf.squeeze(product, Squeeze.axis(List.of(1L)));
    } else if (b == 2) {
      product = tf.squeeze(product, Squeeze.axis(List.of(2L)));
    }
    if (a <= 3 && b <= 3) {
      return product;
    }
    List<Operand<TInt32>> sizes =
        IntStream.range(0, a - 1 + b - 2)
            .mapToObj(i -> i < a - 1 ? Dims.size(tf, first, i) : Dims.size(tf, second, i - a + 3))
            .toList();
    return tf.reshape(product, Dims.stack(tf, sizes));
  }

  /**
   * Returns x, normalized where asked, with the axis of the sums last, or first after the batch.
   */
  private Operand<TNumber> summedAt(Ops tf, Operand<TNumber> x, int input, boolean last) {
    int rank = x.shape().numDimensions();
    int axis = axis(input, x.shape());
    Operand<TNumber> y = config.normalize ? normalized(tf, x, axis) : x;
    int to = last ? rank - 1 : 1;
    if (axis == to) {
      return y;
    }
    List<Integer> order =
        new java.util.ArrayList<>(IntStream.range(0, rank).filter(i -> i != axis).boxed().toList());
    order.add(to, axis);
    return tf.linalg.transpose(
        y, tf.constant(order.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static Operand<TNumber> normalized(Ops tf, Operand<TNumber> x, int axis) {
    Operand<TNumber> squares = tf.sum(tf.math.square(x), tf.constant(axis), Sum.keepDims(true));
    Operand<TNumber> bound = Numbers.constant(tf, x, LARGEST_INVERSE);
    return tf.math.mul(x, tf.math.minimum(tf.math.rsqrt(squares), bound));
  }

  /** Joins the axes that are not summed, or adds one where there is none. */
  private static Operand<TNumber> matrices(Ops tf, Operand<TNumber> x, boolean last) {
    int rank = x.shape().numDimensions();
    if (rank == 2) {
      return tf.expandDims(x, tf.constant(last ? 1 : 2));
    } else if (rank == 3) {
      return x;
    }
    List<Operand<TInt32>> sizes =
        last
            ? List.of(Dims.size(tf, x, 0), tf.constant(-1), Dims.size(tf, x, rank - 1))
            : List.of(Dims.size(tf, x, 0), Dims.size(tf, x, 1), tf.constant(-1));
    return tf.reshape(x, Dims.stack(tf, sizes));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return Optional.empty();
  }
}
