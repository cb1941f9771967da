package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A metric used alone, on arrays: the state is on the heap. For one thread.
 *
 * <pre>{@code
 * MetricState accuracy = new MetricState(Metrics.accuracy());
 * accuracy.update(labels, predictions);
 * float value = accuracy.result().floats()[0];
 * }</pre>
 */
public final class MetricState {
  private final Metric metric;
  private Metric resolved;
  private List<Array> state = List.of();

  /** Creates an empty state. */
  public MetricState(Metric metric) {
    this.metric = metric;
    this.resolved = metric;
  }

  /** Adds a batch. */
  public void update(Array yTrue, Array yPred) {
    update(yTrue, yPred, Optional.empty());
  }

  /** Adds a batch with a weight for each sample or element. */
  public void update(Array yTrue, Array yPred, Array sampleWeight) {
    update(yTrue, yPred, Optional.of(sampleWeight));
  }

  /** Adds a batch for a metric of values without targets, such as {@code Mean}. */
  public void updateValues(Array values) {
    update(values, values);
  }

  /** Adds a batch of values with a weight for each, for a metric without targets. */
  public void updateValues(Array values, Array sampleWeight) {
    update(values, values, sampleWeight);
  }

  private void update(Array yTrue, Array yPred, Optional<Array> sampleWeight) {
    if (state.isEmpty()) {
      resolved = metric.resolve(yTrue.shape(), yPred.shape());
      List<Array> first = new ArrayList<>();
      for (WeightSpec s : resolved.state(yTrue.shape(), yPred.shape())) {
        first.add(s.initializer().value(s.shape(), resolved.dtype(), 0));
      }
      state = first;
    }
    List<Array> inputs = new ArrayList<>(state);
    inputs.add(yTrue);
    inputs.add(yPred);
    sampleWeight.ifPresent(inputs::add);
    int n = state.size();
    state =
        Evaluation.of(
            (tf, in) -> {
              Optional<Operand<TNumber>> w =
                  sampleWeight.map(a -> Numbers.cast(tf, in.get(n + 2), DType.FLOAT32));
              return resolved.update(
                  new Metric.Batch(
                      tf,
                      in.subList(0, n).stream().map(Numbers::of).toList(),
                      in.get(n),
                      Value.of(in.get(n + 1)),
                      w));
            },
            inputs);
  }

  /**
   * Returns the figure of all batches so far: a scalar, or a vector where the metric gives a figure
   * for each class or threshold.
   *
   * @throws IllegalStateException before the first batch
   */
  public Array result() {
    if (state.isEmpty()) {
      throw new IllegalStateException(
          metric.name() + ": no batch was given yet; call update first");
    }
    return Evaluation.of(
            (tf, in) -> List.of(resolved.result(tf, in.stream().map(Numbers::of).toList())), state)
        .get(0);
  }

  /** Forgets all batches. */
  public void reset() {
    state = List.of();
  }
}
