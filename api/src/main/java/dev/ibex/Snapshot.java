package dev.ibex;

import dev.ibex.core.Callback;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.TensorBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/** A training as named arrays: taking them, and going on from them. */
final class Snapshot {
  private static final String MODEL = "model/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String FIGURES = "figures/";
  private static final String CALLBACK = "callback/";
  private static final String POSITION = "training/position";
  private static final String SEED = "training/seed";
  private static final String DATA = "training/data";

  private final Learner learner;
  private final Steps steps;
  private final String data;
  private final Map<String, Callback> callbacks = new LinkedHashMap<>();
  private final Map<String, Variable> variables = new LinkedHashMap<>();

  /** Where a training is: the batch to come of an epoch, and whether it is to end. */
  record Position(int epoch, int batch, boolean stopped) {
    private Array array() {
      return Array.of(new long[] {epoch, batch, stopped ? 1 : 0});
    }

    private static Position of(Array array) {
      long[] p = array.longs();
      return new Position((int) p[0], (int) p[1], p[2] == 1);
    }
  }

  /**
   * Names what a training consists of.
   *
   * @param data what must be the same for a position to mean the same
   */
  Snapshot(Learner learner, Steps steps, List<Callback> callbacks, String data) {
    this.learner = learner;
    this.steps = steps;
    this.data = data;
    Map<String, Integer> count = new HashMap<>();
    for (Callback c : callbacks) {
      String name = c.getClass().getName();
      name = name.substring(name.lastIndexOf('.') + 1);
      this.callbacks.put(CALLBACK + name + " " + count.merge(name, 1, Integer::sum) + "/", c);
    }
    learner.weights().byPath().forEach((path, v) -> add(MODEL + path, v));
    for (OptimizerState optimizer : learner.optimizers()) {
      String kind = OPTIMIZER + optimizer.optimizer().getClass().getSimpleName() + "/";
      optimizer.variables().forEach(v -> add(kind + v.path(), v));
    }
    learner.more().forEach(v -> add(OPTIMIZER + v.path(), v));
  }

  /** Adds a variable; those of one name, which optimizers may have, are numbered. */
  private void add(String name, Variable v) {
    String unique = name;
    for (int i = 2; variables.containsKey(unique); i++) {
      unique = name + " " + i;
    }
    variables.put(unique, v);
  }

  // ---- taking -----------------------------------------------------------------------------

  Map<String, Array> take(Position position) {
    Map<String, Variable> read = new LinkedHashMap<>(variables);
    steps.state().forEach((name, v) -> read.put(FIGURES + name, v));
    List<Array> values = ModelRuntime.values(read.values());
    Map<String, Array> snapshot = new LinkedHashMap<>();
    read.keySet().forEach(name -> snapshot.put(name, values.get(snapshot.size())));
    snapshot.put(POSITION, position.array());
    snapshot.put(SEED, Array.of(Shape.scalar(), learner.seed()));
    snapshot.put(DATA, Array.of(Shape.scalar(), data));
    callbacks.forEach(
        (name, c) -> c.state().forEach((key, value) -> snapshot.put(name + key, value)));
    return snapshot;
  }

  // ---- going on ---------------------------------------------------------------------------

  Position restore(Map<String, Array> snapshot) {
    check(snapshot);
    Map<Variable, Array> values = new LinkedHashMap<>();
    variables.forEach((name, v) -> values.put(v, need(snapshot, name)));
    ModelRuntime.assignAll(values);
    steps.restore(part(snapshot, FIGURES));
    learner.resumeSeed(seed(snapshot));
    callbacks.forEach((name, c) -> c.restore(part(snapshot, name)));
    return Position.of(need(snapshot, POSITION));
  }

  private static long seed(Map<String, Array> snapshot) {
    return need(snapshot, SEED).longs()[0];
  }

  /** Refuses a snapshot of another training. */
  private void check(Map<String, Array> snapshot) {
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    snapshot.forEach(
        (name, a) -> {
          if (name.startsWith(MODEL) || name.startsWith(OPTIMIZER)) {
            left.add(row(name, a.dtype(), a.shape()));
          } else if (name.startsWith(FIGURES) && !steps.state().isEmpty()) {
            left.add(row(name, a.dtype(), a.shape()));
          } else if (name.startsWith(CALLBACK)) {
            String group = name.substring(0, name.indexOf('/', CALLBACK.length()) + 1);
            if (!left.contains(group)) {
              left.add(group);
              if (callbacks.containsKey(group)) {
                right.add(group);
              }
            }
          }
        });
    variables.forEach((name, v) -> right.add(row(name, v.dtype(), v.shape())));
    steps.state().forEach((name, v) -> right.add(row(FIGURES + name, v.dtype(), v.shape())));
    left.add("data " + need(snapshot, DATA).strings()[0]);
    right.add("data " + data);
    if (learner.seeded()) {
      left.add("seed " + seed(snapshot));
      right.add("seed " + learner.seed());
    }
    left.sort(null);
    right.sort(null);
    if (!left.equals(right)) {
      List<String> same = left.stream().filter(right::contains).toList();
      left.removeAll(same);
      right.removeAll(same);
      throw new IllegalArgumentException(
          "it is of another training; nothing was restored."
              + ModelWeights.sideBySide(left, right, "in the training"));
    }
  }

  private static String row(String name, DType dtype, Shape shape) {
    return new TensorBundle.Entry(name, dtype, shape).toString();
  }

  private static Map<String, Array> part(Map<String, Array> snapshot, String prefix) {
    Map<String, Array> part = new LinkedHashMap<>();
    snapshot.forEach(
        (name, a) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), a);
          }
        });
    return part;
  }

  private static Array need(Map<String, Array> snapshot, String name) {
    return Objects.requireNonNull(
        snapshot.get(name), () -> "there is no \"" + name + "\" in it; it is not a snapshot");
  }
}
