package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.Call;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L2;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** A layer applied to each step. */
class TimeDistributedTest {
  private static Array random(long... shape) {
    Random random = new Random(7);
    return Array.generate(DType.FLOAT32, Shape.of(shape), i -> random.nextGaussian());
  }

  /** Divides by the sum over the batch, and adds the mean to the loss. */
  private static final class ShareOfBatch extends UnaryLayer {
    private final boolean mixes;

    ShareOfBatch(boolean mixes) {
      this.mixes = mixes;
    }

    @Override
    protected boolean mixesSamples(boolean training) {
      return mixes;
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      call.addLoss(Numbers.constant(call.tf(), call.dtype(), 1));
      return call.tf().math.div(x, call.tf().sum(x, call.tf().constant(0)));
    }
  }

  @Test
  void a_layer_that_mixes_samples_is_called_for_each_step() {
    Array ones = Array.filled(DType.FLOAT32, Shape.of(4, 3, 2), 1);
    var apart = LayerRun.of(TimeDistributed.of(new ShareOfBatch(true)), ones).run();
    assertThat(apart.output()).isEqualTo(Array.filled(DType.FLOAT32, ones.shape(), 1 / 4.0));
    assertThat(apart.losses()).hasSize(3);
    var together = LayerRun.of(TimeDistributed.of(new ShareOfBatch(false)), ones).run();
    assertThat(together.output()).isEqualTo(Array.filled(DType.FLOAT32, ones.shape(), 1 / 12.0));
    assertThat(together.losses()).hasSize(1);
  }

  @Test
  void such_a_layer_needs_a_known_number_of_steps() {
    try (Sequential model =
        Sequential.of(Input.of(-1, 2), TimeDistributed.of(new ShareOfBatch(true)))) {
      assertThatThrownBy(() -> model.predict(random(3, 2, 2)))
          .hasMessage(
              "Layer \"time_distributed\" (TimeDistributed): ShareOfBatch looks at all samples of a"
                  + " step, so it is called once for each step; give the input a known number of"
                  + " steps");
    }
  }

  @Test
  void statistics_move_once_for_each_step_and_count_its_unmasked_samples() {
    Array x = Array.of(Shape.of(2, 2, 1), 1f, 10f, 3f, 20f);
    var layer = TimeDistributed.of(BatchNormalization.of().momentum(0.5));
    var all = LayerRun.of(layer, x).training().run();
    assertThat(all.update("moving_mean")).isCloseTo(0.5 * (0.5 * 2) + 0.5 * 15, within(1e-5));
    var masked =
        LayerRun.of(TimeDistributed.of(BatchNormalization.of().momentum(0.5)), x)
            .mask(0, true, false, true, true)
            .training()
            .run();
    assertThat(masked.update("moving_mean")).isCloseTo(0.5 * (0.5 * 2) + 0.5 * 20, within(1e-5));
    assertThat(masked.mask()).contains(Array.of(Shape.of(2, 2), true, false, true, true));
  }

  @Test
  void noise_differs_from_step_to_step() {
    Array ones = Array.filled(DType.FLOAT32, Shape.of(20, 30, 40), 1);
    float[] y =
        LayerRun.of(TimeDistributed.of(Dropout.of(0.5)), ones).training().run().output().floats();
    float[] first = Arrays.copyOf(y, 40);
    assertThat(Arrays.copyOfRange(y, 40, 80)).isNotEqualTo(first);
    assertThat(Arrays.copyOfRange(y, 1200, 1240)).isNotEqualTo(first);
    float[] shared =
        LayerRun.of(TimeDistributed.of(Dropout.of(0.5).noiseShape(1, 40)), ones)
            .training()
            .run()
            .output()
            .floats();
    assertThat(Arrays.copyOfRange(shared, 1200, 1240)).isEqualTo(Arrays.copyOf(shared, 40));
    assertThat(Arrays.copyOfRange(shared, 40, 80)).isNotEqualTo(Arrays.copyOf(shared, 40));
  }

  @Test
  void a_penalty_on_outputs_counts_inside_a_model_alone() {
    Array ones = Array.filled(DType.FLOAT32, Shape.of(4, 3, 2), 1);
    var dense = Dense.of(2).activityRegularizer(L2.of(0.5));
    assertThat(LayerRun.of(TimeDistributed.of(dense), ones).run().losses()).isEmpty();
    try (Model model = Sequential.of(Input.of(2), ActivityRegularization.of().l2(0.5))) {
      assertThat(LayerRun.of(TimeDistributed.of(model), ones).run().losses())
          .containsExactly(Array.scalar(1), Array.scalar(1), Array.scalar(1));
    }
  }

  @Test
  void weights_are_the_inner_layers_and_freeze_with_it() {
    Dense dense = Dense.of(2);
    TimeDistributed layer = TimeDistributed.of(dense);
    try (Sequential model = Sequential.of(Input.of(3, 4), layer)) {
      assertThat(model.getWeights().keySet())
          .containsExactly("time_distributed/layer/kernel", "time_distributed/layer/bias");
      assertThat(layer.weights()).isEqualTo(dense.weights());
      layer.freeze();
      assertThat(dense.weights()).noneMatch(Variable::trainable);
      layer.unfreeze();
      assertThat(dense.weights()).allMatch(Variable::trainable);
    }
    Dense other = Dense.of(2);
    Layer frozen = TimeDistributed.of(other).trainable(false);
    frozen.apply(Input.of(3, 4));
    assertThat(frozen.weights()).hasSize(2).noneMatch(Variable::trainable);
  }

  @Test
  void a_layer_shared_with_another_place_shares_its_weights() {
    Dense dense = Dense.of(2);
    Input sequence = Input.of(3, 4);
    Input vector = Input.of(4);
    try (Model model =
        Model.of(
            List.of(sequence, vector),
            List.of(TimeDistributed.of(dense).apply(sequence), dense.apply(vector)))) {
      assertThat(model.weights()).hasSize(2);
      Array x = random(5, 3, 4);
      Array steps = x.reshape(Shape.of(15, 4));
      List<String> names = model.inputNames();
      var all =
          model
              .predict(Data.inputs(names.get(0), x).input(names.get(1), steps.slice(0, 5)))
              .all()
              .values()
              .iterator();
      float[] apart = all.next().floats();
      assertThat(Arrays.copyOf(apart, 10)).isEqualTo(all.next().floats());
    }
  }

  @Test
  void steps_and_their_sizes_may_be_unknown() {
    try (Sequential model =
        Sequential.of(Input.of(-1, -1, 3), TimeDistributed.of(GlobalAveragePooling1D.of()))) {
      assertThat(model.output().shape().asArray()).containsExactly(-1, -1, 3);
      for (int steps : new int[] {2, 5}) {
        Array y = model.predict(random(4, steps, 7, 3)).array();
        assertThat(y.shape()).isEqualTo(Shape.of(4, steps, 3));
      }
    }
  }

  @Test
  void whole_numbers_stay_whole_and_the_wrapper_sets_the_type_of_the_rest() {
    Array ids = Array.of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    assertThat(LayerRun.of(TimeDistributed.of(Permute.of(1)), ids).run().output()).isEqualTo(ids);
    var half = TimeDistributed.of(Dense.of(2)).dtype(DTypePolicy.MIXED_BFLOAT16);
    assertThat(half.apply(Input.of(2, 3)).spec().dtype()).isEqualTo(DType.BFLOAT16);
    assertThat(
            LayerRun.of(
                    TimeDistributed.of(Dense.of(2)).dtype(DTypePolicy.MIXED_BFLOAT16),
                    random(1, 2, 3))
                .run()
                .output()
                .dtype())
        .isEqualTo(DType.BFLOAT16);
  }

  @Test
  void a_model_inside_is_written_read_and_trained() {
    Sequential inner =
        Sequential.of(Input.of(4), Dense.of(3).named("first"), BatchNormalization.of());
    try (Sequential model =
        Sequential.of(Input.of(2, 4), TimeDistributed.of(inner).named("steps"), Flatten.of())) {
      model.compile(SGD.of(0.01), MeanSquaredError.of());
      model.fit(Data.of(random(8, 2, 4), random(8, 6)), Fit.epochs(1));
      String json = model.toJson();
      try (Model read = Models.fromJson(json)) {
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(read.getWeights().keySet())
            .isEqualTo(model.getWeights().keySet())
            .contains("steps/layer/first/kernel");
        read.setWeights(model.getWeights());
        Array x = random(3, 2, 4);
        assertThat(read.predict(x).array()).isEqualTo(model.predict(x).array());
      }
    }
  }

  @Test
  void a_mask_without_steps_is_refused() {
    assertThatThrownBy(
            () ->
                LayerRun.of(TimeDistributed.of(BatchNormalization.of()), random(2, 3, 4))
                    .vectorMask(0, true, false)
                    .run())
        .hasMessage(
            "Layer \"layer\" (TimeDistributed): mask: expected a mask [batch, steps], got one of"
                + " shape (2)");
  }
}
