package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.core.Configurable;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** What layers draw in training, against their definition over many draws. */
class RandomLayersTest {
  private static final Shape IMAGES = Shape.of(60, 3, 4, 50);
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
        drops(SpatialDropout1D.of(RATE), Shape.of(60, 3, 200), 1),
        drops(SpatialDropout2D.of(RATE), Shape.of(60, 3, 4, 200), 1, 2),
        drops(
            SpatialDropout2D.of(RATE).dataFormat(DataFormat.CHANNELS_FIRST),
            Shape.of(60, 200, 3, 4),
            2,
            3));
  }

  static Stream<Arguments> seeded() {
    return Stream.of(
        seeded(Dropout.of(0.5), s -> Dropout.of(0.5).seed(s)),
        seeded(SpatialDropout1D.of(0.5), s -> SpatialDropout1D.of(0.5).seed(s)),
        seeded(SpatialDropout2D.of(0.5), s -> SpatialDropout2D.of(0.5).seed(s)),
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
    return layer instanceof SpatialDropout1D ? Shape.of(60, 3, 50) : IMAGES;
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
    assertRate(units(trained(layer, shape, 1, 0), together), (float) (1 / (1 - RATE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dropping")
  void half_a_precision_drops_as_much(Layer layer, Shape shape, List<Integer> together) {
    Layer half = (Layer) ((Configurable<?>) layer).dtype(DTypePolicy.MIXED_BFLOAT16);
    assertRate(units(trained(half, shape, 1, 0), together), 1.4296875f);
  }

  private static void assertRate(List<Float> units, float scaled) {
    double dropped = 0;
    double both = 0;
    for (int i = 0; i < units.size(); i++) {
      assertThat(units.get(i)).isIn(0f, scaled);
      dropped += units.get(i) == 0 ? 1 : 0;
      both += units.get(i) == 0 && units.get((i + 1) % units.size()) == 0 ? 1 : 0;
    }
    double deviation = Math.sqrt(RATE * (1 - RATE) / units.size());
    assertThat(dropped / units.size()).isCloseTo(RATE, within(4 * deviation));
    assertThat(both / units.size()).isCloseTo(RATE * RATE, within(6 * deviation));
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
        Arguments.of(GaussianNoise.of(0), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void gaussian_noise_has_its_deviation_and_is_drawn_for_each_element(DTypePolicy policy) {
    double deviation = 0.25;
    Array y = trained(GaussianNoise.of(deviation).dtype(policy), Shape.of(100, 200), 1, 0);
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

  static Stream<DTypePolicy> policies() {
    return Stream.of(DTypePolicy.FLOAT32, DTypePolicy.FLOAT64, DTypePolicy.MIXED_BFLOAT16);
  }
}
