package dev.ibex.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.proto.FunctionDef;

/**
 * A part of a graph copied into a function definition, which other graphs can call.
 *
 * <p>The part is all that the outputs need, up to the inputs and to the handles of variables, which
 * become further inputs: the function reads and changes the variables of who calls it.
 *
 * @param definition the function; its arguments are the inputs and then the handles
 * @param variables the names of the variables whose handles it takes, in order
 * @param library the functions that it calls in turn
 */
public record FunctionBody(
    FunctionDef definition, List<String> variables, List<FunctionDef> library) {
  /** Copies the lists. */
  public FunctionBody {
    variables = List.copyOf(variables);
    library = List.copyOf(library);
  }

  /** Copies a part of a graph. */
  static FunctionBody of(
      Graph graph,
      String name,
      List<? extends Operand<?>> inputs,
      List<? extends Operand<?>> outputs) {
    List<GraphOperation> handles = handles(graph, inputs, outputs);
    List<FunctionDef> library = graph.toGraphDef().getLibrary().getFunctionList();
    List<Operand<?>> arguments = new ArrayList<>(inputs);
    handles.forEach(h -> arguments.add(h.output(0)));
    try (ConcreteFunction function =
        ConcreteFunction.create(signature(name, arguments, outputs), graph)) {
      FunctionDef made = function.getFunctionDef();
      return new FunctionBody(
          made.toBuilder().setSignature(made.getSignature().toBuilder().setName(name)).build(),
          handles.stream().map(GraphOperation::name).toList(),
          library);
    }
  }

  /** Returns the handles of the variables that outputs need, in the order of their names. */
  static List<GraphOperation> handles(
      Graph graph, List<? extends Operand<?>> inputs, List<? extends Operand<?>> outputs) {
    return graph.completeSubgraph(new HashSet<>(inputs), new HashSet<>(outputs)).stream()
        .filter(op -> op.type().equals("VarHandleOp"))
        .sorted(Comparator.comparing(GraphOperation::name))
        .toList();
  }

  /** The names are in the order of the alphabet, in which a signature keeps them. */
  static Signature signature(
      String name, List<? extends Operand<?>> arguments, List<? extends Operand<?>> results) {
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
