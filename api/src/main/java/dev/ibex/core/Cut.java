package dev.ibex.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a described graph at tensors in its midst: new inputs take their places, and calls that
 * depend on them are repeated, as Keras does. The layers are shared.
 */
final class Cut {
  private final List<SymbolicTensor> inputs = new ArrayList<>();
  private final Map<SymbolicTensor, SymbolicTensor> moved = new HashMap<>();

  Cut(List<SymbolicTensor> given) {
    for (SymbolicTensor tensor : given) {
      SymbolicTensor input = source(tensor.node()) ? tensor : input(tensor);
      inputs.add(input);
      moved.put(tensor, input);
    }
  }

  private static boolean source(Node node) {
    return node.arguments().tensors().isEmpty();
  }

  /** Returns a new input of the tensor's spec, made from any input that the tensor depends on. */
  private static SymbolicTensor input(SymbolicTensor tensor) {
    Node node = tensor.node();
    while (!source(node)) {
      node = node.arguments().tensors().get(0).node();
    }
    Layer like = node.layer();
    Record config = (Record) like.config();
    config = Records.with(config, "batchShape", tensor.shape());
    config = Records.with(config, "dtype", tensor.spec().dtype());
    config = Records.with(config, "name", "");
    return ((Symbolic) like.copyOf((LayerConfig) config)).symbolic();
  }

  List<SymbolicTensor> inputs() {
    return List.copyOf(inputs);
  }

  /** Returns what stands for the outputs; the tensors themselves where they depend on no cut. */
  List<SymbolicTensor> outputs(List<SymbolicTensor> outputs) {
    Deque<SymbolicTensor> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      SymbolicTensor tensor = open.peek();
      if (moved.containsKey(tensor)) {
        open.pop();
        continue;
      }
      List<SymbolicTensor> missing =
          tensor.node().arguments().tensors().stream().filter(t -> !moved.containsKey(t)).toList();
      if (missing.isEmpty()) {
        repeat(tensor.node());
      } else {
        missing.forEach(open::push);
      }
    }
    return outputs.stream().map(this::get).toList();
  }

  private void repeat(Node node) {
    boolean same = node.arguments().tensors().stream().allMatch(t -> get(t) == t);
    Node other = same ? node : node.map(this::get);
    for (int i = 0; i < node.outputs().size(); i++) {
      moved.putIfAbsent(node.outputs().get(i), other.outputs().get(i));
    }
  }

  private SymbolicTensor get(SymbolicTensor tensor) {
    return moved.getOrDefault(tensor, tensor);
  }
}
