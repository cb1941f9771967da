package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Gradient;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.ResourceVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.Placeholder;

/**
 * An optimizer used alone, on arrays and gradients of your own. For one thread.
 *
 * <pre>{@code
 * try (OptimizerRun run = new OptimizerRun(SGD.of(0.1), List.of(start))) {
 *   run.apply(List.of(gradient));
 *   Array value = run.values().get(0);
 * }
 * }</pre>
 */
public final class OptimizerRun implements AutoCloseable {
  private final GraphSession session;
  private final Map<Variable, ResourceVariable> handles = new LinkedHashMap<>();
  private final List<ResourceVariable> weights;
  private final OptimizerState state;
  private final GraphFunction step;

  /** Puts arrays into variables that the optimizer changes: {@code weight_0}, {@code weight_1}… */
  public OptimizerRun(Optimizer optimizer, List<Array> start) {
    this(optimizer, numbered(start));
  }

  private static Map<String, Array> numbered(List<Array> start) {
    Map<String, Array> named = new LinkedHashMap<>();
    start.forEach(a -> named.put("weight_" + named.size(), a));
    return named;
  }

  /** Puts arrays into variables of these names, in the map's order. */
  public OptimizerRun(Optimizer optimizer, Map<String, Array> start) {
    List<Variable> variables = new ArrayList<>();
    start.forEach(
        (name, a) -> {
          WeightSpec spec =
              WeightSpec.of(
                  name,
                  a.shape(),
                  (tf, shape, dtype, seed) -> {
                    throw new IllegalStateException("the value is given");
                  });
          Variable v = Variable.state(spec, a.dtype());
          v.assign(a);
          variables.add(v);
        });
    this.state = new OptimizerState(optimizer, optimizer.lossScaling(), variables);
    List<Variable> all = new ArrayList<>(variables);
    all.addAll(state.variables());
    Variable.initialize(all);
    this.session = new GraphSession();
    try {
      all.forEach(v -> handles.put(v, session.variable(v.path(), v.dtype(), v.shape())));
      session.assign(List.copyOf(handles.values()), all.stream().map(Variable::value).toList());
      this.weights = variables.stream().map(this::handle).toList();
      List<Operand<?>> fed = new ArrayList<>();
      Map<Variable, Gradient> gradients = new LinkedHashMap<>();
      for (Variable v : variables) {
        Operand<?> g = session.tf().placeholder(v.dtype().type(), Placeholder.shape(v.shape()));
        fed.add(g);
        gradients.put(v, Gradient.of(Numbers.of(g)));
      }
      this.step =
          session.function(
              "a step",
              fed,
              List.of(),
              new OptimizerEmitter(state, this::handle, v -> handle(v).value())
                  .emit(session.tf(), gradients));
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private ResourceVariable handle(Variable v) {
    return Objects.requireNonNull(handles.get(v), v::name);
  }

  /**
   * Does one step with a gradient for each array: of the scaled loss, where the optimizer scales
   * it.
   */
  public void apply(List<Array> gradients) {
    Check.that(
        gradients.size() == weights.size(),
        "gradients: expected %d, got %d",
        weights.size(),
        gradients.size());
    List<Tensor> tensors = new ArrayList<>();
    try {
      for (int i = 0; i < gradients.size(); i++) {
        tensors.add(gradients.get(i).cast(weights.get(i).dtype()).toTensor());
      }
      step.run(tensors).close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /**
   * Sets the learning rate from the next step on.
   *
   * @throws IllegalStateException if it follows a schedule
   */
  public void learningRate(double value) {
    session.assign(
        List.of(handle(state.settableLearningRate())), List.of(Array.scalar((float) value)));
  }

  /** Gives the arrays their moving averages, as a training does at its end, if there are any. */
  public void finish() {
    List<ResourceVariable> averages = state.averages().values().stream().map(this::handle).toList();
    List<ResourceVariable> to = state.averages().keySet().stream().map(this::handle).toList();
    session.assign(to, session.read(averages));
  }

  /** Returns the optimizer's state in the order of files. */
  public List<Array> state() {
    return session.read(state.variables().stream().map(this::handle).toList());
  }

  /** Returns copies of the arrays as they are now. */
  public List<Array> values() {
    return session.read(weights);
  }

  /** Frees the variables. */
  @Override
  public void close() {
    session.close();
  }
}
