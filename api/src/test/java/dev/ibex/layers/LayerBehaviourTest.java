package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Arguments;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Initializers;
import dev.ibex.regularizers.Regularizers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class LayerBehaviourTest {
  @Test
  void batch_normalization_moves_its_statistics_in_training_only() {
    Array x = Array.of(Shape.of(4, 1), 1f, 2f, 3f, 6f);
    var trained = LayerRun.of(BatchNormalization.of().momentum(0.9), x).training().run();
    assertThat(trained.update("moving_mean")).isCloseTo(0.3, within(1e-6));
    assertThat(trained.update("moving_variance")).isCloseTo(0.9 + 0.1 * 3.5, within(1e-6));
    assertThat(trained.output().number(3)).isCloseTo(3 / Math.sqrt(3.501), within(1e-5));
    var frozen = LayerRun.of(BatchNormalization.of(), x).training().frozen().run();
    assertThat(frozen.updates()).isEmpty();
    assertThat(frozen.output().number(3)).isCloseTo(6 / Math.sqrt(1.001), within(1e-5));
  }

  @Test
  void batch_normalization_counts_unmasked_steps_only() {
    Array x = Array.of(Shape.of(1, 3, 1), 1f, 3f, 100f);
    var run = LayerRun.of(BatchNormalization.of().momentum(0), x).mask(0, true, true, false);
    var result = run.training().run();
    assertThat(result.update("moving_mean")).isCloseTo(2, within(1e-5));
    assertThat(result.update("moving_variance")).isCloseTo(1, within(1e-5));
    assertThat(result.mask()).contains(Array.of(Shape.of(1, 3), true, true, false));
  }

  @Test
  void half_precision_statistics_are_summed_in_float32() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(4096, 1), 300);
    var layer = BatchNormalization.of().momentum(0).dtype(DTypePolicy.MIXED_FLOAT16);
    var result = LayerRun.of(layer, x).training().run();
    assertThat(result.update("moving_mean")).isEqualTo(300);
    assertThat(result.output().dtype()).isEqualTo(DType.FLOAT16);
  }

  @Test
  void negative_ids_count_from_the_end_of_the_table() {
    Array ids = Array.of(Shape.of(1, 2), -1, 2);
    float[] y =
        LayerRun.of(
                Embedding.of(3, 2).embeddingsInitializer(Initializers.randomUniform().seed(1)), ids)
            .run()
            .output()
            .floats();
    assertThat(y[0]).isEqualTo(y[2]).isNotZero();
  }

  @Test
  void large_ids_survive_a_half_precision_policy() {
    Array ids = Array.of(Shape.of(1, 1), 257f);
    var run =
        LayerRun.of(
            Embedding.of(258, 1)
                .maskZero(true)
                .embeddingsInitializer(
                    (tf, shape, dtype, seed) ->
                        dev.ibex.graph.Numbers.of(
                            tf.reshape(
                                tf.range(tf.constant(0f), tf.constant(258f), tf.constant(1f)),
                                tf.constant(new int[] {258, 1}))))
                .dtype(DTypePolicy.MIXED_FLOAT16),
            ids);
    assertThat(run.run().output().number(0)).isEqualTo(257);
  }

  @Test
  void a_penalty_on_the_output_is_divided_by_the_batch() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(4, 2), 1);
    var layer =
        Dense.of(3)
            .kernelInitializer(Initializers.ones())
            .activityRegularizer(Regularizers.l2(0.5));
    assertThat(LayerRun.of(layer, x).run().losses())
        .containsExactly(Array.scalar(0.5f * 4 * 12 / 4));
  }

  @Test
  void a_sum_is_masked_only_if_all_its_inputs_are() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(1, 2, 1), 1);
    assertThat(LayerRun.of(Add.of(), x, x).mask(0, true, false).run().mask()).isEmpty();
    assertThat(LayerRun.of(Add.of(), x, x).mask(0, true, false).mask(1, false, false).run().mask())
        .contains(Array.of(Shape.of(1, 2), true, false));
  }

  @Test
  void inputs_of_different_types_become_the_wider_one() {
    Array ints = Array.of(Shape.of(1, 2), 1, 2);
    Array floats = Array.of(Shape.of(1, 2), 0.5f, 0.25f);
    assertThat(LayerRun.of(Add.of(), ints, floats).run().output())
        .isEqualTo(Array.of(Shape.of(1, 2), 1.5f, 2.25f));
  }

  @Test
  void softmax_counts_what_a_mask_given_by_name_says_and_does_not_pass_it_on() {
    Input x = Input.of(3, 1).named("x");
    Input mask = Input.of(3, 1).named("mask");
    SymbolicTensor y = Softmax.of().axis(1).apply(Arguments.of(x).with("mask", mask));
    SymbolicTensor mean = GlobalAveragePooling1D.of().apply(y);
    try (Model model = Model.of(List.of(x, mask), List.of(y, mean))) {
      Shape shape = Shape.of(1, 3, 1);
      Data data =
          Data.inputs("x", Array.of(shape, 2f, 7f, 2f))
              .input("mask", Array.of(shape, 1f, 0.5f, 0.75f));
      var outputs = model.predict(data).all().values().iterator();
      assertThat(outputs.next().floats()).containsExactly(0.5f, 0, 0.5f);
      assertThat(outputs.next().number(0)).isCloseTo(1 / 3.0, within(1e-6));
    }
  }

  @Test
  void layer_normalization_does_not_round_its_input_to_a_half_precision() {
    Array x = Array.of(Shape.of(1, 2), 1000f, 1001f); // both 1000 in bfloat16
    var layer = LayerNormalization.of().epsilon(0).dtype(DTypePolicy.MIXED_BFLOAT16);
    Array y = LayerRun.of(layer, x).run().output();
    assertThat(y.dtype()).isEqualTo(DType.BFLOAT16);
    assertThat(y.number(0)).isEqualTo(-1);
    assertThat(y.number(1)).isEqualTo(1);
  }

  @Test
  void images_keep_their_type_between_pixels_and_whole_numbers_are_rounded_within_it() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(1, 2, 2, 1), 1);
    var half = UpSampling2D.of().interpolation(Interpolation.BICUBIC);
    assertThat(LayerRun.of(half.dtype(DTypePolicy.MIXED_BFLOAT16), x).run().output().dtype())
        .isEqualTo(DType.BFLOAT16);
    Array bytes = Array.of(Shape.of(1, 1, 4, 1), 0, 0, 255, 255).cast(DType.UINT8);
    Array y =
        LayerRun.of(UpSampling2D.of(1, 2).interpolation(Interpolation.BICUBIC), bytes)
            .run()
            .output();
    assertThat(y.dtype()).isEqualTo(DType.UINT8);
    assertThat(y.doubles()).containsExactly(0, 0, 0, 52, 203, 255, 255, 255);
  }

  @Test
  void causal_windows_see_nothing_that_comes_later() {
    Array x = Array.of(Shape.of(1, 4, 1), 1f, 10f, 100f, 1000f);
    var layer = Conv1D.of(1, 2).padding(Padding.CAUSAL).kernelInitializer(Initializers.ones());
    assertThat(LayerRun.of(layer, x).run().output().floats()).containsExactly(1, 11, 110, 1100);
  }

  @Test
  void half_precision_means_are_summed_in_float32() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(1, 4096, 1), 300);
    var layer = GlobalAveragePooling1D.of().dtype(DTypePolicy.MIXED_FLOAT16);
    assertThat(LayerRun.of(layer, x).run().output().number(0)).isEqualTo(300);
  }
}
