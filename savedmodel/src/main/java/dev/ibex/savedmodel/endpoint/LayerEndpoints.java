package dev.ibex.savedmodel.endpoint;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DerivativeStops;
import dev.ibex.graph.DerivativeStops.Origin;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoints that a layer calls, and the variables of both as its weights.
 *
 * @param functions what they are found in
 * @param call what is called
 * @param training what is called instead where the model trains
 */
public record LayerEndpoints(SavedFunctions functions, Endpoint call, Optional<Endpoint> training) {

  /**
   * Finds the endpoints.
   *
   * @throws dev.ibex.ModelFormatException if there is none of a name, or a layer cannot hold it
   */
  public static LayerEndpoints of(
      SavedFunctions functions, String call, Optional<String> training) {
    return new LayerEndpoints(
        functions, functions.serving(call), training.map(functions::endpoint));
  }

  /** Returns what is called for inputs of some specs. */
  public ConcreteFunction concrete(boolean train, List<TensorSpec> inputs) {
    return training.filter(t -> train).orElse(call).concrete(inputs);
  }

  /**
   * Returns the variables by the names of weights: as Keras orders them, those that train first,
   * else as the functions take them.
   */
  public Map<String, ObjectGraph.Variable> weights() {
    Map<String, ObjectGraph.Variable> named = new LinkedHashMap<>();
    Set<Integer> seen = new HashSet<>();
    for (boolean train : new boolean[] {true, false}) {
      for (ObjectGraph.Variable variable : captured()) {
        if (variable.trainable() == train && seen.add(variable.node())) {
          named.put(free(variable.name().replace('/', '_'), named.keySet()), variable);
        }
      }
    }
    return Collections.unmodifiableMap(named);
  }

  private List<ObjectGraph.Variable> captured() {
    List<ObjectGraph.Variable> all = new ArrayList<>();
    for (Endpoint endpoint : training.map(t -> List.of(call, t)).orElse(List.of(call))) {
      for (ConcreteFunction concrete : endpoint.concreteFunctions()) {
        concrete.captures().forEach(c -> functions.variable(c).ifPresent(all::add));
      }
    }
    return all;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 1; taken.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** Returns the ops of a function that no derivative passes through. */
  public DerivativeStops stops(ConcreteFunction concrete) {
    List<Origin> origins =
        new ArrayList<>(Collections.nCopies(concrete.inputs().size(), Origin.INPUT));
    for (int capture : concrete.captures()) {
      boolean trains =
          functions.variable(capture).map(ObjectGraph.Variable::trainable).orElse(false);
      origins.add(trains ? Origin.WEIGHT : Origin.OTHER);
    }
    return functions.whole(
        concrete.function(),
        () -> DerivativeStops.of(functions.library(), concrete.function(), origins));
  }
}
