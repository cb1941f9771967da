package dev.ibex.savedmodel.endpoint;

import dev.ibex.graph.FunctionLibrary;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** What keeps a function from being a layer: each is refused by name. */
final class Refusals {
  private static final Pattern TABLES = Pattern.compile(".*(HashTable|LookupTable).*");

  /** Ops that touch files or run code of Python, which no model needs to compute. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          ".*File.*|.*PyFunc.*|Save.*|Restore.*|.*Checkpoint.*|.*Dataset.*|.*Iterator.*|.*Reader.*"
              + "|.*Summary.*|Print.*|Debug.*|.*Rpc.*|_?Send|_?Recv|_Host.*");

  private static final Pattern ASSIGNMENTS = Pattern.compile("(Assign|Resource(Scatter|Apply)).*");

  private Refusals() {}

  /**
   * Checks a function and those it calls.
   *
   * @throws IllegalArgumentException if it cannot be a layer
   */
  static void check(SavedFunctions saved, String endpoint, ConcreteFunction concrete) {
    String tables = ops(saved, concrete, TABLES.asMatchPredicate());
    if (!tables.isEmpty()) {
      throw refused(
          endpoint,
          "looks up words in tables ("
              + tables
              + "), which a layer cannot hold; call it through SavedModels.load, or export the model"
              + " without the layer that looks up");
    }
    String outside = ops(saved, concrete, OUTSIDE.asMatchPredicate());
    if (!outside.isEmpty()) {
      throw refused(
          endpoint,
          "reaches outside the graph by "
              + outside
              + ", which a layer may not; export the model without that");
    }
    concrete.captures().forEach(c -> checkCapture(saved, endpoint, c));
    checkBodies(saved, endpoint, concrete);
    concrete.inputs().forEach(i -> i.spec().dtype().type());
    concrete.outputs().forEach(o -> o.dtype().type());
  }

  /** What the body of a loop or branch changes would be changed behind the model's back. */
  private static void checkBodies(
      SavedFunctions saved, String endpoint, ConcreteFunction concrete) {
    for (FunctionDef function : saved.library().closure(concrete.function())) {
      for (NodeDef node : function.getNodeDefList()) {
        if (!node.getOp().endsWith("PartitionedCall")) {
          for (String body : FunctionLibrary.named(node)) {
            String changes = ops(saved, body, ASSIGNMENTS.asMatchPredicate());
            if (!changes.isEmpty()) {
              throw refused(
                  endpoint,
                  "changes variables in the body of a "
                      + node.getOp()
                      + " ("
                      + changes
                      + "), which a layer cannot; call it through SavedModels.load");
            }
          }
        }
      }
    }
  }

  private static void checkCapture(SavedFunctions saved, String endpoint, int node) {
    if (saved.constant(node).isEmpty()) {
      ObjectGraph.Variable variable =
          saved
              .variable(node)
              .orElseThrow(
                  () ->
                      refused(
                          endpoint,
                          "captures the object "
                              + node
                              + ", which is neither a variable nor a constant; call it through"
                              + " SavedModels.load"));
      if (variable.shape().hasUnknownDimension()) {
        throw refused(
            endpoint, "has the variable " + variable.name() + " of unknown shape; fix its shape");
      }
      variable.dtype().type();
    }
  }

  /**
   * Checks that a function leaves variables as they are.
   *
   * @throws IllegalArgumentException if it changes some
   */
  static void checkConstant(SavedFunctions saved, String endpoint, ConcreteFunction concrete) {
    String assignments = ops(saved, concrete, ASSIGNMENTS.asMatchPredicate());
    if (!assignments.isEmpty()) {
      throw refused(
          endpoint,
          "changes variables ("
              + assignments
              + "), which only a training endpoint may; name another by endpoint(...)");
    }
  }

  private static String ops(
      SavedFunctions saved, ConcreteFunction concrete, Predicate<String> which) {
    return ops(saved, concrete.function(), which);
  }

  private static String ops(SavedFunctions saved, String name, Predicate<String> which) {
    TreeSet<String> found = new TreeSet<>();
    for (FunctionDef function : saved.library().closure(name)) {
      function.getNodeDefList().stream().map(NodeDef::getOp).filter(which).forEach(found::add);
    }
    return String.join(", ", found);
  }

  private static IllegalArgumentException refused(String endpoint, String why) {
    return new IllegalArgumentException("the endpoint " + endpoint + " " + why);
  }
}
