package dev.ibex.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.At;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Operations;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Operations on batches whose size is known at run time alone, and their derivatives. */
class OperationBatchTest {
  private static final double RATE = 0.01;
  private static final double STEP = 1e-3;
  private static final Shape SAMPLE = Shape.of(4, 4, 3);
  private static final Array X =
      Array.generate(DType.FLOAT32, Shape.of(3).append(SAMPLE), i -> Math.sin(1 + 0.37 * i * i));

  private static Arguments row(String name, Function<SymbolicTensor, SymbolicTensor> f) {
    return Arguments.of(name, f);
  }

  /** What has a derivative. */
  static Stream<Arguments> trained() {
    return Stream.of(reductions(), shapes(), places(), matrices(), images()).flatMap(s -> s);
  }

  private static Stream<Arguments> reductions() {
    return Stream.of(
        row("min", x -> x.min(1, 2)),
        row("std", x -> x.std(true, 1)),
        row("average", x -> x.average(x.exp(), 1)),
        row("median", x -> x.median(1, 2)),
        row("quantile", x -> x.quantile(0.3, -1)),
        row("nanmean", x -> x.nanmean(1)),
        row("logsumexp", x -> x.logsumexp(3)),
        row("cumsum", x -> x.cumsum(1)),
        row("cumprod", x -> x.cumprod(2)),
        row("diff", x -> x.diff(2)),
        row("trapezoid", x -> x.trapezoid(0.5, 1)),
        row("norm", x -> x.norm(2)),
        row("norm of matrices", x -> x.norm(Double.POSITIVE_INFINITY, false, 1, 2)));
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        row("moveaxis", x -> x.moveaxis(1, 3)),
        row("flip", x -> x.flip(1, 3)),
        row("roll", x -> x.roll(2, 1)),
        row("rot90", x -> x.rot90(3, 1, 3)),
        row("tile", x -> x.tile(1, 1, 2, 1)),
        row("repeat", x -> x.repeat(3, 1)),
        row(
            "pad",
            x -> x.pad(0, List.of(List.of(0, 0), List.of(1, 2), List.of(0, 1), List.of(0, 0)))),
        row(
            "padMirrored",
            x ->
                x.padMirrored(
                    "reflect",
                    List.of(List.of(0, 0), List.of(1, 2), List.of(0, 1), List.of(0, 0)))),
        row("diagonal", x -> x.diagonal(1, 1, 2)),
        row("trace", x -> x.trace(0, 1, 2)),
        row("tril", x -> x.moveaxis(3, 1).tril(-1)),
        row("triu", x -> x.moveaxis(3, 1).triu(0)),
        row("unstack", x -> x.unstack(1).get(2)),
        row("arraySplit", x -> x.arraySplit(3, 1).get(0)),
        row("dstack", x -> Operations.dstack(List.of(x, x.exp()))),
        row("squeeze", x -> x.get(At.all(), At.to(1)).squeeze(1)));
  }

  private static Stream<Arguments> places() {
    return Stream.of(
        row("sort", x -> x.sort(1)),
        row("topK", x -> x.topK(2).get(0)),
        row("take", x -> x.take(List.of(2, -1), 1)),
        row("takeAlongAxis", x -> x.takeAlongAxis(x.argsort(2), 2)));
  }

  private static Stream<Arguments> matrices() {
    Function<SymbolicTensor, SymbolicTensor> square =
        x -> {
          SymbolicTensor m = x.moveaxis(3, 1);
          SymbolicTensor scaled = m.times(0.1);
          return scaled
              .matmul(scaled.swapaxes(2, 3))
              .plus(Array.generate(DType.FLOAT32, Shape.of(4, 4), i -> i % 5 == 0 ? 1 : 0));
        };
    return Stream.of(
        row("einsum", x -> Operations.einsum("bijk,bjlk->bilk", x, x)),
        row("dot", x -> x.dot(x.get(At.index(0), At.index(0)).transpose())),
        row("cross", x -> x.cross(x.exp())),
        row("cdist", x -> x.cdist(x.plus(1))),
        row("inv", x -> square.apply(x).inv()),
        row("det", x -> square.apply(x).det()),
        row("logdet", x -> square.apply(x).logdet()),
        row("slogdet", x -> square.apply(x).slogdet().get(1)),
        row("sign of slogdet", x -> square.apply(x).slogdet().get(0)),
        row("cholesky", x -> square.apply(x).cholesky(true)),
        row("solve", x -> square.apply(x).solve(x.moveaxis(3, 1))),
        row("solveTriangular", x -> square.apply(x).solveTriangular(x.moveaxis(3, 1), false)),
        row("normalize", x -> x.normalize(-1)),
        row("layerNormalization", x -> x.layerNormalization(1e-3, 1, 2)),
        row("rmsNormalization", x -> x.rmsNormalization(1e-3, 3)));
  }

  private static Stream<Arguments> images() {
    return Stream.of(
        row("spaceToDepth", x -> x.spaceToDepth(2)),
        row("depthToSpace", x -> x.spaceToDepth(2).depthToSpace(2)),
        row("grayscale", x -> x.rgbToGrayscale()),
        row("resize", x -> x.cast(DType.FLOAT32).resize(3, 7, "bicubic")),
        row("resize smoothly", x -> x.cast(DType.FLOAT32).resize(3, 2, "bilinear", true)),
        row("padImages", x -> x.padImages(1, 2, 0, 3)),
        row("cropImages", x -> x.cropImages(1, 0, 1, 2)),
        row("extractPatches", x -> x.extractPatches(2, 3, 1, "same")));
  }

  /** What has none. */
  static Stream<Arguments> rows() {
    return Stream.concat(
        trained().filter(a -> !a.get()[0].equals("dot")),
        Stream.of(
            row("argsort", x -> x.argsort(1)),
            row("countNonzero", x -> x.countNonzero(1, 2)),
            row("rgbToHsv", x -> x.sigmoid().rgbToHsv()),
            row("svd", x -> x.svd(false).get(1)),
            row("pinv", x -> x.pinv())));
  }

  @Test
  void an_index_of_another_sample_s_is_refused() {
    Input x = Input.of(3).named("x");
    Input at = Input.of(1).dtype(DType.INT32).named("at");
    Array rows = Array.of(new float[][] {{0, 1, 2}, {3, 4, 5}});
    try (Model model = Model.of(List.of(x, at), List.of(x.takeAlongAxis(at, 1)))) {
      Data fits = Data.inputs("x", rows).input("at", Array.of(new int[][] {{-1}, {0}}));
      assertThat(model.predict(fits).array()).isEqualTo(Array.of(new float[][] {{2}, {3}}));
      Data outside = Data.inputs("x", rows).input("at", Array.of(new int[][] {{4}, {0}}));
      assertThatThrownBy(() -> model.predict(outside)).hasMessageContaining("is not in [0, 3)");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_batch_is_computed_as_each_of_its_samples(
      String name, Function<SymbolicTensor, SymbolicTensor> f) {
    Input in = Input.of(SAMPLE.asArray());
    SymbolicTensor y = f.apply(in.symbolic());
    assertThat(y.shape().get(0)).isEqualTo(-1);
    try (Model model = Model.of(in, y)) {
      Array all = model.predict(X).array();
      assertThat(all.shape().tail()).isEqualTo(y.shape().tail());
      for (int i = 0; i < 3; i++) {
        Array one = model.predict(X.rows(i)).array();
        Array same = all.rows(i);
        for (int j = 0; j < one.size(); j++) {
          assertThat(Math.abs(one.number(j) - same.number(j))).isLessThan(1e-4);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trained")
  void what_is_before_it_learns_as_differences_say(
      String name, Function<SymbolicTensor, SymbolicTensor> f) {
    Input in = Input.of(SAMPLE.asArray()).dtype(DType.FLOAT64);
    SymbolicTensor y = f.apply(Dense.of(3).dtype(DTypePolicy.FLOAT64).apply(in));
    try (Model model = Model.of(in, y)) {
      model.compile(SGD.of(RATE), MeanSquaredError.of());
      Map<String, Array> before = model.getWeights();
      model.fit(Data.of(X, target(y)), Fit.epochs(1).shuffle(false));
      Map<String, Array> direction = direction(before);
      double slope = (dot(before, direction) - dot(model.getWeights(), direction)) / RATE;
      double up = loss(model, moved(before, direction, STEP));
      double expected = (up - loss(model, moved(before, direction, -STEP))) / (2 * STEP);
      assertThat(Math.abs(slope - expected) / (1 + Math.abs(expected))).isLessThan(1e-4);
      assertThat(expected == 0).isEqualTo(name.equals("sign of slogdet"));
    }
  }

  private static Array target(SymbolicTensor y) {
    return Array.generate(DType.FLOAT32, Shape.of(3).append(y.shape().tail()), i -> 0.5);
  }

  private static Map<String, Array> direction(Map<String, Array> weights) {
    Random random = new Random(3);
    Map<String, Array> all = new LinkedHashMap<>();
    weights.forEach(
        (name, w) ->
            all.put(name, Array.generate(w.dtype(), w.shape(), i -> random.nextDouble() - 0.5)));
    return all;
  }

  private static Map<String, Array> moved(
      Map<String, Array> weights, Map<String, Array> direction, double step) {
    Map<String, Array> all = new LinkedHashMap<>(weights);
    direction.forEach(
        (name, d) ->
            all.computeIfPresent(
                name,
                (n, w) ->
                    Array.generate(w.dtype(), w.shape(), i -> w.number(i) + step * d.number(i))));
    return all;
  }

  private static double dot(Map<String, Array> a, Map<String, Array> b) {
    return a.entrySet().stream()
        .mapToDouble(e -> dot(e.getValue(), Objects.requireNonNull(b.get(e.getKey()))))
        .sum();
  }

  private static double dot(Array a, Array b) {
    return IntStream.range(0, a.size()).mapToDouble(i -> a.number(i) * b.number(i)).sum();
  }

  /** Returns the mean square distance from the target, in double precision. */
  private static double loss(Model model, Map<String, Array> weights) {
    model.setWeights(weights);
    Array y = model.predict(X).array();
    Array distance = Array.generate(DType.FLOAT64, y.shape(), i -> y.number(i) - 0.5);
    return dot(distance, distance) / y.size();
  }
}
