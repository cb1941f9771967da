package dev.ibex.callbacks;

import dev.ibex.graph.Array;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.tensorflow.ndarray.Shape;

/** What a callback remembers, as named arrays; what is absent has no entry. */
final class State {
  private final Map<String, Array> arrays;

  /** Begins with nothing. */
  State() {
    this(new LinkedHashMap<>());
  }

  /** Reads what was remembered. */
  State(Map<String, Array> arrays) {
    this.arrays = arrays;
  }

  Map<String, Array> arrays() {
    return arrays;
  }

  State put(String name, double value) {
    arrays.put(name, Array.of(Shape.scalar(), value));
    return this;
  }

  State put(String name, OptionalDouble value) {
    value.ifPresent(v -> put(name, v));
    return this;
  }

  State put(String name, OptionalInt value) {
    value.ifPresent(v -> put(name, v));
    return this;
  }

  State put(String name, Map<String, Array> all) {
    all.forEach((key, a) -> arrays.put(name + "/" + key, a));
    return this;
  }

  int integer(String name) {
    return (int) Objects.requireNonNull(arrays.get(name), name).number(0);
  }

  OptionalDouble number(String name) {
    Array a = arrays.get(name);
    return a == null ? OptionalDouble.empty() : OptionalDouble.of(a.number(0));
  }

  OptionalInt epoch(String name) {
    OptionalDouble n = number(name);
    return n.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) n.getAsDouble());
  }

  Map<String, Array> all(String name) {
    Map<String, Array> all = new LinkedHashMap<>();
    arrays.forEach(
        (key, a) -> {
          if (key.startsWith(name + "/")) {
            all.put(key.substring(name.length() + 1), a);
          }
        });
    return all;
  }
}
