package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

class GradientsTest {
  private static final Array X = Array.of(Shape.of(2, 3), 0.3, -1.2, 0.8, 2.0, 0.1, -0.4);

  /** Every row of the registry has one here. */
  static Stream<Arguments> registered() {
    return Stream.of(
        Arguments.of("CTCLoss", (GradientCheck.Expression) GradientsTest::ctc),
        Arguments.of(
            "OnesLike",
            (GradientCheck.Expression)
                (tf, in) -> tf.math.mul(tf.onesLike(in.get(0)), tf.math.square(in.get(0)))),
        Arguments.of(
            "ReluGrad",
            (GradientCheck.Expression)
                (tf, in) -> {
                  Operand<TNumber> x = in.get(0);
                  Operand<TNumber> outer = tf.math.mul(x, tf.math.square(x));
                  return ReluGrad.create(tf.scope(), outer, x);
                }),
        Arguments.of(
            "SparseSoftmaxCrossEntropyWithLogits",
            (GradientCheck.Expression)
                (tf, in) -> {
                  Operand<TInt32> labels = tf.constant(new int[] {2, 0});
                  return SparseSoftmaxCrossEntropyWithLogits.create(tf.scope(), in.get(0), labels)
                      .loss();
                }));
  }

  /**
   * Two steps of one sequence that must read as class 1; class 2 is the blank. The op sums in
   * single precision, so the value, but not the derivative, is that of the formula.
   */
  private static Operand<?> ctc(Ops tf, List<Operand<TNumber>> in) {
    Operand<TNumber> loss =
        tf.nn
            .ctcLoss(
                tf.expandDims(in.get(0), tf.constant(1)),
                tf.constant(new long[][] {{0, 0}}),
                tf.constant(new int[] {1}),
                tf.constant(new int[] {2}))
            .loss();
    Operand<TNumber> p = tf.nn.softmax(in.get(0));
    Operand<TNumber> label = column(tf, p, 1);
    Operand<TNumber> blank = column(tf, p, 2);
    Operand<TNumber> other = tf.reverse(blank, tf.constant(new int[] {0}));
    Operand<TNumber> once = tf.sum(tf.math.mul(label, other), tf.constant(0));
    Operand<TNumber> sum = tf.math.add(once, tf.prod(label, tf.constant(0)));
    Operand<TNumber> value = tf.math.neg(tf.math.log(sum));
    return tf.math.add(tf.stopGradient(value), tf.math.sub(loss, tf.stopGradient(loss)));
  }

  private static Operand<TNumber> column(Ops tf, Operand<TNumber> x, int at) {
    return tf.gather(x, tf.constant(at), tf.constant(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("registered")
  void registered_gradient_agrees_with_differences(
      String type, GradientCheck.Expression expression) {
    assertThat(GradientCheck.largestError(expression, X)).isLessThan(1e-7);
  }

  @Test
  void every_registered_type_is_checked() {
    assertThat(registered().map(a -> a.get()[0]))
        .containsExactlyInAnyOrderElementsOf(GradientRegistry.types());
  }

  @Test
  void gradient_check_finds_a_wrong_gradient() {
    assertThat(GradientCheck.largestError((tf, in) -> tf.math.mul(in.get(0), in.get(0)), X))
        .isLessThan(1e-7);
    // the forward value moves with x, the gradient is cut off
    assertThat(GradientCheck.largestError((tf, in) -> half(tf, in.get(0)), X)).isGreaterThan(0.1);
  }

  private static Operand<?> half(Ops tf, Operand<TNumber> x) {
    return tf.math.add(x, tf.stopGradient(x));
  }

  @Test
  void gradient_of_what_is_not_reached_is_zero() {
    List<Array> g =
        Evaluation.of(
            (tf, in) ->
                Gradients.of(
                    tf, tf.math.square(Numbers.of(in.get(0))), List.of(in.get(0), in.get(1))),
            Array.of(Shape.of(2), 3f, -1f),
            Array.of(Shape.of(1), 5f));
    assertThat(g.get(0)).isEqualTo(Array.of(Shape.of(2), 6f, -2f));
    assertThat(g.get(1)).isEqualTo(Array.of(Shape.of(1), 0f));
  }

  @Test
  void gradient_through_a_stop_is_zero() {
    List<Array> g =
        Evaluation.of(
            (tf, in) -> Gradients.of(tf, tf.stopGradient(in.get(0)), List.of(in.get(0))),
            Array.of(Shape.of(2), 3f, -1f));
    assertThat(g.get(0)).isEqualTo(Array.of(Shape.of(2), 0f, 0f));
  }

  @Test
  void lists_own_and_native_types() {
    assertThat(Gradients.differentiable())
        .contains("MatMul", "Conv2D", "SparseSoftmaxCrossEntropyWithLogits")
        .doesNotContain("ArgMax2");
  }

  @Test
  void random_numbers_are_a_function_of_their_key() {
    Evaluation.Expression draw =
        (tf, in) ->
            List.of(
                StatelessRandom.uniform(
                    tf,
                    StatelessRandom.key(tf, 5, tf.constant(1L)),
                    tf.constant(new int[] {1000}),
                    DType.FLOAT32),
                StatelessRandom.uniform(
                    tf,
                    StatelessRandom.key(tf, 5, tf.constant(2L)),
                    tf.constant(new int[] {1000}),
                    DType.FLOAT32));
    List<Array> first = Evaluation.of(draw);
    assertThat(Evaluation.of(draw)).isEqualTo(first);
    assertThat(first.get(0)).isNotEqualTo(first.get(1));
    double mean = java.util.Arrays.stream(first.get(0).doubles()).average().orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(0.05));
  }
}
