package dev.ibex.core;

import dev.ibex.graph.Array;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.GraphDef;

/** A running {@code fit}, as callbacks see it. For the thread that runs it. */
public interface Training {
  /** Returns the number of epochs asked for. */
  int epochs();

  /** Returns the number of steps of an epoch; -1 where the data does not say. */
  int steps();

  /** Returns the number of steps done since the optimizer's state began. */
  long iteration();

  /**
   * Returns the learning rate.
   *
   * @throws IllegalStateException if there are several optimizers
   */
  double learningRate();

  /**
   * Returns the learning rate of each optimizer: of the only one as {@code learning_rate}, of
   * several as {@code adam_learning_rate}, {@code adam_learning_rate_1}…
   */
  default Map<String, Double> learningRates() {
    return Map.of("learning_rate", learningRate());
  }

  /**
   * Sets the learning rate from the next step on.
   *
   * @throws IllegalStateException if a schedule sets it
   */
  void learningRate(double value);

  /** Returns loss and metrics of the epoch so far, by key. */
  Map<String, Double> logs();

  /**
   * Returns the keys that the logs of an epoch can have, {@code val_…} and those of callbacks
   * included; empty before the first batch of a stream, which decides them.
   */
  Set<String> keys();

  /** Returns copies of all weights by path. */
  Map<String, Array> weights();

  /** Stores weights by path. */
  void weights(Map<String, Array> values);

  /** Ends the training after the running step; its epoch is still validated. */
  void stop();

  /**
   * Returns whether a larger value of a key of the logs is better.
   *
   * @param key such as {@code val_accuracy}
   */
  boolean largerIsBetter(String key);

  /**
   * Returns copies of all that decides how this training goes on: weights, the optimizer's state,
   * the seed, the position, the figures of the epoch so far, the state of callbacks.
   */
  Map<String, Array> snapshot();

  /**
   * Goes on where a training was when it was asked for its {@link #snapshot}; for {@link
   * Callback#onTrainBegin}.
   *
   * @throws IllegalArgumentException if the snapshot is of another model, optimizer, data or seed;
   *     the text lists both; then nothing is restored
   * @throws IllegalStateException after the first epoch has begun
   */
  void restore(Map<String, Array> snapshot);

  /** Returns what {@link #save} makes of a path by its name. */
  SavedAs savedAs(Path path);

  /**
   * Writes the weights, or the whole model, as it is now.
   *
   * @param whole whether layers, compilation and optimizer state go with the weights
   * @param path as {@code Model.saveWeights} and {@code Model.save} take it
   */
  void save(Path path, boolean whole);

  /**
   * Refuses what {@link #save} would refuse, before anything is trained for it.
   *
   * @throws IllegalArgumentException if no format on the class path has such names, or the model
   *     cannot be written; the text says what to do
   */
  void checkSave(Path path, boolean whole);

  /** Returns the TensorFlow graph as it is now; empty before the first step. */
  default GraphDef graph() {
    return GraphDef.getDefaultInstance();
  }

  /** Returns the model's description in Keras's JSON; none if a part has no form in files. */
  default Optional<String> json() {
    return Optional.empty();
  }
}
