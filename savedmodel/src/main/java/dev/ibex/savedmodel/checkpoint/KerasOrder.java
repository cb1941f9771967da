package dev.ibex.savedmodel.checkpoint;

import dev.ibex.core.Layer;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Node;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dot;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Masking;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a model's layers stand in the list of operations that Keras has of it.
 *
 * <p>That list has operations which compute masks as well, where a layer reads one: they are no
 * layers, and Ibex has none for them. Keras orders by decreasing distance from the outputs, then by
 * when an operation is met first from there.
 */
final class KerasOrder {
  private final NetworkLayer model;
  private final Map<Node, Step> steps = new HashMap<>();
  private final Map<SymbolicTensor, Step> masks = new HashMap<>();
  private final Set<SymbolicTensor> joined = new HashSet<>();
  private final List<Step> order = new ArrayList<>();

  /**
   * A call.
   *
   * @param operation what is called: a layer, or any object for one that computes a mask
   * @param needs the calls whose results it is given
   */
  private record Step(Object operation, List<Step> needs) {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private KerasOrder(NetworkLayer model) {
    this.model = model;
  }

  /**
   * Returns the layers' places, in order.
   *
   * @throws IllegalArgumentException if a layer reads a mask that is joined from several, for which
   *     Keras has operations that are not known here
   */
  static Map<Layer, Integer> of(NetworkLayer model) {
    return new KerasOrder(model).places();
  }

  private Map<Layer, Integer> places() {
    Set<Node> sources =
        new HashSet<>(model.network().inputs().stream().map(SymbolicTensor::node).toList());
    for (Node node : model.network().nodes()) {
      steps.put(node, sources.contains(node) ? new Step(node.layer(), List.of()) : step(node));
    }
    if (masks.isEmpty()) {
      return numbered(model.children());
    }
    return numbered(sorted(met()));
  }

  private static Map<Layer, Integer> numbered(List<?> operations) {
    Map<Layer, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i) instanceof Layer layer) {
        places.put(layer, i);
      }
    }
    return places;
  }

  private Step step(Node node) {
    Layer layer = node.layer();
    List<SymbolicTensor> given = node.arguments().tensors();
    SymbolicTensor first = given.get(0);
    List<Step> needs = new ArrayList<>();
    given.forEach(t -> needs.add(stepOf(t)));
    Step mask = masks.get(first);
    if (layer.takes("mask") && !node.arguments().named().containsKey("mask")) {
      if (joined.contains(first)) {
        throw new IllegalArgumentException(
            "layer "
                + layer.label()
                + ": it reads a mask that comes through "
                + first.node().layer().label()
                + ", for which Keras has operations of its own among a model's layers; their places"
                + " are not known, so no checkpoint of such a model can be written: save it as"
                + " .keras, or give the layer its mask as an argument");
      } else if (mask != null) {
        needs.add(mask);
      }
    }
    Step step = new Step(layer, List.copyOf(needs));
    node.outputs().forEach(out -> mask(layer, given, out));
    return step;
  }

  private Step stepOf(SymbolicTensor tensor) {
    return Objects.requireNonNull(steps.get(tensor.node()));
  }

  /** Notes which operation computes the mask of a result, if it has one. */
  private void mask(Layer layer, List<SymbolicTensor> given, SymbolicTensor out) {
    SymbolicTensor first = given.get(0);
    boolean unknown = given.stream().anyMatch(joined::contains);
    List<Step> known = given.stream().filter(masks::containsKey).map(this::maskOf).toList();
    boolean some = unknown || !known.isEmpty();
    if (layer instanceof Dot) {
      return; // it drops masks
    } else if (layer instanceof Masking) {
      masks.put(out, compute(compute(stepOf(first))));
    } else if (masksZero(layer)) {
      masks.put(out, compute(stepOf(first)));
    } else if (layer instanceof MergeLayer && !(layer instanceof Concatenate)) {
      if (!unknown && known.size() == given.size()) {
        masks.put(out, known.stream().reduce((a, b) -> compute(a, b)).orElseThrow());
      }
    } else if (layer instanceof NetworkLayer
        ? some || makesMask(layer)
        : given.size() > 1 && some) {
      joined.add(out);
    } else if (layer.keepsMask() && unknown) {
      joined.add(out);
    } else if (layer.keepsMask() && some) {
      masks.put(out, maskOf(first));
    }
  }

  private Step maskOf(SymbolicTensor tensor) {
    return Objects.requireNonNull(masks.get(tensor));
  }

  private static boolean makesMask(Layer layer) {
    return layer.flatten().anyMatch(l -> l instanceof Masking || masksZero(l));
  }

  private static boolean masksZero(Layer layer) {
    return layer instanceof Embedding e && e.config().maskZero();
  }

  private static Step compute(Step... from) {
    return new Step(new Object(), List.of(from));
  }

  /** Returns when each operation is met from the outputs on; fills the order of the calls. */
  private Map<Object, Integer> met() {
    Map<Object, Integer> met = new HashMap<>();
    Set<Step> seen = new HashSet<>();
    Set<Step> finished = new HashSet<>();
    for (SymbolicTensor output : model.network().outputs()) {
      Deque<Step> open = new ArrayDeque<>(List.of(stepOf(output)));
      while (!open.isEmpty()) {
        Step step = open.pop();
        if (seen.add(step)) {
          met.putIfAbsent(step.operation(), met.size());
          open.push(step); // again when what it needs is done
          for (int i = step.needs().size() - 1; i >= 0; i--) {
            open.push(step.needs().get(i));
          }
        } else if (finished.add(step)) {
          order.add(step);
        }
      }
    }
    for (SymbolicTensor input : model.network().inputs()) {
      if (seen.add(stepOf(input))) {
        met.putIfAbsent(input.node().layer(), -1);
        order.add(0, stepOf(input));
      }
    }
    return met;
  }

  private List<Object> sorted(Map<Object, Integer> met) {
    Map<Step, Integer> depths = new HashMap<>();
    Map<Object, Integer> operations = new HashMap<>();
    for (int i = order.size() - 1; i >= 0; i--) {
      Step step = order.get(i);
      int depth =
          Math.max(depths.getOrDefault(step, 0), operations.getOrDefault(step.operation(), 0));
      operations.put(step.operation(), depth);
      step.needs().forEach(n -> depths.merge(n, depth + 1, Math::max));
    }
    return operations.keySet().stream()
        .sorted(
            Comparator.comparingInt((Object o) -> -operations.getOrDefault(o, 0))
                .thenComparingInt(o -> met.getOrDefault(o, 0)))
        .toList();
  }
}
