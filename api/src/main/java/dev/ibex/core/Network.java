package dev.ibex.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of a described graph between some inputs and some outputs: the calls in between in an
 * order that can be run, and the layers with their names. Immutable.
 */
public final class Network {
  private final List<SymbolicTensor> inputs;
  private final List<SymbolicTensor> outputs;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Map<Layer, String> names = new HashMap<>();

  /**
   * Finds the calls between inputs and outputs. Where an input is computed by a layer, a new input
   * takes its place, and so {@link #inputs()} and what depends on it are others than those given.
   *
   * @throws IllegalArgumentException if an output depends on an input that is not listed, an input
   *     is listed twice, or two layers have one name
   */
  public Network(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
    Check.that(!inputs.isEmpty(), "inputs: expected at least one");
    Check.that(!outputs.isEmpty(), "outputs: expected at least one");
    Check.that(
        new HashSet<>(inputs).size() == inputs.size(), "inputs: one of them is listed twice");
    Cut cut = new Cut(inputs);
    this.inputs = cut.inputs();
    this.outputs = cut.outputs(outputs);
    Map<Layer, Integer> met = new HashMap<>();
    traverse(met);
    orderLayers(met);
    nameLayers();
    weights().forEach((path, variable) -> variable.assignPath(path));
  }

  /** Visits depth first from the outputs; a node is finished after all that it needs. */
  private void traverse(Map<Layer, Integer> met) {
    Set<SymbolicTensor> given = new HashSet<>(inputs);
    Set<Node> seen = new HashSet<>();
    Deque<Object> open = new ArrayDeque<>();
    for (SymbolicTensor output : outputs) {
      open.push(output);
      while (!open.isEmpty()) {
        Object next = open.pop();
        if (next instanceof Node finished) {
          nodes.add(finished);
          continue;
        }
        SymbolicTensor tensor = (SymbolicTensor) next;
        Node node = tensor.node();
        if (!seen.add(node)) {
          continue;
        }
        met.putIfAbsent(node.layer(), met.size());
        open.push(node);
        if (given.contains(tensor)) {
          continue;
        }
        List<SymbolicTensor> needed = node.arguments().tensors();
        if (needed.isEmpty()) {
          throw new IllegalArgumentException(
              "outputs: "
                  + output
                  + " depends on the input "
                  + node.layer().label()
                  + ", which is not among the model's inputs; list it there");
        }
        for (int i = needed.size() - 1; i >= 0; i--) {
          open.push(needed.get(i));
        }
      }
    }
    for (SymbolicTensor input : inputs) {
      if (seen.add(input.node())) {
        met.putIfAbsent(input.node().layer(), -1);
        nodes.add(0, input.node());
      }
    }
  }

  /** Orders layers by decreasing distance from the outputs, as Keras does: it is file format. */
  private void orderLayers(Map<Layer, Integer> met) {
    Map<Node, Integer> nodeDepth = new HashMap<>();
    Map<Layer, Integer> layerDepth = new HashMap<>();
    Set<Node> sources = new HashSet<>(inputs.stream().map(SymbolicTensor::node).toList());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      int depth =
          Math.max(nodeDepth.getOrDefault(node, 0), layerDepth.getOrDefault(node.layer(), 0));
      layerDepth.put(node.layer(), depth);
      nodeDepth.put(node, depth);
      if (!sources.contains(node)) {
        for (SymbolicTensor t : node.arguments().tensors()) {
          nodeDepth.merge(t.node(), depth + 1, Math::max);
        }
      }
    }
    Map<Integer, List<Layer>> byDepth = new TreeMap<>(Comparator.reverseOrder());
    layerDepth.forEach((l, d) -> byDepth.computeIfAbsent(d, k -> new ArrayList<>()).add(l));
    for (List<Layer> level : byDepth.values()) {
      level.sort(Comparator.comparingInt(met::get));
      layers.addAll(level);
    }
  }

  /** Gives unnamed layers the snake-case class name, numbered in the order of description. */
  private void nameLayers() {
    Set<String> taken = new HashSet<>();
    Set<Layer> inOrder = new LinkedHashSet<>();
    nodes.stream()
        .sorted(Comparator.comparingLong(Node::order))
        .forEach(n -> inOrder.add(n.layer()));
    for (Layer layer : inOrder) {
      String given = layer.config().options().name();
      if (!given.isEmpty()) {
        Check.that(
            taken.add(given),
            "name: two layers of the model are named \"%s\"; give one of them another name",
            given);
        names.put(layer, given);
      }
    }
    Map<String, Integer> counts = new HashMap<>(); // not begun anew, or many layers take long
    for (Layer layer : inOrder) {
      if (!names.containsKey(layer)) {
        String base = Layer.snakeCase(layer.className());
        String free = layer.name().isEmpty() ? base : layer.name();
        while (!taken.add(free)) {
          free = base + "_" + counts.merge(base, 1, Integer::sum);
        }
        names.put(layer, free);
        layer.assignName(free);
      }
    }
  }

  /** Returns the tensors that are fed. */
  public List<SymbolicTensor> inputs() {
    return inputs;
  }

  /** Returns the tensors that are computed. */
  public List<SymbolicTensor> outputs() {
    return outputs;
  }

  /** Returns the calls, each after those it needs. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns the layers in Keras's order: by decreasing distance from the outputs. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  /** Returns the layer's name in this network. */
  public String name(Layer layer) {
    String name = names.get(layer);
    if (name == null) {
      throw new IllegalArgumentException(layer.label() + " is not a layer of this model");
    }
    return name;
  }

  /**
   * Returns the layer of a name.
   *
   * @throws IllegalArgumentException if there is none; the text lists the names
   */
  public Layer layer(String name) {
    for (Layer layer : layers) {
      if (name(layer).equals(name)) {
        return layer;
      }
    }
    throw new IllegalArgumentException(
        "name: there is no layer \""
            + name
            + "\"; the layers are "
            + Check.list(layers.stream().map(this::name).toArray()));
  }

  /** Returns the variables by path, such as {@code encoder/dense/kernel}, each once. */
  public Map<String, Variable> weights() {
    Map<String, Variable> byPath = new LinkedHashMap<>();
    Set<Variable> seen = new HashSet<>();
    for (Layer layer : layers) {
      paths(layer, name(layer), byPath, seen);
    }
    return byPath;
  }

  static void paths(Layer layer, String path, Map<String, Variable> byPath, Set<Variable> seen) {
    for (Variable v : layer.ownWeights()) {
      if (seen.add(v)) {
        byPath.put(path + inner(layer, v.owner().orElse(layer)) + "/" + v.name(), v);
      }
    }
    for (Layer child : layer.children()) {
      paths(child, path + "/" + layer.childName(child), byPath, seen);
    }
  }

  /** Returns the part of a path from a layer to one inside it, which may be itself. */
  private static String inner(Layer layer, Layer owner) {
    return owner == layer ? "" : "/" + layer.childName(owner);
  }

  /** Returns the outputs' specs for inputs that are known more closely than the network's own. */
  List<TensorSpec> infer(List<TensorSpec> inputSpecs) {
    Map<SymbolicTensor, TensorSpec> specs = specs(inputSpecs);
    return outputs.stream().map(t -> spec(specs, t)).toList();
  }

  /** Returns the specs that differ from those of the description. */
  private Map<SymbolicTensor, TensorSpec> specs(List<TensorSpec> inputSpecs) {
    Map<SymbolicTensor, TensorSpec> specs = new HashMap<>();
    boolean same = true;
    for (int i = 0; i < inputs.size(); i++) {
      specs.put(inputs.get(i), inputSpecs.get(i));
      same &= inputs.get(i).spec().toString().equals(inputSpecs.get(i).toString());
    }
    if (!same) {
      for (Node node : nodes) {
        if (!node.arguments().tensors().isEmpty()) {
          List<TensorSpec> in =
              node.arguments().inputs().stream().map(t -> spec(specs, t)).toList();
          List<TensorSpec> out = node.layer().build(in, node.arguments().settings());
          for (int i = 0; i < out.size(); i++) {
            specs.put(node.outputs().get(i), out.get(i));
          }
        }
      }
    }
    return specs;
  }

  private static TensorSpec spec(Map<SymbolicTensor, TensorSpec> specs, SymbolicTensor t) {
    return specs.getOrDefault(t, t.spec());
  }

  /** Emits the network and returns the outputs' values. */
  public List<Value> emit(Emission emission, String prefix, List<Value> inputValues) {
    return emit(emission, prefix, inputValues, inputs.stream().map(SymbolicTensor::spec).toList());
  }

  /**
   * As {@link #emit(Emission, String, List)}, for inputs that are known more closely than the
   * network's own: what is emitted is what {@link #infer} says.
   */
  List<Value> emit(
      Emission emission, String prefix, List<Value> inputValues, List<TensorSpec> inputSpecs) {
    Map<SymbolicTensor, TensorSpec> specs = specs(inputSpecs);
    Map<SymbolicTensor, Value> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(inputs.get(i), inputValues.get(i));
    }
    for (Node node : nodes) {
      if (!values.containsKey(node.outputs().get(0)) && !node.arguments().tensors().isEmpty()) {
        List<Value> in = node.arguments().inputs().stream().map(t -> get(values, t)).toList();
        Map<String, Value> named = new LinkedHashMap<>();
        node.arguments()
            .named()
            .forEach(
                (k, a) -> a.tensors().findFirst().ifPresent(t -> named.put(k, get(values, t))));
        String path = prefix.isEmpty() ? name(node.layer()) : prefix + "/" + name(node.layer());
        List<Value> out =
            emission.emit(
                node.layer(),
                path,
                in,
                node.arguments().inputs().stream().map(t -> spec(specs, t)).toList(),
                named,
                node.arguments().settings(),
                node.outputs().stream().map(t -> spec(specs, t)).toList());
        for (int i = 0; i < out.size(); i++) {
          values.put(node.outputs().get(i), out.get(i));
        }
      }
    }
    return outputs.stream().map(t -> get(values, t)).toList();
  }

  private static Value get(Map<SymbolicTensor, Value> values, SymbolicTensor t) {
    Value v = values.get(t);
    if (v == null) {
      throw new IllegalStateException(t + " has no value yet");
    }
    return v;
  }
}
