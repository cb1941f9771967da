package dev.ibex.savedmodel.outline;

import dev.ibex.graph.OpDefs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * The ops of a graph.
 *
 * @param graph how many nodes the graph itself has
 * @param functions how many its functions have
 * @param counts how many of each op there are in both
 * @param unknown those that TensorFlow here lacks
 */
public record OpCounts(int graph, int functions, Map<String, Integer> counts, Set<String> unknown) {
  static OpCounts of(GraphDef graph) {
    Map<String, Integer> counts = new TreeMap<>();
    count(graph.getNodeList(), counts);
    int inFunctions = 0;
    for (FunctionDef f : graph.getLibrary().getFunctionList()) {
      count(f.getNodeDefList(), counts);
      inFunctions += f.getNodeDefCount();
    }
    return new OpCounts(graph.getNodeCount(), inFunctions, counts, unknown(graph, counts.keySet()));
  }

  private static void count(List<NodeDef> nodes, Map<String, Integer> counts) {
    nodes.forEach(n -> counts.merge(n.getOp(), 1, Integer::sum));
  }

  private static Set<String> unknown(GraphDef graph, Set<String> ops) {
    Set<String> unknown = new TreeSet<>(OpDefs.missing(ops));
    graph.getLibrary().getFunctionList().stream()
        .map(f -> f.getSignature().getName()) // which nodes may have as their op
        .forEach(unknown::remove);
    return unknown;
  }
}
