package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Records;
import dev.ibex.core.Training;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * A callback made of functions: {@code LambdaCallback.of().epochEnd((training, epoch, logs) -> …)}.
 *
 * <p>Immutable; each method returns another object. Source: {@code keras.callbacks.LambdaCallback}.
 */
public final class LambdaCallback implements Callback {
  private final Functions functions;

  /** What is called after an epoch. */
  @FunctionalInterface
  public interface EpochEnd {
    /** Gets the training, the epoch from 0, and loss and metrics by key. */
    void accept(Training training, int epoch, Map<String, Double> logs);
  }

  /** What is called when. */
  public record Functions(
      Consumer<Training> trainBegin,
      ObjIntConsumer<Training> epochBegin,
      ObjIntConsumer<Training> trainBatchEnd,
      EpochEnd epochEnd,
      Consumer<Training> trainEnd,
      Set<String> figures) {}

  private LambdaCallback(Functions functions) {
    this.functions = functions;
  }

  /** Returns a callback that does nothing. */
  public static LambdaCallback of() {
    return new LambdaCallback(
        new Functions(t -> {}, (t, e) -> {}, (t, b) -> {}, (t, e, logs) -> {}, t -> {}, Set.of()));
  }

  /** Sets what is done before the first epoch. */
  public LambdaCallback trainBegin(Consumer<Training> f) {
    return with("trainBegin", f);
  }

  /** Sets what is done before an epoch, numbered from 0. */
  public LambdaCallback epochBegin(ObjIntConsumer<Training> f) {
    return with("epochBegin", f);
  }

  /** Sets what is done after a training step, numbered from 0 in its epoch. */
  public LambdaCallback trainBatchEnd(ObjIntConsumer<Training> f) {
    return with("trainBatchEnd", f);
  }

  /** Sets what is done after an epoch and its validation. */
  public LambdaCallback epochEnd(EpochEnd f) {
    return with("epochEnd", f);
  }

  /** Sets what is done after the last epoch. */
  public LambdaCallback trainEnd(Consumer<Training> f) {
    return with("trainEnd", f);
  }

  /** Sets the keys that {@link #epochEnd} puts into the logs, so that others may watch them. */
  public LambdaCallback figures(String... keys) {
    return with("figures", Set.of(keys));
  }

  private LambdaCallback with(String event, Object f) {
    return new LambdaCallback(Records.with(functions, event, f));
  }

  @Override
  public Set<String> figures() {
    return functions.figures;
  }

  @Override
  public void onTrainBegin(Training training) {
    functions.trainBegin.accept(training);
  }

  @Override
  public void onEpochBegin(Training training, int epoch) {
    functions.epochBegin.accept(training, epoch);
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    functions.trainBatchEnd.accept(training, batch);
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    functions.epochEnd.accept(training, epoch, logs);
  }

  @Override
  public void onTrainEnd(Training training) {
    functions.trainEnd.accept(training);
  }
}
