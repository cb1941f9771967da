package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
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
  /** An op that the library has where it was built with XLA. */
  static final String XLA = "XlaLaunch";

  private XlaFunction() {}

  /** Emits the call. The nodes that were copied stay in the graph, and nothing runs them. */
  static XlaCall call(
      Graph graph,
      Ops tf,
      String name,
      List<? extends Operand<?>> inputs,
      List<? extends Operand<?>> outputs,
      Op target) {
    requireXla(OpDefs.missing(Set.of(XLA)));
    List<Operand<?>> results = new ArrayList<>(outputs);
    results.add(tf.withControlDependencies(List.of(target)).constant(true));
    List<Operand<?>> arguments = new ArrayList<>(inputs);
    FunctionBody.handles(graph, inputs, results).forEach(h -> arguments.add(h.output(0)));
    try (ConcreteFunction function =
        ConcreteFunction.create(FunctionBody.signature(name, arguments, results), graph)) {
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
  static void requireXla(Set<String> missing) {
    if (missing.contains(XLA)) {
      throw new IllegalStateException(
          "TensorFlow's native library for this platform was built without XLA, so nothing can be"
              + " compiled; run it without XLA");
    }
  }
}
