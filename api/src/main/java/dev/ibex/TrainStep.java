package dev.ibex;

/**
 * A training step of your own; a lambda will do. It runs once for each sort of data, to emit the
 * step's graph, which then runs for each batch.
 *
 * <p>Source: {@code keras.Model.train_step}.
 */
@FunctionalInterface
public interface TrainStep {
  /** Emits the step: calls models, takes losses and gradients, applies optimizers, logs figures. */
  void emit(StepScope step);
}
