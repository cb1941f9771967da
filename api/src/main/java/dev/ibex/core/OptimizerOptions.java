package dev.ibex.core;

import java.util.Optional;

/**
 * What every optimizer can be given.
 *
 * @param name the name
 * @param learningRate the learning rate
 * @param weightDecay the decoupled weight decay; empty for none
 * @param clipnorm the largest norm of one gradient; empty for no clipping
 * @param clipvalue the largest size of an element of a gradient; empty for no clipping
 * @param globalClipnorm the largest norm of all gradients together; empty for no clipping
 */
public record OptimizerOptions(
    String name,
    double learningRate,
    Optional<Double> weightDecay,
    Optional<Double> clipnorm,
    Optional<Double> clipvalue,
    @Key("global_clipnorm") Optional<Double> globalClipnorm) {
  /** Checks the values. */
  public OptimizerOptions {
    Check.atLeastZero("learningRate", learningRate);
    weightDecay.ifPresent(d -> Check.atLeastZero("weightDecay", d));
    positive("clipnorm", clipnorm);
    positive("clipvalue", clipvalue);
    positive("globalClipnorm", globalClipnorm);
    long clippings =
        java.util.stream.Stream.of(clipnorm, clipvalue, globalClipnorm)
            .filter(Optional::isPresent)
            .count();
    Check.that(
        clippings <= 1,
        "clipnorm, clipvalue, globalClipnorm: only one of them can be set, got %d",
        clippings);
  }

  /** Returns the options of an optimizer with a learning rate and nothing else. */
  public static OptimizerOptions of(String name, double learningRate) {
    return new OptimizerOptions(
        name, learningRate, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static void positive(String name, Optional<Double> value) {
    value.ifPresent(v -> Check.that(v > 0, "%s: expected a positive number, got %s", name, v));
  }
}
