package dev.ibex.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/**
 * The ops of a function through which no derivative passes, found without running it: those on a
 * way of floating-point numbers from the weights, or from the inputs, to the results.
 *
 * @param ofWeights the op types on the way from weights that train, sorted
 * @param ofInputs the op types on the way from the inputs, sorted
 */
public record DerivativeStops(Set<String> ofWeights, Set<String> ofInputs) {
  private static final Set<DataType> CARRYING =
      Set.of(
          DataType.DT_HALF,
          DataType.DT_BFLOAT16,
          DataType.DT_FLOAT,
          DataType.DT_DOUBLE,
          DataType.DT_COMPLEX64,
          DataType.DT_COMPLEX128,
          DataType.DT_VARIANT,
          DataType.DT_RESOURCE);

  /** What TensorFlow's op for a variable's value is replaced by; see {@link VariableOps}. */
  private static final Set<String> READS =
      Set.of("ReadVariableOp", "ResourceGather", "ResourceGatherNd");

  private static final Set<String> CUT = Set.of("StopGradient", "VariableShape");

  /** Where an argument of the function comes from. */
  public enum Origin {
    /** A weight that trains. */
    WEIGHT,
    /** An input, which may depend on weights of others. */
    INPUT,
    /** Neither. */
    OTHER
  }

  /** What a value depends on, and what stops derivatives on its way. */
  private record Flow(
      boolean weights, boolean inputs, Set<String> ofWeights, Set<String> ofInputs) {
    static final Flow NONE = new Flow(false, false, Set.of(), Set.of());

    static Flow of(Origin origin) {
      return new Flow(origin == Origin.WEIGHT, origin == Origin.INPUT, Set.of(), Set.of());
    }

    Flow with(Flow other) {
      return new Flow(
          weights || other.weights,
          inputs || other.inputs,
          union(ofWeights, other.ofWeights),
          union(ofInputs, other.ofInputs));
    }

    Flow stoppedBy(String op) {
      return new Flow(
          weights,
          inputs,
          weights ? union(ofWeights, Set.of(op)) : ofWeights,
          inputs ? union(ofInputs, Set.of(op)) : ofInputs);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
      if (a.containsAll(b)) {
        return a;
      }
      Set<String> all = new TreeSet<>(a);
      all.addAll(b);
      return all;
    }
  }

  /**
   * Looks through a function and those it calls.
   *
   * @param origins where its arguments come from, in order
   */
  public static DerivativeStops of(FunctionLibrary library, String function, List<Origin> origins) {
    var unused = library.closure(function); // which ends
    Flow all = Flow.NONE;
    Walk walk = new Walk(library, Gradients.differentiable(), new HashMap<>());
    for (Flow result : walk.flows(function, origins.stream().map(Flow::of).toList())) {
      all = all.with(result);
    }
    return new DerivativeStops(all.ofWeights(), all.ofInputs());
  }

  /** A function and what its arguments depend on, which its results follow from. */
  private record Question(String function, List<Flow> given) {}

  /** A look through functions; those that are called again alike are not looked through again. */
  private record Walk(
      FunctionLibrary library, Set<String> differentiable, Map<Question, List<Flow>> answers) {
    List<Flow> flows(String name, List<Flow> given) {
      Question question = new Question(name, given);
      List<Flow> known = answers.get(question);
      if (known == null) {
        known = found(name, given);
        answers.put(question, known);
      }
      return known;
    }

    private List<Flow> found(String name, List<Flow> given) {
      FunctionDef function = library.get(name);
      Map<String, Flow> arguments = new HashMap<>();
      for (int i = 0; i < given.size(); i++) {
        arguments.put(function.getSignature().getInputArg(i).getName(), given.get(i));
      }
      Map<String, NodeDef> nodes = new HashMap<>();
      Map<String, List<Flow>> outputs = new HashMap<>();
      for (NodeDef node : new FunctionNodes(function, library).ordered()) {
        List<Flow> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
          FunctionNodes.Ref ref = FunctionNodes.Ref.of(input);
          if (!ref.control()) {
            inputs.add(flow(ref, arguments, nodes, outputs));
          }
        }
        nodes.put(node.getName(), node);
        outputs.put(
            node.getName(),
            FunctionNodes.isCall(node)
                ? flows(FunctionNodes.called(node), inputs)
                : DerivativeStops.flows(node, passes(node, function), inputs));
      }
      return function.getSignature().getOutputArgList().stream()
          .map(o -> FunctionNodes.Ref.of(function.getRetOrThrow(o.getName())))
          .map(ref -> flow(ref, arguments, nodes, outputs))
          .toList();
    }

    private boolean passes(NodeDef node, FunctionDef function) {
      return FunctionLibrary.isCustom(node)
          ? library.gradient(node, function).isPresent()
          : READS.contains(node.getOp()) || differentiable.contains(node.getOp());
    }
  }

  private static Flow flow(
      FunctionNodes.Ref ref,
      Map<String, Flow> arguments,
      Map<String, NodeDef> nodes,
      Map<String, List<Flow>> outputs) {
    NodeDef node = nodes.get(ref.node());
    List<Flow> all = outputs.get(ref.node());
    return ref.isArgument() || node == null || all == null
        ? arguments.getOrDefault(ref.node(), Flow.NONE)
        : all.get(OpDefs.first(node, ref.output()) + ref.index());
  }

  private static List<Flow> flows(NodeDef node, boolean passes, List<Flow> inputs) {
    Flow in = inputs.stream().reduce(Flow.NONE, Flow::with);
    Flow out = passes ? in : in.stoppedBy(node.getOp());
    return OpDefs.outputTypes(node).stream()
        .map(t -> CARRYING.contains(t) && !CUT.contains(node.getOp()) ? out : Flow.NONE)
        .toList();
  }
}
