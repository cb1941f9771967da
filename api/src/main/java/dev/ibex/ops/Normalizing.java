package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/** Elements divided by what their neighbours are like. */
final class Normalizing {
  /** What Keras adds or compares where no epsilon is given. */
  private static final double EPSILON = 1e-7;

  private Normalizing() {}

  static void add(Rows rows) {
    rows.one(
        "Normalize(x; axis=-1, order=2, epsilon=None)", Normalizing::spec, Normalizing::normalize);
    rows.one(
        "LayerNorm(x, gamma=None, beta=None; axis=-1, epsilon=None, rms_scaling=False)",
        c -> checked(c, "gamma", "beta"),
        Normalizing::layer);
    rows.one(
        "RMSNorm(x, scale=None; axis=-1, epsilon=None)",
        c -> checked(c, "scale"),
        Normalizing::rms);
    rows.one(
        "BatchNorm(x, mean, variance, offset=None, scale=None; axis, epsilon=0.001)",
        Normalizing::batchSpec,
        Normalizing::batch);
  }

  private static double epsilon(OperationCall c) {
    return c.isNone("epsilon") ? EPSILON : c.number("epsilon");
  }

  // ---- unit length ------------------------------------------------------------------------

  private static TensorSpec spec(OperationCall c) {
    Check.that(c.integer("order") >= 1, "order: expected at least 1, got %d", c.integer("order"));
    c.axes("axis", c.rank("x"));
    Specs.ranked(c, "x", 1);
    return Specs.floating(c, "x");
  }

  private static Operand<TNumber> normalize(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    int order = c.integer("order");
    var axes = tf.constant(c.axes("axis", c.rank("x")));
    if (order == 2) {
      Operand<TNumber> sum = tf.sum(tf.math.square(x), axes, Sum.keepDims(true));
      Operand<TNumber> most = Sizes.like(tf, x, 1 / epsilon(c));
      return tf.math.mul(x, tf.math.minimum(tf.math.rsqrt(sum), most));
    }
    Operand<TNumber> powers = tf.math.pow(tf.math.abs(x), Sizes.like(tf, x, order));
    Operand<TNumber> norm =
        tf.math.pow(tf.sum(powers, axes, Sum.keepDims(true)), Sizes.like(tf, x, 1.0 / order));
    return tf.math.div(x, tf.math.maximum(norm, Sizes.like(tf, x, epsilon(c))));
  }

  // ---- along axes of each sample ----------------------------------------------------------

  private static TensorSpec checked(OperationCall c, String... factors) {
    Shape x = Specs.floating(c, "x").shape();
    int[] axes = axes(c);
    for (String name : factors) {
      if (!c.isNone(name) && !fits(c.shape(name), x, axes)) {
        throw new ShapeException(
            name
                + ": expected the sizes of the axes "
                + Arrays.toString(axes)
                + " of "
                + c.spec("x")
                + ", got "
                + c.spec(name));
      }
    }
    return c.spec("x");
  }

  private static boolean fits(Shape factor, Shape x, int[] axes) {
    int rank = factor.numDimensions();
    boolean whole = rank == x.numDimensions();
    boolean fits = whole || rank == axes.length;
    for (int i = 0; fits && i < rank; i++) {
      fits =
          (whole && factor.get(i) == 1) || Specs.agree(factor.get(i), x.get(whole ? i : axes[i]));
    }
    return fits;
  }

  private static int[] axes(OperationCall c) {
    return Arrays.stream(c.axes("axis", c.rank("x"))).sorted().toArray();
  }

  /** Returns a factor with an axis for each one of x. */
  private static Operand<TNumber> factor(OperationCall c, String name, DType type) {
    Operand<TNumber> factor = c.operand(name, type);
    return c.rank(name) == c.rank("x") ? factor : spread(c, factor, axes(c));
  }

  private static Operand<TNumber> spread(OperationCall c, Operand<TNumber> factor, int[] axes) {
    Operand<TNumber> y = factor;
    for (int i = 0; i < c.rank("x"); i++) {
      int axis = i;
      if (Arrays.stream(axes).noneMatch(a -> a == axis)) {
        y = c.tf().expandDims(y, c.tf().constant(i));
      }
    }
    return y;
  }

  private static Operand<TNumber> mean(OperationCall c, Operand<TNumber> x) {
    return c.tf().math.mean(x, c.tf().constant(axes(c)), Mean.keepDims(true));
  }

  /** Returns one divided by the root of what is a little more than x. */
  private static Operand<TNumber> inverseRoot(OperationCall c, Operand<TNumber> x) {
    return c.tf().math.rsqrt(c.tf().math.add(x, Sizes.like(c.tf(), x, epsilon(c))));
  }

  private static Operand<TNumber> layer(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    DType compute = type.atLeastFloat32();
    Operand<TNumber> x = c.operand("x", compute);
    Operand<TNumber> mean = mean(c, x);
    Operand<TNumber> factor = inverseRoot(c, mean(c, tf.math.square(tf.math.sub(x, mean))));
    if (!c.isNone("gamma")) {
      factor = tf.math.mul(factor, factor(c, "gamma", compute));
    }
    Operand<TNumber> y = tf.math.mul(x, factor);
    if (!c.flag("rms_scaling")) {
      y = tf.math.sub(y, tf.math.mul(mean, factor));
      y = c.isNone("beta") ? y : tf.math.add(y, factor(c, "beta", compute));
    }
    return Numbers.cast(tf, y, type);
  }

  private static Operand<TNumber> rms(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    Operand<TNumber> x = c.operand("x", type.atLeastFloat32());
    Operand<TNumber> y = tf.math.mul(x, inverseRoot(c, mean(c, tf.math.square(x))));
    if (!c.isNone("scale")) {
      y = tf.math.mul(y, factor(c, "scale", type.atLeastFloat32()));
    }
    return Numbers.cast(tf, y, type);
  }

  // ---- with given statistics --------------------------------------------------------------

  private static TensorSpec batchSpec(OperationCall c) {
    TensorSpec x = Specs.floating(c, "x");
    long size = x.shape().get(c.axis("axis", x.rank()));
    for (String name : new String[] {"mean", "variance", "offset", "scale"}) {
      boolean fits =
          c.isNone(name)
              || (c.rank(name) == 1
                  && Specs.agree(c.shape(name).get(0), size)
                  && c.spec(name).dtype() == x.dtype());
      if (!fits) {
        throw new ShapeException(
            name
                + ": expected one number for each of the axis "
                + c.integer("axis")
                + " of "
                + x
                + ", got "
                + c.spec(name));
      }
    }
    return x;
  }

  private static Operand<TNumber> batch(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    Operand<TNumber> factor = inverseRoot(c, channels(c, "variance"));
    factor = c.isNone("scale") ? factor : tf.math.mul(factor, channels(c, "scale"));
    Operand<TNumber> less = tf.math.mul(channels(c, "mean"), factor);
    Operand<TNumber> more =
        c.isNone("offset") ? tf.math.neg(less) : tf.math.sub(channels(c, "offset"), less);
    return tf.math.add(tf.math.mul(x, factor), more);
  }

  private static Operand<TNumber> channels(OperationCall c, String name) {
    return spread(c, c.operand(name), new int[] {c.axis("axis", c.rank("x"))});
  }
}
