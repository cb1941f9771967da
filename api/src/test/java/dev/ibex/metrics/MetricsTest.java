package dev.ibex.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.core.Metric;
import dev.ibex.core.MetricState;
import dev.ibex.core.Value;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class MetricsTest {
  @ParameterizedTest
  @CsvSource({
    "accuracy, AccuracyByShape",
    "acc, AccuracyByShape",
    "Accuracy, AccuracyByShape",
    "mse, MeanSquaredError",
    "MAE, MeanAbsoluteError",
    "mean_squared_error, MeanSquaredError",
    "RootMeanSquaredError, RootMeanSquaredError",
    "root_mean_squared_error, RootMeanSquaredError",
    "binary_crossentropy, BinaryCrossentropy",
    "sparse_top_k_categorical_accuracy, SparseTopKCategoricalAccuracy"
  })
  void finds_a_metric_and_names_it_as_it_was_asked_for(String name, String type) {
    Metric metric = Metrics.get(name);
    assertThat(metric.getClass().getSimpleName()).isEqualTo(type);
    assertThat(metric.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "acuracy, accuracy",
    "precison, precision",
    "Auc, auc",
    "f1score, f1_score",
    "mean_iou, mean_io_u",
    "specificity_at_recall, precision_at_recall"
  })
  void offers_the_nearest_name(String name, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.get(name))
        .withMessageStartingWith(
            "metric: none is named \""
                + name
                + "\"; the nearest is \""
                + nearest
                + "\". Known are ");
  }

  @ParameterizedTest
  @CsvSource({
    "-1 1, -1 1, BinaryAccuracy",
    "-1, -1 1, BinaryAccuracy",
    "-1 5 1, -1 5 1, BinaryAccuracy",
    "-1, -1 3, SparseCategoricalAccuracy",
    "-1 1, -1 3, SparseCategoricalAccuracy",
    "-1 7, -1 7 3, SparseCategoricalAccuracy",
    "-1 3, -1 3, CategoricalAccuracy",
    "-1 2, -1 2, CategoricalAccuracy"
  })
  void accuracy_goes_by_the_shapes(String target, String output, String type) {
    Metric metric = Metrics.accuracy().resolve(shape(target), shape(output));
    assertThat(metric.getClass().getSimpleName()).isEqualTo(type);
    assertThat(metric.name()).isEqualTo("accuracy");
    assertThat(metric.largerIsBetter()).isTrue();
  }

  private static Shape shape(String sizes) {
    return Shape.of(java.util.Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray());
  }

  @Test
  void accuracies_are_to_grow_and_errors_to_fall() {
    assertThat(SparseCategoricalAccuracy.of().largerIsBetter()).isTrue();
    assertThat(MeanSquaredError.of().largerIsBetter()).isFalse();
  }

  @Test
  void gathers_over_batches_until_it_is_reset() {
    MetricState state = new MetricState(Metrics.accuracy());
    state.update(Array.of(Shape.of(1), 1), Array.of(new float[][] {{0, 1}}));
    state.update(Array.of(Shape.of(3), 1, 1, 1), Array.of(new float[][] {{1, 0}, {1, 0}, {0, 1}}));
    assertThat(state.result().floats()).containsExactly(0.5f);
    state.reset();
    assertThatIllegalStateException()
        .isThrownBy(state::result)
        .withMessage("accuracy: no batch was given yet; call update first");
  }

  @Test
  void keeps_its_state_in_its_type() {
    MetricState state = new MetricState(Mean.of().dtype(DType.FLOAT64));
    state.updateValues(Array.of(Shape.of(2), 1.0, 2.0));
    assertThat(state.result()).isEqualTo(Array.of(Shape.scalar(), 1.5));
  }

  @Test
  void compares_labels_beyond_what_the_output_type_can_hold() {
    float[] row = new float[300];
    row[257] = 1;
    Array p = Array.of(Shape.of(1, 300), row).cast(DType.BFLOAT16);
    MetricState state = new MetricState(SparseCategoricalAccuracy.of());
    state.update(Array.of(Shape.of(1), 256), p);
    assertThat(state.result().floats()).containsExactly(0f);
  }

  private static float masked(Metric metric, Array yTrue, Array yPred, boolean... mask) {
    return Evaluation.of(
            (tf, in) -> {
              var zero = Numbers.constant(tf, DType.FLOAT32, 0);
              Value p = new Value(in.get(1), Optional.of(Numbers.as(in.get(2))));
              var next =
                  metric.update(
                      new Metric.Batch(tf, List.of(zero, zero), in.get(0), p, Optional.empty()));
              return List.of(metric.result(tf, next));
            },
            yTrue,
            yPred,
            Array.of(Shape.of(1, mask.length), mask))
        .get(0)
        .floats()[0];
  }

  @Test
  void leaves_out_masked_steps_except_for_the_root_mean_square() {
    Array zeros = Array.of(Shape.of(1, 2, 1), 0f, 0f);
    Array y = Array.of(Shape.of(1, 2, 1), 2f, 4f);
    assertThat(masked(MeanSquaredError.of(), zeros, y, true, false)).isEqualTo(4f);
    assertThat(masked(RootMeanSquaredError.of(), zeros, y, true, false))
        .isCloseTo((float) Math.sqrt(10), within(1e-6f));
  }

  @Test
  void an_ignored_class_still_counts_unless_there_are_weights() {
    Metric metric = SparseCategoricalCrossentropy.of().ignoreClass(1);
    Array p = Array.of(new float[][] {{0.25f, 0.75f}, {0.5f, 0.5f}});
    Array labels = Array.of(Shape.of(2), 0, 1);
    MetricState plain = new MetricState(metric);
    plain.update(labels, p);
    assertThat(plain.result().number(0)).isCloseTo(-Math.log(0.25) / 2, within(1e-6));
    MetricState weighted = new MetricState(metric);
    weighted.update(labels, p, Array.of(new float[] {1, 1}));
    assertThat(weighted.result().number(0)).isCloseTo(-Math.log(0.25), within(1e-6));
  }

  @Test
  void refuses_a_k_below_1() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopKCategoricalAccuracy.of().k(0))
        .withMessage("k: expected a positive integer, got 0");
  }
}
