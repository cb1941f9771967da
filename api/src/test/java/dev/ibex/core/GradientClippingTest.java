package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
  private static final OptimizerOptions NONE = OptimizerOptions.of("o", 0.5);

  private static OptimizerOptions with(String component, double value) {
    return Records.with(NONE, component, Optional.of(value));
  }

  private static List<Array> clip(OptimizerOptions o, float[]... gradients) {
    List<Array> in = java.util.Arrays.stream(gradients).map(Array::of).toList();
    return Evaluation.of(
        (tf, x) ->
            GradientClipping.clip(tf, o, x.stream().map(g -> Gradient.of(Numbers.of(g))).toList())
                .stream()
                .map(Gradient::whole)
                .toList(),
        in);
  }

  @Test
  void leaves_gradients_alone_without_options() {
    assertThat(clip(NONE, new float[] {30, -40}).get(0).floats()).containsExactly(30f, -40f);
  }

  @Test
  void limits_each_norm() {
    List<Array> clipped = clip(with("clipnorm", 10), new float[] {30, 40}, new float[] {3, 4});
    assertThat(clipped.get(0).floats()).containsExactly(6f, 8f);
    assertThat(clipped.get(1).floats()).containsExactly(3f, 4f);
  }

  @Test
  void a_zero_gradient_stays_zero() {
    assertThat(clip(with("clipnorm", 1), new float[] {0}).get(0).floats()).containsExactly(0f);
    assertThat(clip(with("globalClipnorm", 1), new float[] {0}).get(0).floats())
        .containsExactly(0f);
  }

  @Test
  void limits_each_element() {
    assertThat(clip(with("clipvalue", 2), new float[] {-3, 1, 5}).get(0).floats())
        .containsExactly(-2f, 1f, 2f);
  }

  @Test
  void limits_the_norm_of_all() {
    List<Array> clipped = clip(with("globalClipnorm", 1), new float[] {3}, new float[] {4});
    assertThat(clipped.get(0).number(0)).isEqualTo(0.6f);
    assertThat(clipped.get(1).number(0)).isEqualTo(0.8f);
  }

  @Test
  void an_infinite_norm_spoils_all() {
    List<Array> clipped =
        clip(with("globalClipnorm", 1), new float[] {Float.POSITIVE_INFINITY}, new float[] {4});
    assertThat(clipped.get(1).number(0)).isNaN();
  }

  @Test
  void decays_by_the_learning_rate() {
    Array w =
        Evaluation.of(
                (tf, x) ->
                    List.of(
                        GradientClipping.decayed(
                            tf,
                            0.25,
                            Numbers.of(x.get(0)),
                            Numbers.constant(tf, DType.FLOAT32, 0.5))),
                Array.of(new float[] {8}))
            .get(0);
    assertThat(w.floats()).containsExactly(7f);
  }
}
