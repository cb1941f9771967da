package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Inv;
import org.tensorflow.op.linalg.Solve;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.math.Cumprod;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.op.nn.SparseSoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

class GradientsTest {
  private static final Array X = Array.of(Shape.of(2, 3), 0.3, -1.2, 0.8, 2.0, 0.1, -0.4);
  private static final List<Long> STEPS = List.of(1L, 1L, 2L, 1L, 1L);

  /** Every row of the registry has one here. */
  static Stream<Arguments> registered() {
    return Stream.concat(
        matrices(),
        Stream.of(
            row("Cumprod", (tf, x) -> tf.math.cumprod(x, tf.constant(1))),
            row("TopKV2", (tf, x) -> tf.nn.topK(x, tf.constant(2), TInt32.class).values()),
            row(
                "MatrixDiagPartV3",
                (tf, x) ->
                    tf.linalg.matrixDiagPartV3(
                        x, tf.array(-1, 1), tf.zerosLike(tf.reduceSum(x, tf.array(0, 1))))),
            row("TensorScatterAdd", (tf, x) -> scattered(tf, x, true)),
            row("TensorScatterUpdate", (tf, x) -> scattered(tf, x, false)),
            row("BesselI0", (tf, x) -> tf.math.besselI0(x)),
            row("CheckNumericsV2", (tf, x) -> tf.debugging.checkNumerics(tf.math.square(x), "x")),
            Arguments.of("CTCLoss", (GradientCheck.Expression) GradientsTest::ctc),
            row("Ceil", (tf, x) -> tf.math.mul(tf.math.ceil(tf.math.exp(x)), x)),
            row("Erfc", (tf, x) -> tf.math.erfc(x)),
            row("FloorDiv", (tf, x) -> tf.math.mul(tf.math.floorDiv(x, last(tf, x)), x)),
            row("FloorMod", (tf, x) -> tf.math.floorMod(x, last(tf, x))),
            row(
                "IdentityN",
                (tf, x) -> Numbers.of(tf.identityN(List.of(tf.math.square(x))).output().get(0))),
            row("NextAfter", (tf, x) -> tf.math.nextAfter(tf.math.square(x), last(tf, x))),
            Arguments.of(
                "Conv3D",
                (GradientCheck.Expression)
                    (tf, in) -> tf.nn.conv3d(volume(tf, in), kernel(tf, in), STEPS, "SAME")),
            Arguments.of(
                "Conv3DBackpropFilterV2",
                (GradientCheck.Expression)
                    (tf, in) ->
                        tf.nn.conv3dBackpropFilter(
                            volume(tf, in),
                            tf.shape(kernel(tf, in)),
                            convolved(tf, in),
                            STEPS,
                            "SAME")),
            Arguments.of(
                "Conv3DBackpropInputV2",
                (GradientCheck.Expression)
                    (tf, in) ->
                        tf.nn.conv3dBackpropInput(
                            tf.shape(volume(tf, in)),
                            kernel(tf, in),
                            convolved(tf, in),
                            STEPS,
                            "SAME")),
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
            row("Round", (tf, x) -> tf.math.mul(tf.math.round(tf.math.exp(x)), x)),
            Arguments.of(
                "SparseSoftmaxCrossEntropyWithLogits",
                (GradientCheck.Expression)
                    (tf, in) -> {
                      Operand<TInt32> labels = tf.constant(new int[] {2, 0});
                      return SparseSoftmaxCrossEntropyWithLogits.create(
                              tf.scope(), in.get(0), labels)
                          .loss();
                    })));
  }

  private static Stream<Arguments> matrices() {
    return Stream.of(
        matrix("MatrixInverse", (tf, m) -> tf.linalg.inv(m)),
        matrix("MatrixDeterminant", (tf, m) -> tf.linalg.det(m)),
        matrix(
            "LogMatrixDeterminant",
            (tf, m) -> tf.linalg.logMatrixDeterminant(m).logAbsDeterminant()),
        matrix("Cholesky", (tf, m) -> tf.linalg.cholesky(m)),
        matrix("MatrixSolve", (tf, m) -> tf.linalg.solve(m, tf.math.square(m))),
        matrix(
            "MatrixTriangularSolve",
            (tf, m) ->
                tf.math.add(
                    tf.linalg.triangularSolve(m, tf.math.square(m), TriangularSolve.lower(true)),
                    tf.linalg.triangularSolve(
                        m, tf.math.square(m), TriangularSolve.lower(false)))));
  }

  /** What the registered ops have besides their defaults. */
  static Stream<Arguments> turned() {
    return Stream.of(
        row("exclusive", (tf, x) -> tf.math.cumprod(x, last(tf), Cumprod.exclusive(true))),
        row("reverse", (tf, x) -> tf.math.cumprod(x, last(tf), Cumprod.reverse(true))),
        row(
            "both",
            (tf, x) ->
                tf.math.cumprod(x, last(tf), Cumprod.reverse(true), Cumprod.exclusive(true))),
        askew("inverse", (tf, m) -> tf.linalg.inv(m, Inv.adjoint(true))),
        askew("solve", (tf, m) -> tf.linalg.solve(m, tf.math.square(m), Solve.adjoint(true))),
        askew("lower", (tf, m) -> triangle(tf, m, true)),
        askew("upper", (tf, m) -> triangle(tf, m, false)));
  }

  private static Operand<TInt32> last(Ops tf) {
    return tf.constant(1);
  }

  private static Operand<TNumber> triangle(Ops tf, Operand<TNumber> m, boolean lower) {
    return tf.linalg.triangularSolve(
        m, tf.math.square(m), TriangularSolve.lower(lower), TriangularSolve.adjoint(true));
  }

  /** Of a matrix that differs from its transpose. */
  private static Arguments askew(
      String name, BiFunction<Ops, Operand<TNumber>, Operand<TNumber>> f) {
    return row(
        name,
        (tf, x) -> {
          Operand<TNumber> m = positive(tf, x);
          Operand<TNumber> more = Numbers.of(tf.constant(new double[][] {{0, 0.7}, {-0.3, 0}}));
          return f.apply(tf, tf.math.add(m, tf.math.mul(m, more)));
        });
  }

  private static Arguments matrix(
      String type, BiFunction<Ops, Operand<TNumber>, Operand<?>> expression) {
    return Arguments.of(
        type, (GradientCheck.Expression) (tf, in) -> expression.apply(tf, positive(tf, in.get(0))));
  }

  /** Returns x times its transpose plus twice the identity: two rows and columns. */
  private static Operand<TNumber> positive(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> square =
        tf.train.batchMatMul(
            x, tf.linalg.transpose(x, tf.constant(new int[] {1, 0})), Numbers.type(DType.FLOAT64));
    return tf.math.add(square, Numbers.of(tf.constant(new double[][] {{2, 0}, {0, 2}})));
  }

  /** Puts squares of the first row into the second one. */
  private static Operand<TNumber> scattered(Ops tf, Operand<TNumber> x, boolean add) {
    Operand<TInt32> at = tf.constant(new int[][] {{1}});
    Operand<TNumber> row = tf.gather(tf.math.square(x), tf.constant(new int[] {0}), tf.constant(0));
    return add ? tf.tensorScatterNdAdd(x, at, row) : tf.tensorScatterNdUpdate(x, at, row);
  }

  private static Operand<TNumber> volume(Ops tf, List<Operand<TNumber>> in) {
    return tf.reshape(in.get(0), tf.constant(new int[] {1, 1, 2, 3, 1}));
  }

  private static Operand<TNumber> kernel(Ops tf, List<Operand<TNumber>> in) {
    return tf.reshape(tf.math.square(in.get(0)), tf.constant(new int[] {1, 1, 3, 1, 2}));
  }

  private static Operand<TNumber> convolved(Ops tf, List<Operand<TNumber>> in) {
    return tf.reshape(tf.math.sin(in.get(0)), tf.constant(new int[] {1, 1, 1, 3, 2}));
  }

  private interface Unary {
    Operand<TNumber> of(Ops tf, Operand<TNumber> x);
  }

  private static Arguments row(String type, Unary f) {
    return Arguments.of(type, (GradientCheck.Expression) (tf, in) -> f.of(tf, in.get(0)));
  }

  /** A column to be repeated; no number beside one of its numbers is a multiple of it. */
  private static Operand<TNumber> last(Ops tf, Operand<TNumber> x) {
    return tf.math.square(tf.expandDims(column(tf, x, 2), tf.constant(1)));
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("turned")
  void gradient_follows_the_settings_of_an_op(String name, GradientCheck.Expression expression) {
    assertThat(GradientCheck.largestError(expression, X)).isLessThan(1e-7);
  }

  /** Derivatives of matrices are made of ops of this table themselves. */
  static Stream<Arguments> twice() {
    return Stream.concat(matrices(), turned().skip(3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("twice")
  void second_derivative_agrees_with_differences(String name, GradientCheck.Expression expression) {
    GradientCheck.Expression slope =
        (tf, in) -> {
          Operand<TNumber> y = tf.math.sin(Numbers.of(expression.emit(tf, in)));
          return Numbers.of(Gradients.of(tf, y, List.of(in.get(0))).get(0));
        };
    assertThat(GradientCheck.largestError(slope, X)).isLessThan(1e-6);
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
