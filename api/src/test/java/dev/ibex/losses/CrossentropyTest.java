package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.core.Loss;
import dev.ibex.core.Reduction;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.GradientCheck;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

class CrossentropyTest {
  private static final Shape ROWS = Shape.of(3, 4);
  private static final Shape STEPS = Shape.of(2, 3, 4);

  private static Array random(Shape shape, double low, double high) {
    Random random = new Random(3);
    return Array.generate(DType.FLOAT64, shape, i -> low + (high - low) * random.nextDouble());
  }

  private static Array labels(long... shape) {
    return Array.generate(DType.FLOAT64, Shape.of(shape), i -> (i * 7) % 4);
  }

  private static Arguments row(
      String name,
      Loss loss,
      Array yTrue,
      Array x,
      BiFunction<Ops, Operand<TNumber>, Operand<TNumber>> output) {
    return Arguments.of(name, loss, yTrue, x, output);
  }

  static Stream<Arguments> losses() {
    BinaryCrossentropy binary = BinaryCrossentropy.of();
    CategoricalCrossentropy dense = CategoricalCrossentropy.of();
    SparseCategoricalCrossentropy sparse = SparseCategoricalCrossentropy.of();
    Array p = random(ROWS, 0.1, 0.9);
    Array x = random(ROWS, -2, 2);
    Array x3 = random(STEPS, -2, 2);
    Array t = random(ROWS, 0, 1);
    return Stream.of(
        row("binary of probabilities", binary, t, p, (tf, y) -> y),
        row("binary of logits", binary.fromLogits(true), t, x, (tf, y) -> y),
        row("binary behind a sigmoid", binary, t, x, (tf, y) -> tf.math.sigmoid(y)),
        row("binary at 0", binary.fromLogits(true), t, random(ROWS, 0, 0), (tf, y) -> y),
        row("smoothed binary", binary.labelSmoothing(0.2), t, p, (tf, y) -> y),
        row("categorical of probabilities", dense, t, p, (tf, y) -> y),
        row("categorical of logits", dense.fromLogits(true), t, x, (tf, y) -> y),
        row("categorical behind a softmax", dense, t, x, (tf, y) -> tf.nn.softmax(y)),
        row("categorical steps", dense, random(STEPS, 0, 1), x3, (tf, y) -> tf.nn.softmax(y)),
        row("categorical of axis 0", dense.axis(0).fromLogits(true), t, x, (tf, y) -> y),
        row("sparse of probabilities", sparse, labels(3), p, (tf, y) -> y),
        row("sparse of logits", sparse.fromLogits(true), labels(3), x, (tf, y) -> y),
        row("sparse behind a softmax", sparse, labels(3), x, (tf, y) -> tf.nn.softmax(y)),
        row("sparse of a column", sparse.fromLogits(true), labels(3, 1), x, (tf, y) -> y),
        row("sparse steps", sparse.fromLogits(true), labels(2, 3), x3, (tf, y) -> y),
        row("sparse with an ignored class", sparse.ignoreClass(1), labels(3), p, (tf, y) -> y),
        row("squares", MeanSquaredError.of(), t, x, (tf, y) -> y),
        row("distances", MeanAbsoluteError.of(), t, random(ROWS, 2, 3), (tf, y) -> y));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void has_the_derivative_of_its_value(
      String name,
      Loss loss,
      Array yTrue,
      Array x,
      BiFunction<Ops, Operand<TNumber>, Operand<TNumber>> output) {
    double error =
        GradientCheck.largestError(
            (tf, in) -> {
              Operand<TNumber> t = GradientChecks.constant(tf, yTrue);
              return loss.values(tf, t, output.apply(tf, in.get(0)));
            },
            x);
    assertThat(error).isLessThan(1e-6);
  }

  /** In float32 the fused op is at work; it takes targets that sum to 1 for granted. */
  @Test
  void the_fused_op_has_its_derivative() {
    Array x = random(STEPS, -2, 2).cast(DType.FLOAT32);
    Array t = random(STEPS, 0, 1).cast(DType.FLOAT32);
    List<Array> both =
        Evaluation.of(
            (tf, in) -> {
              Operand<TNumber> logits = Numbers.of(in.get(0));
              Operand<TNumber> targets = Numbers.of(in.get(1));
              Operand<TNumber> loss =
                  CategoricalCrossentropy.of().fromLogits(true).values(tf, targets, logits);
              Operand<TNumber> expected = tf.math.sub(tf.nn.softmax(logits), targets);
              return List.of(Gradients.of(tf, loss, List.of(logits)).get(0), expected);
            },
            x,
            t);
    for (int i = 0; i < x.size(); i++) {
      assertThat(both.get(0).number(i)).isCloseTo(both.get(1).number(i), within(1e-5));
    }
  }

  @Test
  void a_saturated_softmax_costs_its_logits_in_a_graph_and_the_clipped_probability_on_arrays() {
    Array x = Array.of(new float[][] {{60, 0, 0}});
    Array label = Array.of(Shape.of(1), 1);
    Loss loss = SparseCategoricalCrossentropy.of();
    Array graph =
        Evaluation.of(
                (tf, in) ->
                    List.of(
                        loss.values(
                            tf,
                            Numbers.of(in.get(1)),
                            tf.nn.softmax(Numbers.<TNumber>as(in.get(0))))),
                x,
                label)
            .get(0);
    assertThat(graph.floats()).containsExactly(60f);
    Array p = Array.of(new float[][] {{1, 0, 0}});
    assertThat(loss.value(label, p).number(0)).isCloseTo(16.118, within(1e-3));
  }

  @Test
  void the_dense_op_gives_what_the_sparse_op_gives() {
    Array x = random(STEPS, -3, 3);
    Array labels = labels(2, 3).cast(DType.INT64);
    List<Array> both =
        Evaluation.of(
            (tf, in) -> {
              Operand<TInt64> t = Numbers.as(in.get(1));
              return Stream.of(true, false)
                  .map(oneHot -> Crossentropies.sparse(tf, t, Numbers.of(in.get(0)), oneHot))
                  .toList();
            },
            x,
            labels);
    for (int i = 0; i < 6; i++) {
      assertThat(both.get(0).number(i)).isCloseTo(both.get(1).number(i), within(1e-12));
    }
  }

  @Test
  void classes_may_stand_along_another_axis() {
    Array first = Array.of(Shape.of(2, 3, 2), 1f, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1);
    Array last = Array.of(Shape.of(2, 2, 3), 1f, 3, 5, 2, 4, 6, 6, 4, 2, 5, 3, 1);
    Array labels = Array.of(Shape.of(2, 2), 0, 2, 1, 1);
    SparseCategoricalCrossentropy loss = SparseCategoricalCrossentropy.of().fromLogits(true);
    assertThat(loss.axis(1).value(labels, first)).isEqualTo(loss.value(labels, last));
  }

  static Stream<Map.Entry<Reduction, Float>> reductions() {
    // rows cost 1 and 4, weighted 1 and 0.5
    return Stream.of(
        Map.entry(Reduction.SUM_OVER_BATCH_SIZE, 1.5f),
        Map.entry(Reduction.MEAN, 1.5f),
        Map.entry(Reduction.SUM, 3f),
        Map.entry(Reduction.MEAN_WITH_SAMPLE_WEIGHT, 2f));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void weights_values_before_it_reduces_them(Map.Entry<Reduction, Float> expected) {
    Array zeros = Array.of(new float[][] {{0}, {0}});
    Array y = Array.of(new float[][] {{1}, {2}});
    Array weights = Array.of(new float[] {1, 0.5f});
    Array value = MeanSquaredError.of().reduction(expected.getKey()).value(zeros, y, weights);
    assertThat(value.floats()).containsExactly(expected.getValue());
  }

  @Test
  void an_ignored_class_is_left_out_of_the_mean() {
    Array p = Array.of(new float[][] {{0.25f, 0.75f}, {0.5f, 0.5f}});
    Array labels = Array.of(Shape.of(2), 0, -1);
    Loss loss = SparseCategoricalCrossentropy.of().ignoreClass(-1);
    assertThat(loss.value(labels, p).number(0)).isCloseTo(-Math.log(0.25), within(1e-6));
  }
}
