package dev.ibex.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * A name scope that knows the names it gave. TF Java's own scope looks through all nodes of the
 * graph for each sub-scope, which makes the emission of a deep model quadratic.
 */
final class GraphScope implements Scope {
  /** The node and scope names of one graph. Each name is found in constant time. */
  static final class Names {
    private final Map<String, Integer> next = new HashMap<>();

    /** Returns the name, or the first of {@code name_1}, {@code name_2} … that is free. */
    String unique(String name) {
      if (next.putIfAbsent(name, 1) == null) {
        return name;
      }
      int i = next.getOrDefault(name, 1);
      String free = name + "_" + i;
      while (next.putIfAbsent(free, 1) != null) {
        i++;
        free = name + "_" + i;
      }
      next.put(name, i + 1);
      return free;
    }
  }

  private final Graph graph;
  private final Names names;
  private final String prefix;
  private final Optional<String> opName;
  private final List<Operation> controls;
  private final String device;
  private final boolean init;

  private GraphScope(
      Graph graph,
      Names names,
      String prefix,
      Optional<String> opName,
      List<Operation> controls,
      String device,
      boolean init) {
    this.graph = graph;
    this.names = names;
    this.prefix = prefix;
    this.opName = opName;
    this.controls = controls;
    this.device = device;
    this.init = init;
  }

  /** Returns an emitter at the root of the graph. */
  static Ops ops(Graph graph, Names names) {
    return Ops.create(
        new Root(graph, new GraphScope(graph, names, "", Optional.empty(), List.of(), "", false)));
  }

  @Override
  public ExecutionEnvironment env() {
    return graph;
  }

  private String taken(String name) {
    if (!Scope.isValidOpName(name)) {
      throw new IllegalArgumentException("name: \"" + name + "\" is no name of a node");
    }
    return names.unique(prefix + name);
  }

  @Override
  public Scope withSubScope(String name) {
    String inner = taken(opName.orElse(name)) + "/";
    return new GraphScope(graph, names, inner, Optional.empty(), controls, device, init);
  }

  @Override
  public Scope withName(String name) {
    return new GraphScope(graph, names, prefix, Optional.of(name), controls, device, init);
  }

  @Override
  public Scope withNameAsSubScope(String defaultName) {
    return withSubScope(defaultName);
  }

  @Override
  public Scope withDevice(DeviceSpec spec) {
    return new GraphScope(graph, names, prefix, opName, controls, spec.toString(), init);
  }

  @Override
  public Scope withInitScope() {
    return new GraphScope(graph, names, prefix, opName, List.of(), device, true);
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> operations) {
    List<Operation> all = new ArrayList<>(controls); // what is nested waits for what is around it
    for (Operation operation : operations) {
      graph.checkInput(operation);
      boolean initializer = graph.isInitializer(operation);
      if (init && !initializer) {
        throw new IllegalArgumentException(
            "an initializer cannot wait for " + operation.name() + ", which is none");
      }
      if (init || !initializer) {
        all.add(operation);
      }
    }
    return new GraphScope(graph, names, prefix, opName, List.copyOf(all), device, init);
  }

  @Override
  public String makeOpName(String defaultName) {
    return taken(opName.orElse(defaultName));
  }

  @Override
  public String makeUnique(String id) {
    return taken(id).substring(prefix.length());
  }

  @Override
  public void refreshNames() {
    // all names are given here
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    if (!device.isEmpty()) {
      builder.setDevice(device);
    }
    for (Operation control : controls) {
      if (init || !graph.isInitializer(control)) {
        builder.addControlInput(control);
      }
    }
    return builder;
  }

  @Override
  public String getDeviceString() {
    return device;
  }

  @Override
  public boolean isInit() {
    return init;
  }

  /** The graph with another base scope: the one way to an {@link Ops} over a scope of one's own. */
  private record Root(Graph graph, GraphScope baseScope) implements ExecutionEnvironment {
    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
