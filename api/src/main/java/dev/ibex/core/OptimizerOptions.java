package dev.ibex.core;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every optimizer can be given.
 *
 * @param name the name
 * @param learningRate the learning rate, or how it changes
 * @param weightDecay the decoupled weight decay; empty for none
 * @param clipnorm the largest norm of one gradient; empty for no clipping
 * @param clipvalue the largest size of an element of a gradient; empty for no clipping
 * @param globalClipnorm the largest norm of all gradients together; empty for no clipping
 * @param useEma whether moving averages of the weights are kept, which the weights become at the
 *     end of a training
 * @param emaMomentum the decay of these averages
 * @param emaOverwriteFrequency after how many steps the weights become their averages; empty for
 *     only at the end
 * @param lossScaleFactor what the loss is multiplied by, and gradients are divided by; empty for 1
 * @param gradientAccumulationSteps over how many steps gradients are averaged before they change
 *     the weights; empty for every step
 * @param decayExclusion the weights that are not decayed
 */
public record OptimizerOptions(
    String name,
    @Key(value = "learning_rate", formerly = "lr") Schedule learningRate,
    Optional<Double> weightDecay,
    Optional<Double> clipnorm,
    Optional<Double> clipvalue,
    @Key("global_clipnorm") Optional<Double> globalClipnorm,
    boolean useEma,
    double emaMomentum,
    Optional<Integer> emaOverwriteFrequency,
    Optional<Double> lossScaleFactor,
    Optional<Integer> gradientAccumulationSteps,
    @NotWritten("excludeFromWeightDecay") DecayExclusion decayExclusion) {
  /** Checks the values. */
  public OptimizerOptions {
    weightDecay.ifPresent(d -> Check.atLeastZero("weightDecay", d));
    positive("clipnorm", clipnorm);
    positive("clipvalue", clipvalue);
    positive("globalClipnorm", globalClipnorm);
    long clippings =
        Stream.of(clipnorm, clipvalue, globalClipnorm).filter(Optional::isPresent).count();
    Check.that(
        clippings <= 1,
        "clipnorm, clipvalue, globalClipnorm: only one of them can be set, got %d",
        clippings);
    Check.rate("emaMomentum", emaMomentum);
    emaOverwriteFrequency.ifPresent(n -> Check.positive("emaOverwriteFrequency", n));
    positive("lossScaleFactor", lossScaleFactor);
    gradientAccumulationSteps.ifPresent(
        n ->
            Check.that(
                n >= 2, "gradientAccumulationSteps: expected an integer of at least 2, got %d", n));
  }

  /** Returns the options of an optimizer with a learning rate and Keras's other defaults. */
  public static OptimizerOptions of(String name, double learningRate) {
    return new OptimizerOptions(
        name,
        new Schedule.Constant(learningRate),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        0.99,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DecayExclusion.NONE);
  }

  private static void positive(String name, Optional<Double> value) {
    value.ifPresent(v -> Check.that(v > 0, "%s: expected a positive number, got %s", name, v));
  }
}
