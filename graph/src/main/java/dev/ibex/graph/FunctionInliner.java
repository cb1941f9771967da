package dev.ibex.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/**
 * Emits the body of a function node by node, and the bodies of those it calls in place of the
 * calls: derivatives pass, and variables are whatever the caller says. Bodies of loops and branches
 * stay functions, which the graph's library gets under names that tell their content.
 */
public final class FunctionInliner {
  /** How many nodes a call may become: far more than models have, and no more than memory has. */
  private static final int MAX_NODES = 1 << 18;

  private final FunctionLibrary library;
  private final Inlined.Variables variables;
  private int left = MAX_NODES;
  private final VariableOps variableOps;
  private final NodeCopy nodes;

  private FunctionInliner(Ops tf, FunctionLibrary library, Inlined.Variables variables) {
    this.library = library;
    this.variables = variables;
    this.variableOps = new VariableOps(tf, variables);
    this.nodes = new NodeCopy(tf, library);
  }

  /**
   * Emits a function.
   *
   * @param tf where to emit
   * @param function its name in the library
   * @param arguments what stands for its arguments, in order
   * @return the results, in order
   * @throws IllegalArgumentException if it needs an op or a function that there is not, a function
   *     calls itself, or there are too many nodes to emit
   */
  public static List<Operand<?>> emit(
      Ops tf,
      FunctionLibrary library,
      String function,
      List<? extends Inlined> arguments,
      Inlined.Variables variables) {
    var unused = library.closure(function); // which ends
    FunctionInliner inliner = new FunctionInliner(tf, library, variables);
    Body body = inliner.new Body(library.get(function), arguments, Set.of());
    Set<Operation> effects = body.effects();
    List<Operand<?>> results = new ArrayList<>();
    for (Inlined result : body.results()) {
      Operand<?> tensor = inliner.tensor(result);
      results.add(effects.isEmpty() ? tensor : after(tf, effects).identity(tensor));
    }
    return results;
  }

  private static Ops after(Ops tf, Set<Operation> operations) {
    return tf.withControlDependencies(operations.stream().<Op>map(o -> () -> o).toList());
  }

  private Operand<?> tensor(Inlined value) {
    return value instanceof Inlined.Tensor t
        ? t.operand()
        : variables.handle(((Inlined.Variable) value).number());
  }

  private List<Operand<?>> tensors(List<Inlined> values) {
    List<Operand<?>> tensors = new ArrayList<>();
    values.forEach(v -> tensors.add(tensor(v)));
    return tensors;
  }

  /** One function's body on its way into the graph. */
  private final class Body {
    private final FunctionDef function;
    private final Set<Operation> before;
    private final FunctionNodes described;
    private final Map<String, Inlined> arguments = new HashMap<>();
    private final Map<String, Outputs> emitted = new HashMap<>();

    /**
     * What a node became.
     *
     * @param effects the ops with effects that have run when it has
     */
    record Outputs(NodeDef node, List<Inlined> values, Set<Operation> effects) {}

    Body(FunctionDef function, List<? extends Inlined> given, Set<Operation> before) {
      this.function = function;
      this.before = before;
      this.described = new FunctionNodes(function, library);
      for (int i = 0; i < given.size(); i++) {
        arguments.put(function.getSignature().getInputArg(i).getName(), given.get(i));
      }
      described.ordered().forEach(this::emit);
    }

    private void emit(NodeDef node) {
      if (--left < 0) {
        throw new IllegalArgumentException(
            "the functions call each other so often that they become more than "
                + MAX_NODES
                + " nodes, the last in "
                + function.getSignature().getName());
      }
      List<Inlined> inputs = new ArrayList<>();
      Set<Operation> waits = new LinkedHashSet<>();
      Set<Operation> effects = new LinkedHashSet<>();
      for (String input : node.getInputList()) {
        FunctionNodes.Ref ref = FunctionNodes.Ref.of(input);
        Set<Operation> ran = effectsOf(ref.node());
        effects.addAll(ran);
        if (ref.control()) {
          waits.addAll(ran);
        } else {
          inputs.add(value(ref));
        }
      }
      List<Inlined> values;
      if (FunctionNodes.isCall(node)) {
        waits.addAll(before);
        Body body = new Body(library.get(FunctionNodes.called(node)), inputs, waits);
        values = body.results();
        effects.addAll(body.effects());
      } else {
        values = ofVariable(node, inputs).orElseGet(() -> copy(node, inputs, waits, effects));
      }
      emitted.put(node.getName(), new Outputs(node, values, effects));
    }

    private Set<Operation> effectsOf(String node) {
      Outputs outputs = emitted.get(node);
      return outputs == null ? Set.of() : outputs.effects();
    }

    private Optional<List<Inlined>> ofVariable(NodeDef node, List<Inlined> inputs) {
      if (inputs.isEmpty() || !(inputs.get(0) instanceof Inlined.Variable v)) {
        return Optional.empty();
      }
      if (node.getOp().equals("ReadVariableOp") && described.isGathered(node)) {
        return Optional.of(List.of(v)); // the rows are taken of the variable
      }
      boolean waitedForAlone = node.getOp().equals("ReadVariableOp") && !described.isUsed(node);
      return waitedForAlone
          ? Optional.of(List.of())
          : variableOps.outputs(node, v.number(), tensors(inputs.subList(1, inputs.size())));
    }

    private List<Inlined> copy(
        NodeDef node, List<Inlined> inputs, Set<Operation> waits, Set<Operation> effects) {
      boolean stateful = OpDefs.of(node).getIsStateful();
      if (stateful) {
        waits.addAll(before);
      }
      Operation copy = nodes.emit(node, tensors(inputs), waits);
      library.gradient(node, function).ifPresent(g -> derive(copy, g));
      if (stateful) {
        effects.add(copy);
      }
      List<Inlined> values = new ArrayList<>();
      for (int i = 0; i < copy.numOutputs(); i++) {
        values.add(new Inlined.Tensor(copy.output(i)));
      }
      return values;
    }

    /** Sets the derivative that Python code set. */
    private void derive(Operation copy, CustomGradient gradient) {
      List<Inlined> captured =
          gradient.captures().stream().map(c -> value(c.node(), c.output())).toList();
      CustomGradients.set(
          (Graph) copy.env(),
          copy.name(),
          (tf, byOutput) -> {
            List<Inlined> given = new ArrayList<>();
            byOutput.forEach(d -> given.add(new Inlined.Tensor(d)));
            given.addAll(captured);
            Iterator<Operand<?>> computed =
                FunctionInliner.emit(tf, library, gradient.function(), given, variables).iterator();
            List<Operand<?>> byInput = new ArrayList<>();
            for (int i = 0; i < gradient.computed().size(); i++) {
              byInput.add(
                  gradient.computed().get(i) ? computed.next() : tf.zerosLike(byOutput.get(i)));
            }
            return byInput;
          });
    }

    /** Returns an output by its number among all of a node, or an argument. */
    private Inlined value(String node, int output) {
      Inlined argument = arguments.get(node);
      return argument == null
          ? Objects.requireNonNull(emitted.get(node), node).values().get(output)
          : argument;
    }

    private Inlined value(FunctionNodes.Ref ref) {
      Inlined argument = arguments.get(ref.node());
      Outputs outputs = emitted.get(ref.node());
      if (ref.isArgument() && argument != null) {
        return argument;
      } else if (outputs != null) {
        return outputs.values().get(OpDefs.first(outputs.node(), ref.output()) + ref.index());
      }
      throw new IllegalArgumentException(
          "the function " + function.getSignature().getName() + " has nothing of the name " + ref);
    }

    List<Inlined> results() {
      return function.getSignature().getOutputArgList().stream()
          .map(o -> value(FunctionNodes.Ref.of(function.getRetOrThrow(o.getName()))))
          .toList();
    }

    /** Returns what the function does beside computing its results. */
    Set<Operation> effects() {
      Set<Operation> all = new LinkedHashSet<>();
      function.getControlRetMap().values().forEach(n -> all.addAll(effectsOf(n)));
      return all;
    }
  }
}
