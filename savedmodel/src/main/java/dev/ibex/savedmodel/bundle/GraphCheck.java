package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.OpDefs;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Finds what a graph calls and nobody has, and what TensorFlow must not be given. */
public final class GraphCheck {
  private final SavedModelFile file;
  private final ConstantCheck constants;
  private final Set<String> functions = new HashSet<>();
  private final Set<String> nodeOps = new HashSet<>();
  private final Set<String> called = new HashSet<>();

  private GraphCheck(SavedModelFile file) {
    this.file = file;
    this.constants = new ConstantCheck(file);
    functions().stream().map(f -> f.getSignature().getName()).forEach(functions::add);
  }

  /**
   * Checks that every op and every function is known, and that constants are what they say.
   *
   * @throws ModelFormatException if not; the text lists those that are missing
   */
  public static void check(SavedModelFile file) {
    new GraphCheck(file).run();
  }

  private List<FunctionDef> functions() {
    return file.graph().getGraphDef().getLibrary().getFunctionList();
  }

  private void run() {
    GraphDef graph = file.graph().getGraphDef();
    if (graph.getNodeCount() == 0) {
      throw file.wrong(
          SavedModelFile.NAME,
          "the graph has no nodes; the file is damaged; export the model again",
          null); // TensorFlow Java would end the process
    }
    nodes(graph.getNodeList());
    for (FunctionDef f : functions()) {
      nodes(f.getNodeDefList());
      values(f.getAttrMap().values());
    }
    graph.getLibrary().getGradientList().forEach(g -> called.add(g.getGradientFunc()));
    Set<String> unknownOps = unknown(nodeOps);
    if (!unknownOps.isEmpty()) {
      throw file.wrong(
          SavedModelFile.NAME,
          "the graph uses ops that TensorFlow "
              + TensorFlow.version()
              + " does not have: "
              + unknownOps
              + "; TensorFlow.loadLibrary adds ops of libraries, those of a later TensorFlow need"
              + " that one",
          null);
    }
    called.remove("");
    Set<String> unknownFunctions = unknown(called);
    if (!unknownFunctions.isEmpty()) {
      throw file.wrong(
          SavedModelFile.NAME,
          "the graph calls functions that are neither in its library nor ops: "
              + unknownFunctions
              + "; it is damaged or was not completely written; export the model again",
          null);
    }
  }

  private void nodes(Collection<NodeDef> nodes) {
    for (NodeDef n : nodes) {
      nodeOps.add(n.getOp());
      constants.check(n);
      values(n.getAttrMap().values());
    }
  }

  private void values(Collection<AttrValue> values) {
    for (AttrValue v : values) {
      Stream.concat(
              v.hasFunc() ? Stream.of(v.getFunc()) : Stream.empty(),
              v.getList().getFuncList().stream())
          .forEach(
              f -> {
                called.add(f.getName());
                values(f.getAttrMap().values());
              });
    }
  }

  /** Returns what is neither a function of the library nor an op, sorted. */
  private Set<String> unknown(Set<String> names) {
    Set<String> others = new TreeSet<>(names);
    others.removeAll(functions);
    return OpDefs.missing(others);
  }
}
