package dev.ibex.activations;

import dev.ibex.core.Activation;
import dev.ibex.core.Check;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keras's activation functions: a constant for each with its default arguments, methods for other
 * arguments, and {@link #of} for names.
 *
 * <p>Where a function has a kink, its derivative there is the one Keras computes. Source: {@code
 * keras.activations}.
 */
public final class Activations {
  /** max(x, 0) + min(exp(x) - 1, 0). */
  public static final NamedActivation CELU = named("celu", (tf, x) -> Rectifiers.celu(tf, x, 1));

  /** x if x &gt; 0, else exp(x) - 1. */
  public static final NamedActivation ELU = named("elu", (tf, x) -> tf.nn.elu(x));

  /** exp(x). */
  public static final NamedActivation EXPONENTIAL = named("exponential", (tf, x) -> tf.math.exp(x));

  /** x · P(X &lt;= x) for a standard normal X, exactly. */
  public static final NamedActivation GELU = named("gelu", (tf, x) -> Curves.gelu(tf, x, false));

  /** a · sigmoid(b) for the halves a, b of the last axis, which halves its size. */
  public static final NamedActivation GLU = named("glu", new Glu(-1));

  /** x if |x| &gt; 0.5, else 0. */
  public static final NamedActivation HARD_SHRINK =
      named("hard_shrink", (tf, x) -> Rectifiers.hardShrink(tf, x, 0.5));

  /** relu6(x + 3) / 6. */
  public static final NamedActivation HARD_SIGMOID = named("hard_sigmoid", Rectifiers::hardSigmoid);

  /** x · relu6(x + 3) / 6. */
  public static final NamedActivation HARD_SILU =
      named("hard_silu", (tf, x) -> tf.math.mul(x, Rectifiers.hardSigmoid(tf, x)));

  /** x clipped to [-1, 1]. */
  public static final NamedActivation HARD_TANH =
      named("hard_tanh", (tf, x) -> Rectifiers.clip(tf, x, -1, 1));

  /** x if x &gt; 0, else 0.2 x. */
  public static final NamedActivation LEAKY_RELU =
      named("leaky_relu", (tf, x) -> Rectifiers.leakyRelu(tf, x, 0.2));

  /** x itself. */
  public static final NamedActivation LINEAR = named("linear", (tf, x) -> x);

  /** log(1 / (1 + exp(-x))). */
  public static final NamedActivation LOG_SIGMOID = named("log_sigmoid", Curves::logSigmoid);

  /** log(softmax(x)) along the last axis. */
  public static final NamedActivation LOG_SOFTMAX = named("log_softmax", AlongAxis::logSoftmax);

  /** x · tanh(softplus(x)). */
  public static final NamedActivation MISH = named("mish", Curves::mish);

  /** max(x, 0). */
  public static final NamedActivation RELU = named("relu", (tf, x) -> tf.nn.relu(x));

  /** x clipped to [0, 6]. */
  public static final NamedActivation RELU6 = named("relu6", (tf, x) -> tf.nn.relu6(x));

  /** 1.0507 x if x &gt; 0, else 1.0507 · 1.6733 · (exp(x) - 1). */
  public static final NamedActivation SELU = named("selu", (tf, x) -> tf.nn.selu(x));

  /** 1 / (1 + exp(-x)). */
  public static final NamedActivation SIGMOID = named("sigmoid", (tf, x) -> tf.math.sigmoid(x));

  /** x · sigmoid(x), also called swish. */
  public static final NamedActivation SILU = named("silu", Curves::silu);

  /** x moved towards 0 by 0.5, and 0 within that distance of 0. */
  public static final NamedActivation SOFT_SHRINK =
      named("soft_shrink", (tf, x) -> Rectifiers.softShrink(tf, x, 0.5));

  /** exp(x) / sum(exp(x)) along the last axis. */
  public static final NamedActivation SOFTMAX = named("softmax", (tf, x) -> tf.nn.softmax(x));

  /** log(exp(x) + 1). */
  public static final NamedActivation SOFTPLUS = named("softplus", (tf, x) -> tf.math.softplus(x));

  /** x / (|x| + 1). */
  public static final NamedActivation SOFTSIGN = named("softsign", (tf, x) -> tf.nn.softsign(x));

  /** 0 up to -1, x from 1 on, (x + 1)² / 4 between. */
  public static final NamedActivation SPARSE_PLUS = named("sparse_plus", Rectifiers::sparsePlus);

  /** 0 up to -1, 1 from 1 on, (x + 1) / 2 between. */
  public static final NamedActivation SPARSE_SIGMOID =
      named("sparse_sigmoid", Rectifiers::sparseSigmoid);

  /** max(x - tau, 0) along the last axis, with Keras's tau. */
  public static final NamedActivation SPARSEMAX = named("sparsemax", AlongAxis::sparsemax);

  /** (x + sqrt(x² + 4)) / 2. */
  public static final NamedActivation SQUAREPLUS =
      named("squareplus", (tf, x) -> Curves.squareplus(tf, x, 4));

  /** The hyperbolic tangent of x. */
  public static final NamedActivation TANH = named("tanh", (tf, x) -> tf.math.tanh(x));

  /** x - tanh(x). */
  public static final NamedActivation TANH_SHRINK =
      named("tanh_shrink", (tf, x) -> tf.math.sub(x, tf.math.tanh(x)));

  private static final Map<String, NamedActivation> BY_NAME =
      Stream.of(
              CELU,
              ELU,
              EXPONENTIAL,
              GELU,
              GLU,
              HARD_SHRINK,
              HARD_SIGMOID,
              HARD_SILU,
              HARD_TANH,
              LEAKY_RELU,
              LINEAR,
              LOG_SIGMOID,
              LOG_SOFTMAX,
              MISH,
              RELU,
              RELU6,
              SELU,
              SIGMOID,
              SILU,
              SOFT_SHRINK,
              SOFTMAX,
              SOFTPLUS,
              SOFTSIGN,
              SPARSE_PLUS,
              SPARSE_SIGMOID,
              SPARSEMAX,
              SQUAREPLUS,
              TANH,
              TANH_SHRINK)
          .collect(Collectors.toMap(NamedActivation::name, a -> a, (a, b) -> a, TreeMap::new));

  private static final Map<String, NamedActivation> ALIASES =
      Map.of("swish", SILU, "hard_swish", HARD_SILU);

  private Activations() {}

  private static NamedActivation named(String name, Activation function) {
    return new NamedActivation(name, Map.of(), function);
  }

  private static NamedActivation with(
      String name, String setting, Object value, Activation function) {
    return new NamedActivation(name, Map.of(setting, value), function);
  }

  /**
   * Returns the function of Keras's name, such as {@code relu}, {@code hard_sigmoid} or the alias
   * {@code swish}.
   *
   * @throws IllegalArgumentException if there is none; the text lists the names
   */
  public static NamedActivation of(String name) {
    NamedActivation found = BY_NAME.getOrDefault(name, ALIASES.get(name));
    Check.that(
        found != null,
        "activation: there is none named \"%s\"; the names are %s",
        name,
        String.join(", ", BY_NAME.keySet()));
    return java.util.Objects.requireNonNull(found);
  }

  /**
   * Returns x above the threshold, up to a maximum, and a line below it.
   *
   * @param negativeSlope the slope below the threshold; default 0
   * @param maxValue the largest value, at least 0; {@link Double#POSITIVE_INFINITY} for none
   * @param threshold where the line begins; default 0
   */
  public static NamedActivation relu(double negativeSlope, double maxValue, double threshold) {
    Check.that(negativeSlope >= 0, "negativeSlope: expected 0 or more, got %s", negativeSlope);
    Check.that(maxValue >= 0, "maxValue: expected 0 or more, got %s", maxValue);
    Map<String, Object> settings = new TreeMap<>();
    if (negativeSlope != 0) {
      settings.put("negative_slope", negativeSlope);
    }
    if (maxValue != Double.POSITIVE_INFINITY) {
      settings.put("max_value", maxValue);
    }
    if (threshold != 0) {
      settings.put("threshold", threshold);
    }
    return settings.isEmpty()
        ? RELU
        : new NamedActivation(
            "relu",
            settings,
            (tf, x) -> Rectifiers.relu(tf, x, negativeSlope, maxValue, threshold));
  }

  /** Returns x if x &gt; 0, else negativeSlope · x. */
  public static NamedActivation leakyRelu(double negativeSlope) {
    return negativeSlope == 0.2
        ? LEAKY_RELU
        : with(
            "leaky_relu",
            "negative_slope",
            negativeSlope,
            (tf, x) -> Rectifiers.leakyRelu(tf, x, negativeSlope));
  }

  /** Returns x if x &gt; 0, else alpha · (exp(x) - 1). */
  public static NamedActivation elu(double alpha) {
    return alpha == 1 ? ELU : with("elu", "alpha", alpha, (tf, x) -> Rectifiers.elu(tf, x, alpha));
  }

  /** Returns max(x, 0) + alpha · (exp(min(x, 0) / alpha) - 1). */
  public static NamedActivation celu(double alpha) {
    return alpha == 1
        ? CELU
        : with("celu", "alpha", alpha, (tf, x) -> Rectifiers.celu(tf, x, alpha));
  }

  /** Returns GELU, exact or by its approximation with tanh. */
  public static NamedActivation gelu(boolean approximate) {
    return approximate
        ? with("gelu", "approximate", true, (tf, x) -> Curves.gelu(tf, x, true))
        : GELU;
  }

  /** Returns softmax along an axis, which may count from the end. */
  public static NamedActivation softmax(int axis) {
    return axis == -1
        ? SOFTMAX
        : with("softmax", "axis", axis, (tf, x) -> AlongAxis.along(tf, x, axis, SOFTMAX));
  }

  /** Returns the logarithm of softmax along an axis, which may count from the end. */
  public static NamedActivation logSoftmax(int axis) {
    return axis == -1
        ? LOG_SOFTMAX
        : with("log_softmax", "axis", axis, (tf, x) -> AlongAxis.along(tf, x, axis, LOG_SOFTMAX));
  }

  /** Returns sparsemax along an axis, which may count from the end. */
  public static NamedActivation sparsemax(int axis) {
    return axis == -1
        ? SPARSEMAX
        : with("sparsemax", "axis", axis, (tf, x) -> AlongAxis.along(tf, x, axis, SPARSEMAX));
  }

  /** Returns a · sigmoid(b) for the halves a, b of an axis, which may count from the end. */
  public static NamedActivation glu(int axis) {
    return axis == -1 ? GLU : with("glu", "axis", axis, new Glu(axis));
  }

  /** Returns x if |x| &gt; threshold, else 0. */
  public static NamedActivation hardShrink(double threshold) {
    return threshold == 0.5
        ? HARD_SHRINK
        : with(
            "hard_shrink",
            "threshold",
            threshold,
            (tf, x) -> Rectifiers.hardShrink(tf, x, threshold));
  }

  /** Returns x moved towards 0 by the threshold, and 0 within that distance of 0. */
  public static NamedActivation softShrink(double threshold) {
    return threshold == 0.5
        ? SOFT_SHRINK
        : with(
            "soft_shrink",
            "threshold",
            threshold,
            (tf, x) -> Rectifiers.softShrink(tf, x, threshold));
  }

  /** Returns (x + sqrt(x² + b)) / 2. */
  public static NamedActivation squareplus(double b) {
    return b == 4 ? SQUAREPLUS : with("squareplus", "b", b, (tf, x) -> Curves.squareplus(tf, x, b));
  }

  /** Returns x if x &gt; threshold, else defaultValue. */
  public static NamedActivation threshold(double threshold, double defaultValue) {
    return new NamedActivation(
        "threshold",
        Map.of("threshold", threshold, "default_value", defaultValue),
        (tf, x) -> Rectifiers.threshold(tf, x, threshold, defaultValue));
  }
}
