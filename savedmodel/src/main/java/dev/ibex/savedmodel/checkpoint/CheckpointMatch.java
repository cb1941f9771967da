package dev.ibex.savedmodel.checkpoint;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightReport;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.savedmodel.weights.OptimizerNames;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * A checkpoint beside a model: by the ways from object to object where the checkpoint has them as
 * Keras 3 does; else by the variables' names, as those of Keras 2 and TensorFlow 1.
 */
public final class CheckpointMatch {
  private static final String ITERATION = "iteration";
  private static final Set<String> FIRST = Set.of(ITERATION, "learning_rate");

  private final CheckpointReader reader;
  private final Model model;
  private final Map<String, StoredArray> found = new LinkedHashMap<>();
  private final Map<String, Variable> wanted = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();
  private final Map<String, Array> values = new HashMap<>();
  private final Set<String> keys = new LinkedHashSet<>();

  /**
   * Where in a checkpoint the model may be.
   *
   * @param path of its object; empty for the root
   */
  private record Start(String path, int node, Map<Variable, Integer> weights) {}

  private CheckpointMatch(CheckpointReader reader, Model model) {
    this.reader = reader;
    this.model = model;
  }

  /**
   * Stores a checkpoint's values in a model, the state of the optimizer included if both have one.
   *
   * @return what was stored, and why the state of an optimizer was not
   * @throws ModelFormatException if a weight is missing, left over or of another shape; the text
   *     lists both sides; then nothing is stored
   */
  public static WeightReport load(CheckpointReader reader, Model model) {
    CheckpointMatch match = new CheckpointMatch(reader, model);
    if (reader.nodes().isPresent()) {
      match.byNode(reader.nodes().get());
    } else if (!match.byName(reader.values().values())) {
      match.unmatched(reader.values().values());
    }
    WeightReport report =
        new WeightMatch(match.found, match.wanted, model)
            .load(false, false, text -> reader.fail("", text, null));
    List<String> skipped = new ArrayList<>(report.skipped());
    skipped.addAll(match.skipped);
    return new WeightReport(report.loaded(), skipped);
  }

  private void byNode(TrackableNodes nodes) {
    Start start = start(nodes);
    boolean whole = start.weights().size() == model.weights().size();
    if (whole || !byName(reader.values().values())) {
      weights(nodes, start);
    }
    optimizer(nodes, start);
  }

  /** Returns the object that has most of the model's weights; of several the first. */
  private Start start(TrackableNodes nodes) {
    List<Start> all = new ArrayList<>();
    nodes
        .child(TrackableNodes.ROOT, List.of(ModelGraph.MODEL))
        .ifPresent(node -> all.add(start(ModelGraph.MODEL, node, nodes)));
    all.add(start("", TrackableNodes.ROOT, nodes));
    for (ObjectReference child : nodes.rootChildren()) {
      all.add(start(ObjectPath.child("", child.getLocalName()), child.getNodeId(), nodes));
    }
    Start best = all.get(0);
    for (Start next : all) {
      best = next.weights().size() > best.weights().size() ? next : best;
    }
    return best;
  }

  private Start start(String path, int node, TrackableNodes nodes) {
    return new Start(path, node, ModelNodes.of(model, nodes, node));
  }

  private void weights(TrackableNodes nodes, Start start) {
    Map<Integer, String> paths = new HashMap<>();
    for (TrackableNodes.Value value :
        nodes.values(start.node(), start.path(), e -> !e.equals(ModelEdges.OPTIMIZER))) {
      paths.put(value.node(), value.path());
      if (ObjectPath.isValue(value.key()) && !value.path().equals("save_counter")) {
        found.put(value.path(), stored(value.key(), value.fullName()));
      }
    }
    ModelGraph.add(model, new TrackableGraph())
        .forEach(
            (path, variable) -> {
              Integer node = start.weights().get(variable);
              if (node != null) {
                wanted.put(Objects.requireNonNull(paths.get(node)), variable);
              } else if (!path.startsWith(ModelEdges.OPTIMIZER)) {
                wanted.put(path, variable);
              }
            });
  }

  /** Matches by what the variables are called; returns whether each weight has just one. */
  private boolean byName(Iterable<TrackableNodes.Value> values) {
    Map<String, TrackableNodes.Value> matches = new LinkedHashMap<>();
    for (Map.Entry<String, Variable> weight : model.network().weights().entrySet()) {
      Set<String> keys = new HashSet<>();
      for (TrackableNodes.Value value : values) {
        if (ends(value.fullName(), weight.getKey())) {
          keys.add(value.key());
          matches.put(weight.getKey(), value);
        }
      }
      if (keys.size() != 1) {
        return false;
      }
    }
    matches.forEach((path, value) -> found.put(path, stored(value.key(), value.fullName())));
    wanted.putAll(model.network().weights());
    return true;
  }

  private static boolean ends(String fullName, String path) {
    return fullName.equals(path) || fullName.endsWith("/" + path);
  }

  private void unmatched(Iterable<TrackableNodes.Value> values) {
    wanted.putAll(model.network().weights());
    values.forEach(v -> found.put(v.path(), stored(v.key(), "")));
  }

  private void optimizer(TrackableNodes nodes, Start start) {
    OptionalInt optimizer = nodes.child(start.node(), List.of(ModelEdges.OPTIMIZER));
    if (optimizer.isEmpty()) {
      optimizer = nodes.child(TrackableNodes.ROOT, List.of(ModelEdges.OPTIMIZER));
    }
    if (optimizer.isEmpty() || !model.isCompiled()) {
      if (optimizer.isPresent()) {
        skipped.add("optimizer: the checkpoint has a state, but the model is not compiled");
      } else if (model.isCompiled()) {
        skipped.add("optimizer: there is no state of one under \"optimizer\"");
      }
      return;
    }
    Map<String, StoredArray> state = new LinkedHashMap<>();
    state(nodes, optimizer.getAsInt(), ModelEdges.OPTIMIZER, state);
    List<Variable> all = model.optimizerVariables();
    Map<String, Variable> variables = new LinkedHashMap<>();
    int own = OptimizerNames.of(model).scaling().isPresent() ? OptimizerNames.SCALING : all.size();
    for (int i = 0; i < all.size(); i++) {
      boolean inner = i >= own;
      String path = ModelEdges.OPTIMIZER + (inner ? "/" + ModelEdges.INNER : "");
      variables.put(path + "/" + ModelEdges.VARIABLES + "/" + (inner ? i - own : i), all.get(i));
    }
    if (untrained(state, variables)) {
      variables
          .entrySet()
          .removeIf(e -> !state.containsKey(e.getKey()) && !FIRST.contains(e.getValue().name()));
    }
    found.putAll(state);
    wanted.putAll(variables);
  }

  /** Adds the state of an optimizer and of that inside it. */
  private void state(
      TrackableNodes nodes, int optimizer, String path, Map<String, StoredArray> state) {
    OptionalInt list = nodes.child(optimizer, List.of(ModelEdges.VARIABLES));
    for (int i = 0; list.isPresent(); i++) {
      OptionalInt node = nodes.child(list.getAsInt(), List.of(String.valueOf(i)));
      Optional<String> key = node.isPresent() ? nodes.key(node.getAsInt()) : Optional.empty();
      if (key.isEmpty()) {
        break;
      }
      state.put(path + "/" + ModelEdges.VARIABLES + "/" + i, stored(key.get(), ""));
    }
    if (path.equals(ModelEdges.OPTIMIZER)) {
      OptionalInt inner = nodes.child(optimizer, List.of(ModelEdges.INNER));
      inner.ifPresent(n -> state(nodes, n, path + "/" + ModelEdges.INNER, state));
    }
  }

  /** Returns whether no step was done yet: before the first one Python may have no slots. */
  private static boolean untrained(
      Map<String, StoredArray> state, Map<String, Variable> variables) {
    return variables.entrySet().stream()
            .filter(v -> v.getValue().name().equals(ITERATION))
            .allMatch(v -> isCount(state.get(v.getKey())))
        && state.values().stream()
            .filter(CheckpointMatch::isCount)
            .allMatch(a -> a.reader().get().number(0) == 0);
  }

  private static boolean isCount(@Nullable StoredArray array) {
    return array != null && array.dtype().isInteger() && array.shape().numDimensions() == 0;
  }

  private StoredArray stored(String key, String fullName) {
    BundleIndex.Entry entry = reader.entry(key);
    keys.add(key);
    return new StoredArray(
        fullName,
        entry.shape(),
        entry
            .dtype()
            .orElseThrow(
                () ->
                    reader.fail(key, "expected numbers or texts, found " + entry.typeName(), null)),
        () -> value(key));
  }

  /** Reads with the first array all others as well: a call for each would take its time. */
  private Array value(String key) {
    if (!values.containsKey(key)) {
      List<String> all = keys.stream().filter(k -> !values.containsKey(k)).toList();
      List<Array> arrays = reader.read(all);
      for (int i = 0; i < all.size(); i++) {
        values.put(all.get(i), arrays.get(i));
      }
    }
    return Objects.requireNonNull(values.get(key));
  }
}
