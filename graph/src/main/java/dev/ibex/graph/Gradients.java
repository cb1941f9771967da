package dev.ibex.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TFJ_HasGradient;
import static org.tensorflow.internal.c_api.global.tensorflow.TFJ_RegisterCustomGradient;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;

/**
 * Derivatives of graph expressions, by TensorFlow's own registry and the ops of {@link
 * GradientRegistry}.
 */
public final class Gradients {
  /** Whether this platform takes Ibex's own gradients: TensorFlow Java refuses on Windows. */
  public static final boolean REGISTRABLE =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  /** Keeps the native callback alive for the life of the process. */
  private static final TFJ_GradFuncAdapter ADAPTER =
      RawCustomGradient.adapter(GradientRegistry::gradient);

  private Gradients() {}

  private static final class Registered {
    static final boolean DONE = register();

    private static boolean register() {
      if (!REGISTRABLE) {
        return false;
      }
      for (String type : GradientRegistry.types()) {
        if (!TFJ_HasGradient(type)) {
          TFJ_RegisterCustomGradient(type, ADAPTER);
        }
      }
      return true;
    }
  }

  /** Registers our gradients, once a process. Returns whether this platform allows it. */
  static boolean registerAll() {
    return Registered.DONE;
  }

  /**
   * Returns the derivatives of the sum of {@code y} with respect to each of {@code xs}.
   *
   * @return one operand for each x, of its shape; zeros where {@code y} does not depend on it
   * @throws IllegalArgumentException if an op on the way has no gradient; the text names it
   */
  public static List<Operand<?>> of(Ops tf, Operand<?> y, List<? extends Operand<?>> xs) {
    List<Optional<Operand<?>>> found = find(tf, y, xs);
    List<Operand<?>> all = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Operand<?> x = xs.get(i);
      all.add(found.get(i).orElseGet(() -> tf.zerosLike(x)));
    }
    return all;
  }

  /**
   * As {@link #of}, with nothing where {@code y} does not depend on an x, or is cut off from it.
   */
  public static List<Optional<Operand<?>>> find(
      Ops tf, Operand<?> y, List<? extends Operand<?>> xs) {
    registerAll();
    Set<String> reached = ancestors(y);
    List<Output<?>> wanted = new ArrayList<>();
    for (Operand<?> x : xs) {
      if (reached.contains(x.asOutput().op().name())) {
        wanted.add(x.asOutput());
      }
    }
    Output<?>[] found = {};
    if (!wanted.isEmpty()) {
      Graph graph = (Graph) tf.scope().env();
      try {
        found = graph.addGradients(y.asOutput(), wanted.toArray(new Output<?>[0]));
      } catch (RuntimeException e) {
        String text = String.valueOf(e.getMessage());
        throw new IllegalArgumentException(
            text.lines().findFirst().orElse(text).replaceAll("\\. Please see.*", "")
                + "; docs/gradients.md lists the ops that can be differentiated",
            e);
      }
    }
    List<Optional<Operand<?>>> all = new ArrayList<>();
    int at = 0;
    for (Operand<?> x : xs) {
      boolean depends = reached.contains(x.asOutput().op().name());
      all.add(depends ? existing(found[at++]) : Optional.empty());
    }
    return all;
  }

  /** TensorFlow returns an output of no operation where a stop cuts the way off. */
  static Optional<Operand<?>> existing(Output<?> gradient) {
    TF_Operation handle = ((GraphOperation) gradient.op()).getUnsafeNativeHandle();
    return handle == null || handle.isNull() ? Optional.empty() : Optional.of(gradient);
  }

  private static Set<String> ancestors(Operand<?> y) {
    Set<String> seen = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    open.add((GraphOperation) y.asOutput().op());
    while (!open.isEmpty()) {
      GraphOperation op = open.remove();
      if (seen.add(op.name())) {
        for (int i = 0; i < op.numInputs(); i++) {
          open.add((GraphOperation) op.input(i).op());
        }
      }
    }
    return seen;
  }

  /** Returns the names of all op types that can be differentiated in this process, sorted. */
  public static Set<String> differentiable() {
    boolean own = registerAll();
    Set<String> types = new TreeSet<>();
    for (String op : OpDefs.all().keySet()) {
      if (TFJ_HasGradient(op) || (own && GradientRegistry.types().contains(op))) {
        types.add(op);
      }
    }
    return types;
  }
}
