package dev.ibex.graph;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/**
 * One graph, one session over it, and the session's resource variables.
 *
 * <p>The graph may grow while the session runs. Emitting nodes is for one thread at a time;
 * functions run from any number of threads. {@link #close()} frees all native memory.
 */
public final class GraphSession implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Ops tf;
  private final Places places = new Places();
  private final GraphScope.Names names = new GraphScope.Names();

  /** Opens a session that leaves the choice of the device to TensorFlow. */
  public GraphSession() {
    this("");
  }

  /**
   * Opens a session whose nodes are placed on one device, with the CPU for ops that it lacks.
   *
   * @param device a device string as of {@link Devices#find}; empty leaves the choice to TensorFlow
   * @throws IllegalArgumentException if there is no such device
   */
  public GraphSession(String device) {
    this.graph = open();
    try {
      Gradients.registerAll();
      Ops root = GraphScope.ops(graph, names);
      this.tf = device.isEmpty() ? root : root.withDevice(Devices.find(device));
      this.session =
          new Session(graph, ConfigProto.newBuilder().setAllowSoftPlacement(true).build());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private GraphSession(GraphDef description) {
    this.graph = open();
    try {
      graph.importGraphDef(description);
      description.getNodeList().forEach(n -> names.unique(n.getName()));
      this.tf = GraphScope.ops(graph, names);
      this.session =
          new Session(graph, ConfigProto.newBuilder().setAllowSoftPlacement(true).build());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Opens a session over a graph that is described already; its variables have no values yet.
   *
   * @throws RuntimeException if TensorFlow finds the description wrong; the text is TensorFlow's
   * @throws IllegalArgumentException if it has no nodes: a session over none cannot be opened
   */
  public static GraphSession of(GraphDef description) {
    if (description.getNodeCount() == 0) {
      throw new IllegalArgumentException("the graph has no nodes");
    }
    return new GraphSession(description);
  }

  private static Graph open() {
    try {
      return new Graph();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "TensorFlow's native library cannot be loaded; put the artifact"
              + " org.tensorflow:tensorflow-core-native with this platform's classifier, such as"
              + " linux-x86_64, on the class path: "
              + e,
          e);
    }
  }

  /** Returns the emitter of nodes at the root of the graph. */
  public Ops tf() {
    return tf;
  }

  /** Returns the number of nodes of the graph. */
  public int size() {
    int n = 0;
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); i.next()) {
      n++;
    }
    return n;
  }

  /** Returns a description of the graph as it is now. */
  public GraphDef graphDef() {
    return graph.toGraphDef();
  }

  /** Says what part of a model emits the nodes under a name scope, for the texts of errors. */
  public void place(String scope, String place) {
    places.put(scope, place);
  }

  /** Returns a new variable without a value; the name gets a number where it is taken. */
  public ResourceVariable variable(String name, DType dtype, Shape shape) {
    return new ResourceVariable(graph, tf.scope(), unique(name), dtype, shape);
  }

  /** Returns a valid node or scope name that no earlier call returned. */
  public String unique(String name) {
    String valid = name.replaceAll("[^A-Za-z0-9_.\\\\/-]", "_");
    if (!valid.matches("[A-Za-z0-9.].*")) {
      valid = "n" + valid;
    }
    return names.unique(valid);
  }

  /**
   * Returns a part of the graph as a function that other graphs can call.
   *
   * @param name the function's name
   * @param inputs where data enters; their ops have no other outputs
   * @param outputs what the part computes
   */
  public FunctionBody body(
      String name, List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs) {
    return FunctionBody.of(graph, name, inputs, outputs);
  }

  /**
   * Returns a tensor of the graph by its name, such as {@code dense/Softmax:0}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Operand<?> tensor(String name) {
    int colon = name.lastIndexOf(':');
    String op = colon < 0 ? name : name.substring(0, colon);
    int index = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
    GraphOperation found = operation(op);
    if (index < 0 || index >= found.numOutputs()) {
      throw new IllegalArgumentException(
          "tensor \"" + name + "\": " + op + " has " + found.numOutputs() + " outputs");
    }
    return found.output(index);
  }

  /**
   * Returns an op of the graph by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public GraphOperation operation(String name) {
    GraphOperation found = graph.operation(name);
    if (found == null) {
      throw new IllegalArgumentException("there is no op \"" + name + "\" in the graph");
    }
    return found;
  }

  /** Stores values into variables, in one run; the arrays stay the caller's. */
  public void assign(List<ResourceVariable> variables, List<Array> values) {
    if (variables.isEmpty()) {
      return;
    }
    Session.Runner run = session.runner();
    List<Tensor> tensors = new ArrayList<>();
    try {
      for (int i = 0; i < variables.size(); i++) {
        ResourceVariable v = variables.get(i);
        Tensor tensor = values.get(i).toTensor();
        tensors.add(tensor);
        run.feed(v.fed(), tensor).addTarget(v.assign());
      }
      run.run().close();
    } catch (RuntimeException e) {
      throw places.explain("an assignment", e);
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** Returns the values of variables, read in one run. */
  public List<Array> read(List<ResourceVariable> variables) {
    if (variables.isEmpty()) {
      return List.of();
    }
    Session.Runner run = session.runner();
    variables.forEach(v -> run.fetch(v.value()));
    try (Result result = run.run()) {
      List<Array> values = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        values.add(Array.of(result.get(i)));
      }
      return values;
    } catch (RuntimeException e) {
      throw places.explain("a read", e);
    }
  }

  /** Returns a function: feeds to fetches, running the targets as well. */
  public GraphFunction function(
      String name,
      List<? extends Operand<?>> feeds,
      List<? extends Operand<?>> fetches,
      List<? extends Op> targets) {
    return new GraphFunction(
        name, outputs(feeds), fetchable(feeds, fetches), List.copyOf(targets), this);
  }

  /**
   * Emits a call of a part of the graph as one function, which XLA compiles once for each set of
   * shapes of the inputs. The variables that the part reads and changes stay the session's.
   *
   * @param tf where to emit the call
   * @param inputs where data enters; their ops have no other outputs
   * @param outputs what the part computes
   * @param target the op that the part runs for its effect
   * @throws IllegalStateException if the native library was built without XLA
   */
  public XlaCall compiled(
      Ops tf, List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs, Op target) {
    return XlaFunction.call(graph, tf, unique("xla_function"), inputs, outputs, target);
  }

  /** TensorFlow does not fetch what is fed: such a fetch becomes a copy. */
  private List<Output<?>> fetchable(
      List<? extends Operand<?>> feeds, List<? extends Operand<?>> fetches) {
    List<Output<?>> fed = outputs(feeds);
    return outputs(fetches).stream()
        .<Output<?>>map(o -> fed.contains(o) ? tf.identity(o).asOutput() : o)
        .toList();
  }

  private static List<Output<?>> outputs(List<? extends Operand<?>> operands) {
    List<Output<?>> outputs = new ArrayList<>();
    operands.forEach(o -> outputs.add(o.asOutput()));
    return List.copyOf(outputs);
  }

  Session.Runner runner() {
    return session.runner();
  }

  Places places() {
    return places;
  }

  /** Frees the session, its variables and the graph. Functions must have ended. */
  @Override
  public void close() {
    try {
      session.close();
    } finally {
      CustomGradients.forget(graph);
      graph.close();
    }
  }
}
