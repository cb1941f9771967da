package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * The derivatives of ops {@code IdentityN} in open graphs: those that were set, else the plain.
 *
 * <p>They are kept by graph for the whole process, since TensorFlow takes one function per op type
 * for the process, which is told the op but not the session. {@link GraphSession#close} frees those
 * of its graph.
 */
final class CustomGradients {
  /** Emits a derivative: of those by the outputs, all given, that by each input. */
  @FunctionalInterface
  interface Rule {
    List<Operand<?>> derive(Ops tf, List<Operand<?>> byOutput);
  }

  private static final Map<Graph, Map<String, Rule>> RULES = new ConcurrentHashMap<>();

  private CustomGradients() {}

  /** Sets the derivative of an op. */
  static void set(Graph graph, String op, Rule rule) {
    RULES.computeIfAbsent(graph, g -> new ConcurrentHashMap<>()).put(op, rule);
  }

  /** Forgets a graph, before it is closed. */
  static void forget(Graph graph) {
    RULES.remove(graph);
  }

  /** Returns whether a graph has derivatives that were set. */
  static boolean has(Graph graph) {
    return RULES.containsKey(graph);
  }

  /** The row of {@link GradientRegistry}. */
  static List<Operand<?>> identityN(Ops tf, GraphOperation op, List<Output<?>> grads) {
    List<Operand<?>> byOutput = new ArrayList<>();
    for (int i = 0; i < op.numOutputs(); i++) {
      Operand<?> zeros = tf.zerosLike(op.output(i));
      byOutput.add(Gradients.existing(grads.get(i)).orElse(zeros));
    }
    Rule rule = RULES.getOrDefault(op.env(), Map.of()).get(op.name());
    return rule == null ? byOutput : rule.derive(tf, byOutput);
  }
}
