package dev.ibex.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;

/**
 * A part of a graph copied into one function, and the call of it that XLA must compile.
 *
 * <p>The part is all that the target needs, up to the inputs and to the handles of variables, which
 * become inputs as well: the compiled function reads and changes the variables itself.
 */
final class XlaFunction {
  private XlaFunction() {}

  private static final class Library {
    static final Set<String> OPS =
        TensorFlow.registeredOpList().getOpList().stream()
            .map(op -> op.getName())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Emits the call. The nodes that were copied stay in the graph, and nothing runs them. */
  static XlaCall call(
      Graph graph,
      Ops tf,
      String name,
      List<? extends Operand<?>> inputs,
      List<? extends Operand<?>> outputs,
      Op target) {
    requireXla(Library.OPS);
    List<Operand<?>> results = new ArrayList<>(outputs);
    results.add(tf.withControlDependencies(List.of(target)).constant(true));
    List<Operand<?>> arguments = new ArrayList<>(inputs);
    arguments.addAll(handles(graph, inputs, results));
    try (ConcreteFunction function =
        ConcreteFunction.create(signature(name, arguments, results), graph)) {
      graph.attachFunction(function);
      Operation call =
          tf.scope()
              .apply(
                  graph.opBuilder(
                      "StatefulPartitionedCall", tf.scope().makeOpName("xla"), tf.scope()))
              .addInputList(arguments.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
              .setAttr("Tin", types(arguments))
              .setAttr("Tout", types(results))
              .setAttr("f", function)
              .setAttr("_XlaMustCompile", true)
              .build();
      List<Operand<?>> called = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        called.add(call.output(i));
      }
      return new XlaCall(called, () -> call);
    }
  }

  private static DataType[] types(List<Operand<?>> operands) {
    return operands.stream().map(o -> o.asOutput().dataType()).toArray(DataType[]::new);
  }

  /** Without XLA in the library, TensorFlow would run the function uncompiled and say nothing. */
  static void requireXla(Set<String> ops) {
    if (!ops.contains("XlaLaunch")) {
      throw new IllegalStateException(
          "TensorFlow's native library for this platform was built without XLA, so nothing can be"
              + " compiled; run it without XLA");
    }
  }

  private static List<Operand<?>> handles(
      Graph graph, List<? extends Operand<?>> inputs, List<Operand<?>> results) {
    List<Operand<?>> handles = new ArrayList<>();
    graph.completeSubgraph(new HashSet<>(inputs), new HashSet<>(results)).stream()
        .filter(op -> op.type().equals("VarHandleOp"))
        .sorted(Comparator.comparing(GraphOperation::name))
        .forEach(op -> handles.add(op.output(0)));
    return handles;
  }

  /** The names are in the order of the alphabet, in which a signature keeps them. */
  private static Signature signature(
      String name, List<Operand<?>> arguments, List<Operand<?>> results) {
    Signature.Builder signature = Signature.builder(name).methodName(name);
    for (int i = 0; i < arguments.size(); i++) {
      signature.input(numbered("i", i), arguments.get(i));
    }
    for (int i = 0; i < results.size(); i++) {
      signature.output(numbered("o", i), results.get(i));
    }
    return signature.build();
  }

  private static String numbered(String prefix, int i) {
    return String.format(Locale.ROOT, "%s%06d", prefix, i);
  }
}
