package dev.ibex.core;

import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * What every optimizer does around its own rule: clipped gradients and weight decay.
 *
 * <p>Source: {@code keras.optimizers.Optimizer}.
 */
public final class GradientClipping {
  private GradientClipping() {}

  /**
   * Returns the gradients limited as the options say.
   *
   * <ul>
   *   <li>{@code clipnorm}: g · c / max(norm(g), c), each gradient by its own norm;
   *   <li>{@code clipvalue}: each element between -c and c;
   *   <li>{@code globalClipnorm}: g · min(c / norm, 1) with the norm of all gradients together; all
   *       become NaN where that norm is infinite or NaN.
   * </ul>
   */
  public static List<Gradient> clip(Ops tf, OptimizerOptions o, List<Gradient> gradients) {
    if (o.clipnorm().isPresent()) {
      double limit = o.clipnorm().get();
      return gradients.stream().map(g -> byNorm(tf, g, limit)).toList();
    }
    if (o.globalClipnorm().isPresent() && !gradients.isEmpty()) {
      return byGlobalNorm(tf, gradients, o.globalClipnorm().get());
    }
    if (o.clipvalue().isPresent()) {
      double limit = o.clipvalue().get();
      return gradients.stream().map(g -> g.map(tf, x -> byValue(tf, x, limit))).toList();
    }
    return gradients;
  }

  private static Gradient byNorm(Ops tf, Gradient g, double limit) {
    Operand<TNumber> most = Numbers.constant(tf, g.whole(), limit);
    Operand<TNumber> norm = tf.math.sqrt(g.squares(tf));
    return Gradient.of(tf.math.div(tf.math.mul(g.whole(), most), tf.math.maximum(norm, most)));
  }

  private static Operand<TNumber> byValue(Ops tf, Operand<TNumber> g, double limit) {
    return tf.math.maximum(
        tf.math.minimum(g, Numbers.constant(tf, g, limit)), Numbers.constant(tf, g, -limit));
  }

  private static List<Gradient> byGlobalNorm(Ops tf, List<Gradient> gradients, double limit) {
    Operand<TNumber> first = gradients.get(0).whole();
    List<Operand<TNumber>> squares =
        gradients.stream().map(g -> Numbers.cast(tf, g.squares(tf), Numbers.dtype(first))).toList();
    Operand<TNumber> norm = tf.math.sqrt(Weighting.sum(tf, tf.stack(squares)));
    Operand<TNumber> one = Numbers.constant(tf, first, 1);
    Operand<TNumber> finite =
        tf.math.mul(
            Numbers.constant(tf, first, limit),
            tf.math.minimum(tf.math.div(one, norm), Numbers.constant(tf, first, 1 / limit)));
    // an infinite norm gives infinity - infinity, which is NaN
    Operand<TNumber> scale = tf.math.add(finite, tf.math.sub(norm, norm));
    return gradients.stream()
        .map(g -> g.map(tf, x -> tf.math.mul(x, Numbers.cast(tf, scale, Numbers.dtype(x)))))
        .toList();
  }

  /**
   * Returns a weight after the decay that precedes an update: w - w · weightDecay · learningRate.
   *
   * @param learningRate the learning rate, in the weight's type
   */
  public static Operand<TNumber> decayed(
      Ops tf, double weightDecay, Operand<TNumber> weight, Operand<TNumber> learningRate) {
    Operand<TNumber> decay = Numbers.constant(tf, weight, weightDecay);
    return tf.math.sub(weight, tf.math.mul(tf.math.mul(weight, decay), learningRate));
  }
}
