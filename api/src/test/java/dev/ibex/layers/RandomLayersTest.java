package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.applications.StochasticDepth;
import dev.ibex.core.Configurable;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** What layers draw in training, against their definition over many draws. */
class RandomLayersTest {
  private static final Shape IMAGES = Shape.of(60, 3, 4, 50);
  private static final Shape VOLUMES = Shape.of(60, 200, 2, 3, 2);
  private static final double RATE = 0.3;

  /** A layer that drops, what it is fed, and the axes along which it drops all or nothing. */
  private static Arguments drops(Layer layer, Shape input, Integer... together) {
    return Arguments.of(layer, input, List.of(together));
  }

  static Stream<Arguments> dropping() {
    return Stream.of(
        drops(Dropout.of(RATE), Shape.of(60, 200)),
        drops(Dropout.of(RATE).noiseShape(-1, 1, -1), Shape.of(60, 3, 200), 1),
        drops(Dropout.of(RATE).noiseShape(1, 3, 4000), Shape.of(5, 3, 4000), 0),
        drops(StochasticDepth.of(RATE), Shape.of(12000, 2, 2), 1, 2),
        drops(SpatialDropout1D.of(RATE), Shape.of(60, 3, 200), 1),
        drops(SpatialDropout2D.of(RATE), Shape.of(60, 3, 4, 200), 1, 2),
        drops(
            SpatialDropout2D.of(RATE).dataFormat(DataFormat.CHANNELS_FIRST),
            Shape.of(60, 200, 3, 4),
            2,
            3),
        drops(SpatialDropout3D.of(RATE), Shape.of(60, 2, 3, 2, 200), 1, 2, 3),
        drops(SpatialDropout3D.of(RATE).dataFormat(DataFormat.CHANNELS_FIRST), VOLUMES, 2, 3, 4));
  }

  static Stream<Arguments> seeded() {
    return Stream.of(
        seeded(Dropout.of(0.5), s -> Dropout.of(0.5).seed(s)),
        seeded(SpatialDropout1D.of(0.5), s -> SpatialDropout1D.of(0.5).seed(s)),
        seeded(SpatialDropout2D.of(0.5), s -> SpatialDropout2D.of(0.5).seed(s)),
        seeded(SpatialDropout3D.of(0.5), s -> SpatialDropout3D.of(0.5).seed(s)),
        seeded(AlphaDropout.of(0.5), s -> AlphaDropout.of(0.5).seed(s)),
        seeded(GaussianDropout.of(0.5), s -> GaussianDropout.of(0.5).seed(s)),
        seeded(GaussianNoise.of(0.5), s -> GaussianNoise.of(0.5).seed(s)));
  }

  private static Arguments seeded(Layer layer, LongFunction<Layer> withSeed) {
    return Arguments.of(layer, withSeed);
  }

  private static LayerRun run(Layer layer, Shape shape) {
    return LayerRun.of(layer, Array.filled(DType.FLOAT32, shape, 1));
  }

  private static Array trained(Layer layer, Shape shape, long seed, long step) {
    return run(layer, shape).training().seed(seed).step(step).run().output();
  }

  private static Shape shape(Layer layer) {
    return layer instanceof SpatialDropout1D
        ? Shape.of(60, 3, 50)
        : layer instanceof SpatialDropout3D ? VOLUMES : IMAGES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seeded")
  void nothing_happens_at_inference(Layer layer, LongFunction<Layer> withSeed) {
    Shape shape = shape(layer);
    assertThat(run(layer, shape).run().output()).isEqualTo(Array.filled(DType.FLOAT32, shape, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seeded")
  void each_step_and_each_seed_draws_anew_and_the_same_again(
      Layer layer, LongFunction<Layer> withSeed) {
    Shape shape = shape(layer);
    assertThat(trained(layer, shape, 1, 0)).isEqualTo(trained(layer, shape, 1, 0));
    assertThat(trained(layer, shape, 1, 0)).isNotEqualTo(trained(layer, shape, 1, 1));
    assertThat(trained(layer, shape, 1, 0)).isNotEqualTo(trained(layer, shape, 2, 0));
    assertThat(trained(withSeed.apply(3), shape, 1, 0))
        .isEqualTo(trained(withSeed.apply(3), shape, 2, 0))
        .isNotEqualTo(trained(withSeed.apply(4), shape, 1, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dropping")
  void a_part_is_dropped_and_the_rest_is_scaled(Layer layer, Shape shape, List<Integer> together) {
    assertRate(units(trained(layer, shape, 1, 0), together), 0, (float) (1 / (1 - RATE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dropping")
  void half_a_precision_drops_as_much(Layer layer, Shape shape, List<Integer> together) {
    Layer half = (Layer) ((Configurable<?>) layer).dtype(DTypePolicy.MIXED_BFLOAT16);
    assertRate(units(trained(half, shape, 1, 0), together), 0, 1.4296875f);
  }

  private static void assertRate(List<Float> units, float dropped, float kept) {
    double gone = 0;
    double both = 0;
    for (int i = 0; i < units.size(); i++) {
      assertThat(units.get(i)).isIn(dropped, kept);
      gone += units.get(i) == dropped ? 1 : 0;
      both += units.get(i) == dropped && units.get((i + 1) % units.size()) == dropped ? 1 : 0;
    }
    double deviation = Math.sqrt(RATE * (1 - RATE) / units.size());
    assertThat(gone / units.size()).isCloseTo(RATE, within(4 * deviation));
    assertThat(both / units.size()).isCloseTo(RATE * RATE, within(6 * deviation));
  }

  static Stream<Arguments> alpha() {
    return Stream.of(
        drops(AlphaDropout.of(RATE), Shape.of(60, 200)),
        drops(AlphaDropout.of(RATE).noiseShape(-1, 1, -1), Shape.of(60, 3, 200), 1),
        drops(AlphaDropout.of(RATE).noiseShape(1, 3, 4000), Shape.of(5, 3, 4000), 0));
  }

  /** Of ones: a · 1 + b, or a · p + b. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("alpha")
  void alpha_dropout_puts_the_lowest_of_selu_in_a_part(
      Layer layer, Shape shape, List<Integer> together) {
    double a = 0.8609526162463561; // by Keras's formula, from its alpha and scale
    double b = 0.4540920681370629;
    double p = -1.7580993408473766;
    assertThat(a).isCloseTo(Math.pow(0.7 * (1 + 0.3 * p * p), -0.5), within(1e-12));
    List<Float> units = units(trained(layer, shape, 1, 0), together);
    assertRate(units, (float) a * (float) p + (float) b, (float) a + (float) b);
  }

  @Test
  void alpha_dropout_keeps_mean_and_variance_of_normal_numbers() {
    int n = 60 * 400;
    Random random = new Random(5);
    Array x = Array.generate(DType.FLOAT64, Shape.of(60, 400), i -> random.nextGaussian());
    Layer layer = AlphaDropout.of(0.4).dtype(DTypePolicy.FLOAT64);
    double[] y = LayerRun.of(layer, x).training().seed(1).run().output().doubles();
    double mean = DoubleStream.of(y).average().orElseThrow();
    double variance = DoubleStream.of(y).map(v -> v * v).average().orElseThrow() - mean * mean;
    assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(variance).isCloseTo(1, within(6 * Math.sqrt(2.0 / n)));
  }

  static Stream<Layer> endless() {
    return Stream.of(AlphaDropout.of(1), GaussianDropout.of(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endless")
  void a_rate_of_one_cannot_train_where_it_leaves_nothing(Layer layer) {
    assertThat(run(layer, IMAGES).run().output()).isEqualTo(Array.filled(DType.FLOAT32, IMAGES, 1));
    assertThatThrownBy(() -> trained(layer, IMAGES, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate: 1 ")
        .hasMessageEndingWith("train with less");
  }

  /** Returns what each unit of noise came to, having seen that it is the same all over the unit. */
  private static List<Float> units(Array y, List<Integer> together) {
    Map<Integer, Float> units = new HashMap<>();
    List<Float> values = new ArrayList<>();
    long[] dims = y.shape().asArray();
    for (int i = 0; i < y.size(); i++) {
      int key = 0;
      int stride = y.size();
      for (int axis = 0; axis < dims.length; axis++) {
        stride /= (int) dims[axis];
        int at = together.contains(axis) ? 0 : i / stride % (int) dims[axis];
        key = key * (int) dims[axis] + at;
      }
      float value = (float) y.number(i);
      Float before = units.putIfAbsent(key, value);
      if (before == null) {
        values.add(value);
      } else {
        assertThat(value).isEqualTo(before);
      }
    }
    assertThat(values).hasSizeGreaterThan(5000);
    return values;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void at_its_ends_a_layer_drops_nothing_or_all(Layer layer, double expected) {
    assertThat(trained(layer, shape(layer), 1, 0))
        .isEqualTo(Array.filled(DType.FLOAT32, shape(layer), expected));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(Dropout.of(0), 1),
        Arguments.of(Dropout.of(1), 0),
        Arguments.of(SpatialDropout1D.of(0), 1),
        Arguments.of(SpatialDropout1D.of(1), 0),
        Arguments.of(SpatialDropout2D.of(0), 1),
        Arguments.of(SpatialDropout2D.of(1), 0),
        Arguments.of(SpatialDropout3D.of(0), 1),
        Arguments.of(SpatialDropout3D.of(1), 0),
        Arguments.of(AlphaDropout.of(0), 1),
        Arguments.of(GaussianDropout.of(0), 1),
        Arguments.of(GaussianNoise.of(0), 1));
  }

  /** On ones, noise that is added and noise that multiplies are the same. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("normal")
  void normal_noise_has_its_deviation_and_is_drawn_for_each_element(
      Layer layer, DTypePolicy policy, double deviation) {
    Layer typed = (Layer) ((Configurable<?>) layer).dtype(policy);
    Array y = trained(typed, Shape.of(100, 200), 1, 0);
    int n = y.size();
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    double neighbours = 0;
    double rows = 0;
    for (int i = 0; i < n; i++) {
      double off = y.number(i) - 1;
      sum += off;
      squares += off * off;
      fourth += Math.pow(off, 4);
      neighbours += off * (y.number((i + 1) % n) - 1);
      rows += off * (y.number((i + 200) % n) - 1);
    }
    double variance = deviation * deviation;
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / n)));
    assertThat(fourth / n / variance / variance).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    assertThat(neighbours / n).isCloseTo(0, within(4 * variance / Math.sqrt(n)));
    assertThat(rows / n).isCloseTo(0, within(4 * variance / Math.sqrt(n)));
  }

  static Stream<Arguments> normal() {
    return Stream.of(DTypePolicy.FLOAT32, DTypePolicy.FLOAT64, DTypePolicy.MIXED_BFLOAT16)
        .flatMap(
            policy ->
                Stream.of(
                    Arguments.of(GaussianNoise.of(0.25), policy, 0.25),
                    Arguments.of(GaussianDropout.of(0.2), policy, 0.5)));
  }

  @Test
  void gaussian_dropout_multiplies() {
    Array x = Array.of(new float[][] {{0, 1, 2}, {-4, 0.5f, 8}});
    Array noise = trained(GaussianDropout.of(0.2), Shape.of(2, 3), 1, 0);
    double[] y =
        LayerRun.of(GaussianDropout.of(0.2), x).training().seed(1).step(0).run().output().doubles();
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isCloseTo(x.number(i) * noise.number(i), within(1e-5));
    }
  }
}
