package dev.ibex.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One call of a layer in a described model: its arguments and its outputs. */
public final class Node {
  private static final AtomicLong COUNT = new AtomicLong();
  private final long order = COUNT.getAndIncrement();
  private final Layer layer;
  private final Arguments arguments;
  private final List<SymbolicTensor> outputs;

  Node(Layer layer, Arguments arguments, List<TensorSpec> specs) {
    this.layer = layer;
    this.arguments = arguments;
    List<SymbolicTensor> made = new ArrayList<>();
    for (TensorSpec spec : specs) {
      made.add(new SymbolicTensor(this, made.size(), spec));
    }
    this.outputs = List.copyOf(made);
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
