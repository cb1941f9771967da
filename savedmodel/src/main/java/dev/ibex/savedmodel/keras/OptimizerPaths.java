package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.IdleMomentum;
import dev.ibex.savedmodel.weights.NadamProduct;
import dev.ibex.savedmodel.weights.OptimizerNames;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where Keras keeps the state of a compiled model's optimizer: {@code optimizer/vars/2}. */
final class OptimizerPaths {
  /** What all of it stands under. */
  static final String OPTIMIZER = "optimizer/";

  /** What a scaling optimizer's own variables hold as well. */
  private static final String INNER = OPTIMIZER + "inner_optimizer/";

  /** What Keras 2.12 to 2.14 called it. */
  private static final String FORMER_INNER = OPTIMIZER + "_optimizer/";

  /** Where the number of steps is in Keras 2. */
  private static final String FIRST_PATH = OPTIMIZER + WeightPaths.VARS + "0";

  private static final String RATE = "learning_rate";

  /** What an optimizer has before its first step. */
  private static final Set<String> FIRST = Set.of("iteration", RATE);

  private final Model model;
  private final List<Variable> all;
  private final OptimizerNames names;

  private OptimizerPaths(Model model) {
    this.model = model;
    this.all = model.optimizerVariables();
    this.names = OptimizerNames.of(model);
  }

  /** Returns the paths of a compiled model. */
  static OptimizerPaths of(Model model) {
    return new OptimizerPaths(model);
  }

  /** Returns whether a file has the state of an optimizer. */
  static boolean stored(StoredWeights stored) {
    return stored.arrays().keySet().stream().anyMatch(p -> p.startsWith(OPTIMIZER));
  }

  /** Returns what of a file is this optimizer's state. */
  Map<String, StoredArray> state(StoredWeights stored) {
    Map<String, StoredArray> state = new TreeMap<>(stored.arrays());
    state
        .keySet()
        .removeIf(
            p -> !p.startsWith(OPTIMIZER) || p.startsWith(INNER) || p.startsWith(FORMER_INNER));
    if (IdleMomentum.of(model) && isCountAndMomentum(state)) {
      state.keySet().removeIf(p -> !p.equals(FIRST_PATH));
    }
    if (isOfKeras2(state) && all.get(all.size() - 1).name().equals(NadamProduct.NAME)) {
      long steps = (long) first(state).reader().get().number(0);
      state.put(OPTIMIZER + WeightPaths.VARS + state.size(), NadamProduct.after(model, steps));
    }
    return state;
  }

  /** Returns whether a state has all but the learning rate and the product of Nadam. */
  private boolean isOfKeras2(Map<String, StoredArray> state) {
    Set<String> missing = Set.of(RATE, NadamProduct.NAME);
    return state.size() == inner().stream().filter(v -> !missing.contains(v.name())).count()
        && state.containsKey(FIRST_PATH);
  }

  private static StoredArray first(Map<String, StoredArray> state) {
    return Objects.requireNonNull(state.get(FIRST_PATH));
  }

  /** Returns whether a state is that of Keras 2: the iteration, then an array for each weight. */
  private boolean isCountAndMomentum(Map<String, StoredArray> state) {
    List<Variable> trained = model.weights().stream().filter(Variable::trainable).toList();
    return state.size() == trained.size() + 1
        && IntStream.range(0, trained.size())
            .allMatch(
                i -> {
                  StoredArray array = state.get(OPTIMIZER + WeightPaths.VARS + (i + 1));
                  return array != null && array.shape().equals(trained.get(i).shape());
                });
  }

  /** Returns the variables that a file's state is of, by path; empty if it is of none. */
  Optional<Map<String, Variable>> variables(Map<String, StoredArray> state) {
    return candidates(state).filter(c -> new WeightMatch(state, c, model).fits()).findFirst();
  }

  /** Returns all variables by path. */
  Map<String, Variable> variables() {
    return numbered(OPTIMIZER, all);
  }

  /**
   * Returns what a file may hold: everything, or what Keras 2 kept; before the first step, without
   * the slots. What a file does not hold stays as new.
   */
  private Stream<Map<String, Variable>> candidates(Map<String, StoredArray> state) {
    List<Variable> keras2 = inner().stream().filter(v -> !v.name().equals(RATE)).toList();
    Stream<List<Variable>> found = Stream.of(all, keras2);
    if (untrained(state)) {
      List<Variable> first = all.stream().filter(v -> FIRST.contains(v.name())).toList();
      found = Stream.concat(found, Stream.of(first, keras2.subList(0, 1)));
    }
    return found.map(c -> numbered(OPTIMIZER, c));
  }

  /** Returns whether no step was done yet: all counts are 0. */
  private static boolean untrained(Map<String, StoredArray> state) {
    return state.values().stream()
        .filter(a -> a.dtype().isInteger() && a.shape().numDimensions() == 0)
        .allMatch(a -> a.reader().get().number(0) == 0);
  }

  private List<Variable> inner() {
    return names.scaling().isPresent() ? all.subList(OptimizerNames.SCALING, all.size()) : all;
  }

  /** Returns the variables to be written by path; a scaling optimizer's stand in two places. */
  Map<String, Variable> toWrite() {
    Map<String, Variable> written = variables();
    if (names.scaling().isPresent()) {
      written.putAll(numbered(INNER, inner()));
    }
    return written;
  }

  /** Returns the names of the optimizer, and of the one inside it, by path. */
  Map<String, String> names() {
    return names
        .scaling()
        .map(scaling -> Map.of(OPTIMIZER, scaling, INNER, names.optimizer()))
        .orElseGet(() -> Map.of(OPTIMIZER, names.optimizer()));
  }

  private static Map<String, Variable> numbered(String owner, List<Variable> variables) {
    Map<String, Variable> paths = new LinkedHashMap<>();
    variables.forEach(v -> paths.put(owner + WeightPaths.VARS + paths.size(), v));
    return paths;
  }
}
