package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.SavedAs;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import dev.ibex.graph.Checkpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A training of figures written beforehand; its only weight is the number of the epoch. */
final class FakeTraining implements Training {
  final int epochs;
  final int steps;
  final Map<String, Double> logs = new LinkedHashMap<>();
  int logsRead;
  int epochsRun;
  float weight = -1;
  double rate = 0.1;
  Set<String> keys = Set.of();
  boolean stopped;

  FakeTraining(int epochs, int steps) {
    this.epochs = epochs;
    this.steps = steps;
  }

  /** Runs epochs in which a figure has the given values. */
  static FakeTraining run(Callback callback, String key, double... values) {
    FakeTraining training = new FakeTraining(values.length, 1);
    callback.onTrainBegin(training);
    for (int epoch = 0; epoch < values.length && !training.stopped; epoch++) {
      callback.onEpochBegin(training, epoch);
      training.weight = epoch;
      callback.onTrainBatchEnd(training, 0);
      callback.onEpochEnd(training, epoch, new LinkedHashMap<>(Map.of(key, values[epoch])));
      training.epochsRun++;
    }
    callback.onTrainEnd(training);
    return training;
  }

  @Override
  public SavedAs savedAs(Path path) {
    return path.toString().endsWith(".keras") ? SavedAs.MODEL_FILE : SavedAs.WEIGHTS_DIRECTORY;
  }

  @Override
  public void save(Path path, boolean whole) {
    Checkpoint.write(path, weights());
  }

  @Override
  public void checkSave(Path path, boolean whole) {}

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public long iteration() {
    return epochsRun;
  }

  @Override
  public double learningRate() {
    return rate;
  }

  @Override
  public void learningRate(double value) {
    rate = (float) value;
  }

  @Override
  public Map<String, Double> logs() {
    logsRead++;
    return logs;
  }

  @Override
  public Set<String> keys() {
    return keys;
  }

  @Override
  public Map<String, Array> weights() {
    return Map.of("epoch", Array.scalar(weight));
  }

  @Override
  public void weights(Map<String, Array> values) {
    values.values().forEach(a -> weight = a.floats()[0]);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean largerIsBetter(String key) {
    return key.endsWith("accuracy");
  }

  @Override
  public Map<String, Array> snapshot() {
    return weights();
  }

  @Override
  public void restore(Map<String, Array> snapshot) {
    weights(snapshot);
  }
}
