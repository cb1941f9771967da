package dev.ibex.savedmodel.legacy;

import dev.ibex.Model;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.legacy.StateName.Dialect;
import dev.ibex.savedmodel.weights.IdleMomentum;
import dev.ibex.savedmodel.weights.NadamProduct;
import dev.ibex.savedmodel.weights.StoredArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an optimizer in a file beside that of a compiled model.
 *
 * <p>Names say which slot an array is, and mostly of which weight. Where the weights' names of a
 * file are not all different, the arrays of one slot are in the order of the trained weights.
 */
final class StateMatch {
  private static final String ITERATION = "iteration";
  private static final String MOMENTUM = "momentum";

  /** What an optimizer that scales the loss has as well as the one inside it. */
  private static final Set<String> TWICE = Set.of(ITERATION, "learning_rate");

  /**
   * What a file may leave out: its configuration has the rate, and how far the loss was scaled is
   * not in files of Keras 2, which starts that anew as well.
   */
  private static final Set<String> DISPENSABLE =
      Set.of("learning_rate", "step_counter", "dynamic_scale");

  private final Map<String, StoredArray> found = new LinkedHashMap<>();
  private final Map<String, Variable> wanted = new LinkedHashMap<>();
  private final Map<String, List<Variable>> byKind = new LinkedHashMap<>();
  private final Map<String, Variable> weights = new LinkedHashMap<>();

  /** An array with what its name says. */
  private record Entry(StateName name, StoredArray array) {}

  /**
   * Matches.
   *
   * @param weights the weights by their names in the file
   */
  StateMatch(List<StoredArray> file, Model model, Map<String, Variable> weights) {
    Dialect dialect = Dialect.of(file.stream().map(StoredArray::name).toList());
    weights.forEach((name, variable) -> this.weights.put(dialect.weight(name), variable));
    for (Variable v : model.optimizerVariables()) {
      byKind.computeIfAbsent(v.name(), k -> new ArrayList<>()).add(v);
    }
    model.optimizerVariables().forEach(v -> wanted.put(key(v), v));
    Set<String> idle = IdleMomentum.of(model) ? Set.of(MOMENTUM) : Set.of();
    Map<String, List<Entry>> entries = entries(file, dialect, idle);
    entries.forEach(this::match);
    if (dialect != Dialect.KERAS_3) {
      addProduct(model, entries);
    }
    boolean fresh = fresh(entries);
    wanted
        .entrySet()
        .removeIf(
            e ->
                !found.containsKey(e.getKey())
                    && (fresh || dispensable(e.getValue().name(), entries.keySet())));
  }

  /** Adds the number of Nadam that Keras 2.11 and later leave out. */
  private void addProduct(Model model, Map<String, List<Entry>> entries) {
    List<Entry> steps = entries.getOrDefault(ITERATION, List.of());
    for (Variable v : byKind.getOrDefault(NadamProduct.NAME, List.of())) {
      if (!found.containsKey(key(v)) && !steps.isEmpty()) {
        StoredArray last = steps.get(steps.size() - 1).array();
        found.put(key(v), NadamProduct.after(model, (long) last.reader().get().number(0)));
      }
    }
  }

  /** A model that was saved before its first step has no slots in its file; they stay as new. */
  private static boolean fresh(Map<String, List<Entry>> entries) {
    return entries.values().stream().flatMap(List::stream).allMatch(e -> e.name().isScalar())
        && entries.getOrDefault(ITERATION, List.of()).stream()
            .allMatch(e -> e.array().reader().get().number(0) == 0);
  }

  private static boolean dispensable(String name, Set<String> kinds) {
    return DISPENSABLE.contains(name)
        || (name.equals(ITERATION) && kinds.contains(ITERATION)); // of what scales the loss
  }

  /** Returns the arrays by slot; those whose names say nothing stand alone, as found. */
  private Map<String, List<Entry>> entries(
      List<StoredArray> file, Dialect dialect, Set<String> idle) {
    Set<String> kinds = new HashSet<>(byKind.keySet());
    kinds.addAll(idle);
    Map<String, List<Entry>> entries = new LinkedHashMap<>();
    for (StoredArray array : file) {
      Optional<StateName> name = StateName.of(array.name(), dialect, kinds);
      if (name.isEmpty() && !StateName.isDerived(array.name())) {
        found.put(array.name(), new StoredArray(array.shape(), array.dtype(), array.reader()));
      } else if (name.isPresent() && !idle.contains(name.get().kind())) {
        entries
            .computeIfAbsent(name.get().kind(), k -> new ArrayList<>())
            .add(new Entry(name.get(), array));
      }
    }
    return entries;
  }

  private void match(String kind, List<Entry> entries) {
    List<Variable> variables = Objects.requireNonNull(byKind.get(kind), kind);
    List<Variable> named = named(kind, entries, variables);
    // a scaling optimizer's own number of steps stands before that of the one inside it
    int first = TWICE.contains(kind) ? Math.max(0, variables.size() - entries.size()) : 0;
    for (int i = 0; i < entries.size(); i++) {
      StoredArray array = entries.get(i).array();
      if (!named.isEmpty()) {
        found.put(key(named.get(i)), array);
      } else if (first + i < variables.size()) {
        found.put(key(variables.get(first + i)), array);
      } else {
        found.put(array.name(), array);
      }
    }
  }

  /** Returns the slots that the entries are by their weights' names; empty if one is unknown. */
  private List<Variable> named(String kind, List<Entry> entries, List<Variable> variables) {
    Map<String, Variable> byPath = new LinkedHashMap<>();
    variables.forEach(v -> byPath.put(v.path(), v));
    List<Variable> named = new ArrayList<>();
    for (Entry entry : entries) {
      Variable weight = weight(entry.name().weight());
      Variable slot = weight == null ? null : byPath.get(weight.path() + "/" + kind);
      if (slot == null || named.contains(slot)) {
        return List.of();
      }
      named.add(slot);
    }
    return named;
  }

  /** Returns the weight of a name; what stands before it is of the optimizer. */
  private @Nullable Variable weight(String name) {
    String rest = name;
    while (!weights.containsKey(rest) && rest.indexOf('/') >= 0) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return weights.get(rest);
  }

  /** A scaling optimizer and the one inside it have scalars of one name. */
  private String key(Variable v) {
    List<Variable> alike =
        Objects.requireNonNull(byKind.get(v.name())).stream()
            .filter(o -> o.path().equals(v.path()))
            .toList();
    return "optimizer/" + v.path() + (alike.size() > 1 ? " " + (alike.indexOf(v) + 1) : "");
  }

  Map<String, StoredArray> found() {
    return found;
  }

  Map<String, Variable> wanted() {
    return wanted;
  }
}
