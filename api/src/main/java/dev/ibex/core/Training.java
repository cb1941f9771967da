package dev.ibex.core;

import dev.ibex.graph.Array;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.GraphDef;

/** A running {@code fit}, as callbacks see it. For the thread that runs it. */
public interface Training {
  /** Returns the number of epochs asked for. */
  int epochs();

  /** Returns the number of steps of an epoch; -1 where the data does not say. */
  int steps();

  /** Returns the number of steps done since the optimizer's state began. */
  long iteration();

  /** Returns the learning rate. */
  double learningRate();

  /** Sets the learning rate from the next step on. */
  void learningRate(double value);

  /** Returns loss and metrics of the epoch so far, by key. */
  Map<String, Double> logs();

  /** Returns copies of all weights by path. */
  Map<String, Array> weights();

  /** Stores weights by path. */
  void weights(Map<String, Array> values);

  /** Ends the training after the running step's epoch. */
  void stop();

  /**
   * Returns whether a larger value of a key of the logs is better.
   *
   * @param key such as {@code val_accuracy}
   */
  boolean largerIsBetter(String key);

  /** Returns the TensorFlow graph as it is now; empty before the first step. */
  default GraphDef graph() {
    return GraphDef.getDefaultInstance();
  }

  /** Returns the model's description in Keras's JSON; none if a part has no form in files. */
  default Optional<String> json() {
    return Optional.empty();
  }
}
