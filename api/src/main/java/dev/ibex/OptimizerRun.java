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

  /** Puts arrays into variables that the optimizer changes. */
  public OptimizerRun(Optimizer optimizer, List<Array> start) {
    List<Variable> variables = new ArrayList<>();
    for (Array a : start) {
      WeightSpec spec =
          WeightSpec.of(
              "weight_" + variables.size(),
              a.shape(),
              (tf, shape, dtype, seed) -> {
                throw new IllegalStateException("the value is given");
              });
      Variable v = Variable.state(spec, a.dtype());
      v.assign(a);
      variables.add(v);
    }
    this.state = new OptimizerState(optimizer, variables);
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
              "a step", fed, List.of(), state.emit(session.tf(), this::handle, gradients));
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private ResourceVariable handle(Variable v) {
    return Objects.requireNonNull(handles.get(v), v::name);
  }

  /** Does one step with a gradient for each array. */
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

  /** Sets the learning rate from the next step on. */
  public void learningRate(double value) {
    session.assign(List.of(handle(state.learningRate())), List.of(Array.scalar((float) value)));
  }

  /** Returns iteration, learning rate and slots, in the order of files. */
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
