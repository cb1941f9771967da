package dev.ibex;

import java.util.Collections;
import java.util.Map;

/** Loss and metrics of an evaluation, by key. */
public final class Scores {
  private final Map<String, Double> values;

  Scores(Map<String, Double> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Returns the loss. */
  public double loss() {
    return get("loss");
  }

  /**
   * Returns a figure.
   *
   * @throws IllegalArgumentException if there is none of that key; the text lists the keys
   */
  public double get(String key) {
    Double v = values.get(key);
    if (v == null) {
      throw new IllegalArgumentException(
          "key: there is no \"" + key + "\"; there are " + values.keySet());
    }
    return v;
  }

  /** Returns all figures. */
  public Map<String, Double> all() {
    return values;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
