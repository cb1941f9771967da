package dev.ibex;

import dev.ibex.pictures.LearningCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loss and metrics of the epochs of a training, by key: {@code loss}, {@code val_accuracy}…
 *
 * <p>A figure of several numbers, such as one for each class or threshold, has a key for each:
 * {@code f1_score[0]}, {@code f1_score[1]}… Keras keeps an array under {@code f1_score}.
 */
public final class History {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, List<Integer>> at = new LinkedHashMap<>();
  private final List<Integer> epochs = new ArrayList<>();

  History() {}

  void add(int epoch, Map<String, Double> logs) {
    epochs.add(epoch);
    logs.forEach((k, v) -> values.computeIfAbsent(k, x -> new ArrayList<>()).add(v));
    logs.keySet().forEach(k -> at.computeIfAbsent(k, x -> new ArrayList<>()).add(epoch));
  }

  /** Returns the numbers of the epochs that ran, from 0. */
  public List<Integer> epochs() {
    return List.copyOf(epochs);
  }

  /** Returns the values of all keys, one an epoch. */
  public Map<String, List<Double>> all() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns the values of a key, one an epoch.
   *
   * @throws IllegalArgumentException if there is none; the text lists the keys
   */
  public List<Double> get(String key) {
    List<Double> v = values.get(key);
    if (v == null) {
      throw new IllegalArgumentException(
          "key: there is no \"" + key + "\"; there are " + values.keySet());
    }
    return List.copyOf(v);
  }

  /** Returns the last epoch's value of a key. */
  public double last(String key) {
    List<Double> v = get(key);
    return v.get(v.size() - 1);
  }

  /**
   * Draws learning curves into a file: the loss with the validation loss, and each metric likewise
   * beside it; folders that are missing are made.
   *
   * @param file a name that ends with {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends otherwise
   * @throws IllegalStateException if there is no epoch, or a library is missing; the text names the
   *     artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void plot(Path file) {
    LearningCurves curves = LearningCurves.of();
    for (Map.Entry<String, List<Double>> e : values.entrySet()) {
      curves = curves.with(e.getKey(), at.getOrDefault(e.getKey(), List.of()), e.getValue());
    }
    curves.plot(file);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
