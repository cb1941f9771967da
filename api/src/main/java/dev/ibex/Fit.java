package dev.ibex;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to train.
 *
 * <p>Source: the arguments of {@code keras.Model.fit}, with its defaults. A loss that becomes NaN
 * does not end a training by itself; see {@link dev.ibex.callbacks.TerminateOnNaN}.
 *
 * @param epochs the number of the last epoch, counted from 1
 * @param batchSize samples in a step; default 32
 * @param shuffle whether the samples are put in a new order each epoch; default true
 * @param validation data to evaluate after epochs; default none
 * @param validationSplit the part of the data, its end, that is kept from training and evaluated
 *     after epochs; default 0
 * @param validationFrequency every which epoch is followed by an evaluation; default 1
 * @param validationBatchSize samples evaluated at once; default as many as in a step
 * @param classWeights what a sample of a class counts in the loss; 1 where a class is missing
 * @param initialEpoch the epoch to begin with, counted from 0; default 0
 * @param callbacks what else happens; default nothing
 */
public record Fit(
    int epochs,
    int batchSize,
    boolean shuffle,
    Optional<Data> validation,
    double validationSplit,
    int validationFrequency,
    OptionalInt validationBatchSize,
    Map<Integer, Double> classWeights,
    int initialEpoch,
    List<Callback> callbacks) {
  /** Checks the values. */
  public Fit {
    Check.positive("epochs", epochs);
    Check.positive("batchSize", batchSize);
    Check.decay("validationSplit", validationSplit);
    Check.that(
        validationSplit == 0 || validation.isEmpty(),
        "validationSplit: validation data is given, too; choose one of them");
    Check.positive("validationFrequency", validationFrequency);
    validationBatchSize.ifPresent(n -> Check.positive("validationBatchSize", n));
    classWeights = Map.copyOf(classWeights);
    classWeights.forEach((c, weight) -> Check.atLeastZero("classWeights: class " + c, weight));
    Check.that(
        initialEpoch >= 0 && initialEpoch <= epochs,
        "initialEpoch: expected a number from 0 to epochs, which is %d, got %d",
        epochs,
        initialEpoch);
    callbacks = List.copyOf(callbacks);
  }

  /** Returns a training of some epochs with Keras's defaults. */
  public static Fit epochs(int epochs) {
    return new Fit(
        epochs, 32, true, Optional.empty(), 0, 1, OptionalInt.empty(), Map.of(), 0, List.of());
  }

  /** Returns this training with another batch size. */
  public Fit batchSize(int size) {
    return with("batchSize", size);
  }

  /** Returns this training with or without shuffling. */
  public Fit shuffle(boolean on) {
    return with("shuffle", on);
  }

  /** Returns this training with data to evaluate after epochs. */
  public Fit validation(Data data) {
    return with("validation", Optional.of(data));
  }

  /**
   * Returns this training with the last part of the data kept from it and evaluated after epochs;
   * the data is cut before it is shuffled. For arrays, not for streams of batches.
   *
   * @param part at least 0 and below 1
   */
  public Fit validationSplit(double part) {
    return with("validationSplit", part);
  }

  /** Returns this training with an evaluation after every n-th epoch: n, 2n, … counted from 1. */
  public Fit validationFrequency(int n) {
    return with("validationFrequency", n);
  }

  /** Returns this training with another batch size of evaluations. */
  public Fit validationBatchSize(int size) {
    return with("validationBatchSize", OptionalInt.of(size));
  }

  /**
   * Returns this training with a weight in the loss for the samples of each class; a class that is
   * not named counts 1. The target holds numbers of classes, {@code [n]} or {@code [n, 1]}, or is
   * one-hot, {@code [n, classes]}; numbers that are not whole are rounded, as in Keras. Refused
   * beside sample weights and for several outputs. Metrics take no notice, weighted metrics do;
   * evaluations are without.
   */
  public Fit classWeights(Map<Integer, Double> weights) {
    return with("classWeights", weights);
  }

  /**
   * Returns this training with another epoch to begin with, counted from 0; {@link #epochs()} stays
   * the last one, so that {@code epochs(10).initialEpoch(7)} runs three.
   */
  public Fit initialEpoch(int epoch) {
    return with("initialEpoch", epoch);
  }

  /** Returns this training with these callbacks in place of others, called in this order. */
  public Fit callbacks(Callback... callbacks) {
    return with("callbacks", List.of(callbacks));
  }

  private Fit with(String option, Object value) {
    return Records.with(this, option, value);
  }
}
