package dev.ibex.layers;

import static dev.ibex.layers.BatchNormalization.move;
import static dev.ibex.layers.BatchNormalization.statistic;

import dev.ibex.core.Call;
import dev.ibex.core.Initializer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Batch renormalization: {@code r} and {@code d}, by which {@code normalized · r + d} is what the
 * statistics of training so far would give. No derivative goes through them. Source: Ioffe, "Batch
 * Renormalization", 2017.
 */
record Renorm(Operand<TNumber> r, Operand<TNumber> d) {
  private static final String MEAN = "renorm_mean";
  private static final String DEVIATION = "renorm_stddev";

  /** Declares the statistics beside the moving mean and variance. */
  static List<WeightSpec> weights(BatchNormalization.Config config, Shape shape) {
    Initializer variance = config.movingVarianceInitializer();
    Initializer deviation = (tf, s, type, seed) -> tf.math.sqrt(variance.apply(tf, s, type, seed));
    return List.of(
        statistic("moving_stddev", shape, deviation),
        statistic(MEAN, shape, config.movingMeanInitializer()),
        statistic(DEVIATION, shape, deviation));
  }

  /** Emits the correction for a batch, and lets all statistics move to those of the batch. */
  static Renorm of(
      Call call,
      Operand<TNumber> x,
      Moments batch,
      int[] channels,
      BatchNormalization.Config config) {
    Ops tf = call.tf();
    Operand<TNumber> epsilon = call.constant(config.epsilon());
    Operand<TNumber> deviation = tf.math.sqrt(tf.math.add(batch.variance(), epsilon));
    Operand<TNumber> mean = NormalizationLayer.along(call, x, MEAN, channels);
    Operand<TNumber> soFar =
        tf.math.maximum(
            NormalizationLayer.along(call, x, DEVIATION, channels), tf.math.sqrt(epsilon));
    RenormClipping bounds = config.renormClipping();
    Operand<TNumber> r = clipped(call, tf.math.div(deviation, soFar), bounds.rmin(), bounds.rmax());
    Operand<TNumber> d =
        clipped(
            call,
            tf.math.div(tf.math.sub(batch.mean(), mean), soFar),
            bounds.dmax().map(max -> -max),
            bounds.dmax());
    update(call, batch.mean(), deviation, config);
    return new Renorm(tf.stopGradient(r), tf.stopGradient(d));
  }

  private static Operand<TNumber> clipped(
      Call call, Operand<TNumber> x, Optional<Double> min, Optional<Double> max) {
    Ops tf = call.tf();
    Operand<TNumber> above =
        min.<Operand<TNumber>>map(m -> tf.math.maximum(x, call.constant(m))).orElse(x);
    return max.<Operand<TNumber>>map(m -> tf.math.minimum(above, call.constant(m))).orElse(above);
  }

  /** The moving variance follows from the moving deviation. */
  private static void update(
      Call call,
      Operand<TNumber> mean,
      Operand<TNumber> deviation,
      BatchNormalization.Config config) {
    Ops tf = call.tf();
    move(call, MEAN, mean, config.renormMomentum());
    move(call, DEVIATION, deviation, config.renormMomentum());
    move(call, "moving_mean", mean, config.momentum());
    Operand<TNumber> moved = move(call, "moving_stddev", deviation, config.momentum());
    call.update(
        "moving_variance",
        tf.nn.relu(tf.math.sub(tf.math.square(moved), call.constant(config.epsilon()))));
  }
}
