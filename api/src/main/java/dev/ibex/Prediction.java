package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model computed, on the heap, by the names of its outputs. Never to be closed. */
public final class Prediction {
  private final Map<String, Array> byName;

  Prediction(Map<String, Array> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** Returns outputs that something else than a {@link Model} computed, in the map's order. */
  public static Prediction of(Map<String, Array> byName) {
    return new Prediction(new LinkedHashMap<>(byName));
  }

  /**
   * Returns an output.
   *
   * @param name the name of the layer that makes it
   * @throws IllegalArgumentException if there is none; the text lists the names
   */
  public Array get(String name) {
    Array a = byName.get(name);
    Check.that(a != null, "name: there is no output \"%s\"; there are %s", name, byName.keySet());
    return java.util.Objects.requireNonNull(a);
  }

  /** Returns all outputs, in the model's order. */
  public Map<String, Array> all() {
    return byName;
  }

  /**
   * Returns the only output.
   *
   * @throws IllegalStateException if there are several; the text lists their names
   */
  public Array array() {
    if (byName.size() != 1) {
      throw new IllegalStateException(
          "the model has the outputs " + byName.keySet() + "; take one by get(name)");
    }
    return byName.values().iterator().next();
  }

  /** Returns the only output as rows. */
  public float[][] floats2d() {
    return array().floats2d();
  }

  /** Returns the only output's elements in row-major order. */
  public float[] floats() {
    return array().floats();
  }

  /** Returns for each row of the only output the index of its largest element. */
  public int[] argmax() {
    return array().argmax();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
