package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.GraphFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.op.Ops;

/**
 * What a {@link Trainer} trains in one runtime: a compiled model, or models with a step of the
 * user's own.
 */
interface Learner {
  /** Returns the runtime. */
  ModelRuntime runtime();

  /** Returns what stands for this training in the runtime's table of functions. */
  Object owner();

  /** Returns the models whose weights it trains; functions are kept for them. */
  List<Model> models();

  /** Matches data to what it takes, and checks it. */
  Binding bind(Data data, Map<Integer, Double> classWeights);

  /**
   * Makes the state of the figures of training or evaluation.
   *
   * @param emitStep emits the step for the data, where only that decides the figures
   */
  void prepare(boolean training, Binding first, Runnable emitStep);

  /** Returns the figures of training or evaluation, once they are decided. */
  List<Tracker> trackers(boolean training);

  /** Emits a step that gathers figures and, if it trains, changes weights. */
  StepFunction step(boolean training, Binding binding);

  /** Emits a step that returns the figures of its batch alone. */
  GraphFunction onBatch(boolean training, Binding binding);

  /** Notes that a function was emitted for the first data: what it decided stays. */
  void settle();

  /** Forgets what the first data decided, if no function could be emitted for it. */
  void unsettle();

  /** Returns the emitter of nodes of a function. */
  Ops scope(String function);

  /** Returns all weights. */
  ModelWeights weights();

  /** Returns the optimizers at work; those of a user's step once it was emitted. */
  List<OptimizerState> optimizers();

  /** Returns state beside the weights and the optimizers'. */
  List<Variable> more();

  /** Returns the number of steps done. */
  Variable iteration();

  /** Returns after how many steps callbacks are called. */
  int stepsPerExecution();

  long seed();

  /** Returns whether the seed was set and not drawn. */
  boolean seeded();

  /** Takes over the seed of a training that goes on. */
  void resumeSeed(long seed);

  /** Returns a description in Keras's JSON, if there is one. */
  Optional<String> json();

  /** Writes the weights, or the whole model. */
  void save(Path path, boolean whole);

  /** Refuses what {@link #save} would refuse. */
  void checkSave(Path path, boolean whole);
}
