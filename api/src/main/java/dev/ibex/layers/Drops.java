package dev.ibex.layers;

import dev.ibex.core.Call;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** What all dropout layers do. */
final class Drops {
  private Drops() {}

  /**
   * Emits x with elements set to 0 with a probability, and the others divided by what is left of 1;
   * x itself unless the graph trains.
   *
   * @param noise the shape of what is drawn, -1 where it is that of x
   */
  static Operand<TNumber> drop(
      Call call, Operand<TNumber> x, double rate, Optional<Long> seed, Shape noise) {
    if (!call.training() || rate == 0) {
      return x;
    }
    Ops tf = call.tf();
    if (rate == 1) {
      return tf.zerosLike(x);
    }
    Operand<TNumber> drawn = call.randomUniform(seed, Dims.of(tf, x, noise));
    Operand<TBool> kept = tf.math.greaterEqual(drawn, call.constant(rate));
    Operand<TNumber> scaled = tf.math.mul(x, call.constant(1 / (1 - rate)));
    return tf.select(kept, scaled, call.constant(0));
  }
}
