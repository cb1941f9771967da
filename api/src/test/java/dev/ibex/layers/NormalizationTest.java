package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Mean and variance that are taken from data. */
class NormalizationTest {
  private static final float[][] DATA = {{0, 7, 4}, {2, 9, 6}, {0, 7, 4}, {2, 9, 6}};

  private static Array random(Shape shape, double mean) {
    Random random = new Random(5);
    return Array.generate(DType.FLOAT64, shape, i -> mean + random.nextGaussian());
  }

  private static double[] weight(Normalization layer, int i) {
    return layer.weights().get(i).value().doubles();
  }

  @Test
  void each_index_of_the_last_axis_gets_a_mean_and_a_biased_variance() {
    Normalization layer = Normalization.of();
    layer.adapt(DATA);
    assertThat(weight(layer, 0)).containsExactly(1, 8, 5);
    assertThat(weight(layer, 1)).containsExactly(1, 1, 1);
    assertThat(layer.weights().stream().map(Variable::name))
        .containsExactly("mean", "variance", "count");
    assertThat(layer.weights()).noneMatch(Variable::trainable);
    assertThat(layer.weights().get(2).value()).isEqualTo(Array.of(Shape.scalar(), 0L));
  }

  @Test
  void data_of_any_type_and_rank_are_taken_along_the_kept_axes() {
    Array x = random(Shape.of(5, 3, 2, 4), 1);
    Normalization layer = Normalization.of().axis(3, 1);
    layer.adapt(x);
    Normalization all = Normalization.of().axis();
    all.adapt(x);
    double[][] sums = new double[13][2];
    for (int i = 0; i < x.size(); i++) {
      for (int place : new int[] {i / 8 % 3 * 4 + i % 4, 12}) {
        sums[place][0] += x.number(i);
        sums[place][1] += x.number(i) * x.number(i);
      }
    }
    for (int place = 0; place < 13; place++) {
      Normalization adapted = place < 12 ? layer : all;
      int n = place < 12 ? 10 : 120;
      double mean = sums[place][0] / n;
      assertThat(weight(adapted, 0)[place % 12]).isCloseTo(mean, within(1e-6));
      assertThat(weight(adapted, 1)[place % 12])
          .isCloseTo(sums[place][1] / n - mean * mean, within(1e-6));
    }
    Normalization whole = Normalization.of();
    whole.adapt(Array.of(new int[][] {{1}, {2}, {6}}));
    assertThat(weight(whole, 0)).containsExactly(3);
    Normalization doubles = Normalization.of();
    doubles.adapt(new double[][] {{1}, {2}, {6}});
    assertThat(weight(doubles, 1)).containsExactly((float) (14 / 3.0));
  }

  @Test
  void a_stream_of_batches_is_as_good_as_all_at_once() {
    Array x = random(Shape.of(103, 4), 3);
    Normalization whole = Normalization.of();
    whole.adapt(x);
    Normalization parts = Normalization.of();
    parts.adapt(IntStream.range(0, 11).mapToObj(i -> x.slice(10 * i, Math.min(103, 10 * i + 10))));
    assertThat(weight(parts, 0)).isEqualTo(weight(whole, 0));
    assertThat(weight(parts, 1)).isEqualTo(weight(whole, 1));
  }

  @Test
  void a_mean_far_above_the_deviation_does_not_spoil_the_variance() {
    Array x = random(Shape.of(10_000, 1), 1e8);
    Normalization layer = Normalization.of();
    layer.adapt(x);
    assertThat(weight(layer, 1)[0]).isCloseTo(1, within(0.05));
  }

  @Test
  void models_use_what_was_adapted_at_once_and_adapting_again_replaces_it() {
    Normalization layer = Normalization.of();
    try (Sequential model = Sequential.of(Input.of(3), layer, Dense.of(1));
        Sequential other = Sequential.of(Input.of(3), layer)) {
      float[][] row = {{2, 10, 8}};
      assertThat(other.predict(row).floats2d()).isDeepEqualTo(row);
      layer.adapt(DATA);
      assertThat(other.predict(row).floats2d()).isDeepEqualTo(new float[][] {{1, 2, 3}});
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      model.fit(Data.of(DATA, new float[4][1]), Fit.epochs(2));
      assertThat(weight(layer, 0)).as("training leaves it alone").containsExactly(1, 8, 5);
      assertThat(layer.weights().get(0).home()).as("it lives in a runtime").isPresent();
      layer.adapt(new float[][] {{0, 8, 8}, {4, 8, 12}});
      assertThat(other.predict(row).floats2d()).isDeepEqualTo(new float[][] {{0, 2e7f, -1}});
      float before = model.predict(row).array().floats()[0];
      layer.adapt(DATA);
      assertThat(model.predict(row).array().floats()[0]).isNotEqualTo(before);
      assertThat(other.predict(row).floats2d()).isDeepEqualTo(new float[][] {{1, 2, 3}});
    }
  }

  @Test
  void adapting_what_is_given_or_does_not_fit_is_refused() {
    Normalization given = Normalization.of().mean(1).variance(2).named("n");
    assertThatThrownBy(() -> given.adapt(DATA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "adapt: the mean and variance of \"n\" (Normalization) are given; leave them out to"
                + " adapt it");
    Normalization layer = Normalization.of().named("n");
    layer.adapt(DATA);
    assertThatThrownBy(() -> layer.adapt(new float[][] {{1, 2}}))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "adapt: \"n\" (Normalization) has means of shape (3), but data of shape (1, 2) have (2)"
                + " along the axes [-1]");
    assertThatThrownBy(() -> layer.adapt(Stream.of(Array.of(DATA), Array.of(new float[1][2]))))
        .isInstanceOf(ShapeException.class);
    assertThat(weight(layer, 0)).as("a refusal changes nothing").containsExactly(1, 8, 5);
    assertThatThrownBy(() -> layer.adapt(Stream.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("adapt: expected data, got none");
    assertThatThrownBy(() -> layer.adapt(Array.of(Shape.of(0, 3), new float[0])))
        .hasMessage("adapt: expected data, got none");
    assertThatThrownBy(() -> layer.adapt(Array.of(Shape.of(1, 3), "a", "b", "c")))
        .hasMessage("adapt: expected numbers, got strings; look them up first");
    assertThatThrownBy(() -> layer.adapt(Array.scalar(1)))
        .hasMessage("adapt: expected data with a batch axis, got a number");
    assertThatThrownBy(() -> layer.apply(Input.of(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("it was built for float32(?, 3)");
    assertThatThrownBy(() -> layer.invert(true)).isInstanceOf(IllegalStateException.class);
  }
}
