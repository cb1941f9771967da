package dev.ibex.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** One call of a layer in a described model: its arguments and its outputs. */
public final class Node {
  private static final AtomicLong COUNT = new AtomicLong();
  private final long order;
  private final Layer layer;
  private final Arguments arguments;
  private final List<SymbolicTensor> outputs;

  Node(Layer layer, Arguments arguments, List<TensorSpec> specs) {
    this(layer, arguments, specs, COUNT.getAndIncrement());
  }

  private Node(Layer layer, Arguments arguments, List<TensorSpec> specs, long order) {
    this.order = order;
    this.layer = layer;
    this.arguments = arguments;
    List<SymbolicTensor> made = new ArrayList<>();
    for (TensorSpec spec : specs) {
      made.add(new SymbolicTensor(this, made.size(), spec));
    }
    this.outputs = List.copyOf(made);
  }

  /** Returns this call with other tensors of the same specs; the layer does not count it. */
  Node map(UnaryOperator<SymbolicTensor> tensors) {
    return new Node(
        layer instanceof Operation operation ? operation.map(tensors) : layer,
        arguments.map(tensors),
        outputs.stream().map(SymbolicTensor::spec).toList(),
        order);
  }

  /** Returns a number that grows with each call described in this process. */
  long order() {
    return order;
  }

  /** Returns the layer that is called. */
  public Layer layer() {
    return layer;
  }

  /** Returns what it is called with. */
  public Arguments arguments() {
    return arguments;
  }

  /** Returns the results. */
  public List<SymbolicTensor> outputs() {
    return outputs;
  }
}
