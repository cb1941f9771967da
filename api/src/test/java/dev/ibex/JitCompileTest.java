package dev.ibex;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.core.Loss;
import dev.ibex.core.Optimizer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.NativeException;
import dev.ibex.graph.Numbers;
import dev.ibex.layers.Activation;
import dev.ibex.layers.AdaptiveAveragePooling3D;
import dev.ibex.layers.AdaptiveMaxPooling2D;
import dev.ibex.layers.AdaptiveMaxPooling3D;
import dev.ibex.layers.AveragePooling3D;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.CenterCrop;
import dev.ibex.layers.Conv1DTranspose;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Conv2DTranspose;
import dev.ibex.layers.Conv3D;
import dev.ibex.layers.Conv3DTranspose;
import dev.ibex.layers.Cropping2D;
import dev.ibex.layers.Cropping3D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.DepthwiseConv1D;
import dev.ibex.layers.DepthwiseConv2D;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.GlobalAveragePooling2D;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.MaxPooling3D;
import dev.ibex.layers.Padding;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.Resizing;
import dev.ibex.layers.SeparableConv1D;
import dev.ibex.layers.SeparableConv2D;
import dev.ibex.layers.UpSampling3D;
import dev.ibex.layers.ZeroPadding3D;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import dev.ibex.schedules.CosineDecay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

class JitCompileTest {
  /** 20 samples in batches of 8: the last batch is smaller. */
  private static final int SAMPLES = 20;

  private static final Fit FIT = Fit.epochs(3).batchSize(8);

  private static final Loss LOSS = SparseCategoricalCrossentropy.of().fromLogits(true);

  @SuppressWarnings("ImmutableEnumChecker") // shapes and suppliers do not change
  private enum Network {
    DENSE(
        Shape.of(6),
        () -> SGD.of(0.02).momentum(0.9),
        () -> Sequential.of(Input.of(6), Dense.of(16).activation(RELU), Dense.of(4))),
    /** With all that runs under a condition. */
    AVERAGED(
        Shape.of(6),
        () ->
            SGD.of(0.02)
                .learningRate(CosineDecay.of(0.01, 9).warmup(0.02, 3))
                .gradientAccumulationSteps(2)
                .useEma(true)
                .emaOverwriteFrequency(2),
        () -> Sequential.of(Input.of(6), Dense.of(16).activation(RELU), Dense.of(4))),
    SCALED(
        Shape.of(6),
        () -> LossScaleOptimizer.of(SGD.of(0.02).momentum(0.9)).dynamicGrowthSteps(2),
        () -> Sequential.of(Input.of(6), Dense.of(16).activation(RELU), Dense.of(4))),
    EMBEDDED(
        Shape.of(6),
        () -> Adam.of(0.01),
        () ->
            Sequential.of(
                Input.of(6), Embedding.of(5, 4), GlobalAveragePooling1D.of(), Dense.of(4))),
    CONVOLUTIONAL(
        Shape.of(8, 8, 2),
        () -> SGD.of(0.02).momentum(0.9),
        () ->
            Sequential.of(
                Input.of(8, 8, 2),
                Conv2D.of(4, 3).useBias(false),
                BatchNormalization.of(),
                Activation.of(RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(4))),
    DEPTHWISE(
        Shape.of(9, 8, 2),
        () -> SGD.of(0.02),
        () ->
            Sequential.of(
                Input.of(9, 8, 2),
                Cropping2D.of(1, 0, 0, 0),
                DepthwiseConv2D.of(3).strides(2).dilationRate(2).padding(Padding.SAME),
                SeparableConv2D.of(4, 2).strides(1, 2),
                Flatten.of(),
                Dense.of(4))),
    /** Windows must fit what is known only when it runs. */
    OF_ANY_SIZE(
        Shape.of(5, 6, 2),
        () -> SGD.of(0.01),
        () ->
            Sequential.of(
                Input.of(-1, -1, 2),
                Conv2D.of(3, 2).dilationRate(2).padding(Padding.SAME),
                DepthwiseConv2D.of(3).activation(RELU),
                Conv2DTranspose.of(3, 2).strides(2),
                GlobalAveragePooling2D.of(),
                Dense.of(4))),
    VOLUMES(
        Shape.of(3, 4, 3, 2),
        () -> SGD.of(0.001),
        () ->
            Sequential.of(
                Input.of(3, 4, 3, 2),
                Conv3D.of(4, 2).dilationRate(1, 2, 1).groups(2).padding(Padding.SAME),
                Conv3D.of(3, 2).strides(2, 1, 1).activation(RELU),
                Conv3DTranspose.of(2, 2).strides(1, 2, 1).outputPadding(0, 1, 0),
                Conv3DTranspose.of(2, 2).dilationRate(2).padding(Padding.SAME),
                Flatten.of(),
                Dense.of(4))),
    TRANSPOSED(
        Shape.of(3, 4, 2),
        () -> SGD.of(0.002),
        () ->
            Sequential.of(
                Input.of(3, 4, 2),
                Conv2DTranspose.of(3, 3).strides(2).padding(Padding.SAME).activation(RELU),
                Conv2DTranspose.of(2, 2).dilationRate(2, 1),
                Reshape.of(-1, 2),
                Conv1DTranspose.of(2, 2).strides(3),
                DepthwiseConv1D.of(3).strides(2).dilationRate(2).padding(Padding.SAME),
                SeparableConv1D.of(3, 2).strides(3),
                Flatten.of(),
                Dense.of(4))),
    POOLED_VOLUMES(
        Shape.of(3, 4, 5, 2),
        () -> SGD.of(0.02),
        () ->
            Sequential.of(
                Input.of(3, 4, 5, 2),
                Dense.of(3),
                UpSampling3D.of(2, 1, 1),
                AveragePooling3D.of(2).strides(1).padding(Padding.SAME),
                MaxPooling3D.of(2).strides(1),
                AdaptiveAveragePooling3D.of(3, 2, 3),
                ZeroPadding3D.of(1, 0, 0),
                Cropping3D.of(0, 1, 0, 0, 1, 0),
                AdaptiveMaxPooling3D.of(3, 1, 2),
                Flatten.of(),
                Dense.of(4))),
    IMAGES(
        Shape.of(5, 8, 2),
        () -> SGD.of(0.02),
        () ->
            Sequential.of(
                Input.of(5, 8, 2),
                Dense.of(3),
                Resizing.of(4, 4).padToAspectRatio(true),
                CenterCrop.of(3, 4),
                Resizing.of(4, 4).cropToAspectRatio(true),
                AdaptiveMaxPooling2D.of(3),
                Flatten.of(),
                Dense.of(4)));

    final Shape sample;
    final Supplier<Optimizer> optimizer;
    final Supplier<Sequential> model;

    Network(Shape sample, Supplier<Optimizer> optimizer, Supplier<Sequential> model) {
      this.sample = sample;
      this.optimizer = optimizer;
      this.model = model;
    }

    Data data() {
      Random random = new Random(3);
      Shape shape = Shape.of(SAMPLES).append(sample);
      float[] x = new float[(int) shape.size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextInt(5);
      }
      return Data.of(
          Array.of(shape, x), Array.of(Shape.of(SAMPLES), random.ints(SAMPLES, 0, 4).toArray()));
    }
  }

  /** Trains a model and returns its figures and weights. */
  private static Map<String, double[]> trained(Network network, boolean jit) {
    Map<String, double[]> all = new HashMap<>();
    try (Sequential model = network.model.get()) {
      model.seed(7);
      model.compile(
          Compile.with(network.optimizer.get())
              .loss(LOSS)
              .metrics(Metrics.accuracy())
              .jitCompile(jit));
      Data data = network.data();
      History history = model.fit(data, FIT.validation(data));
      history
          .all()
          .forEach((k, v) -> all.put(k, v.stream().mapToDouble(Double::doubleValue).toArray()));
      model.getWeights().forEach((path, a) -> all.put(path, a.cast(DType.FLOAT64).doubles()));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void compiled_steps_give_the_numbers_of_uncompiled_ones(Network network) {
    Map<String, double[]> plain = trained(network, false);
    Map<String, double[]> compiled = trained(network, true);
    assertThat(compiled).containsOnlyKeys(plain.keySet());
    // XLA fuses and reorders float32 sums: some units in the last place after nine steps
    plain.forEach(
        (key, values) ->
            assertThat(compiled.get(key)).as(key).containsExactly(values, within(2e-6)));
  }

  @Test
  void a_step_that_xla_cannot_compile_fails_with_the_place_and_the_op() {
    Loss text =
        (tf, y, p) -> {
          Operand<TNumber> length = Numbers.of(tf.strings.stringLength(tf.dtypes.asString(p)));
          return tf.math.mul(p, Numbers.cast(tf, length, DType.FLOAT32));
        };
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(1))) {
      Data data = Data.of(new float[][] {{1, 2}}, new float[][] {{1}});
      model.compile(Compile.with(SGD.of(0.1)).loss(text).jitCompile(true));
      assertThatThrownBy(() -> model.fit(data, Fit.epochs(1)))
          .isInstanceOf(NativeException.class)
          .hasMessageStartingWith(
              "Loss \"loss\" of output \"dense\", while running a training step: XLA cannot"
                  + " compile AsString, so run it without XLA.");
      model.compile(Compile.with(SGD.of(0.1)).loss(text));
      assertThat(model.fit(data, Fit.epochs(1)).get("loss")).hasSize(1);
    }
  }

  /** XLA draws other numbers from the same key, so that only their kind can be compared. */
  @Test
  void compiled_random_numbers_are_new_in_each_step_and_the_same_for_a_seed() {
    List<List<Double>> dropped = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      Input in = Input.of(1000);
      SymbolicTensor noisy = Dropout.of(0.25).named("noisy").apply(in);
      try (Model model =
          Model.of(List.of(in), List.of(noisy, Dense.of(1).named("y").apply(noisy)))) {
        model.seed(seed);
        model.compile(
            Compile.with(SGD.of(0))
                .metrics("noisy", Metrics.of("zero", (tf, y, p) -> zeros(tf, p)))
                .output("y", MeanSquaredError.of())
                .jitCompile(true));
        float[] ones = new float[8000];
        Arrays.fill(ones, 1);
        Array x = Array.of(Shape.of(8, 1000), ones);
        Data data = Data.of(x).target("noisy", x).target("y", Array.of(new float[8][1]));
        dropped.add(model.fit(data, Fit.epochs(3).batchSize(8)).get("noisy_zero"));
      }
    }
    assertThat(dropped.get(0)).doesNotHaveDuplicates().isEqualTo(dropped.get(1));
    assertThat(dropped.get(0)).isNotEqualTo(dropped.get(2));
    // 8000 draws: the standard deviation of the share is 0.005
    assertThat(dropped.get(0)).allSatisfy(p -> assertThat(p).isCloseTo(0.25, within(0.02)));
  }

  private static Operand<TNumber> zeros(Ops tf, Operand<TNumber> p) {
    return Numbers.cast(tf, tf.math.equal(p, Numbers.constant(tf, p, 0)), DType.FLOAT32);
  }

  @Test
  void later_settings_keep_it_and_false_takes_it_back() {
    Compile compile = Compile.with(SGD.of(0.1)).jitCompile(true).loss(LOSS);
    assertThat(List.of(compile.jitCompile(), compile.jitCompile(false).jitCompile()))
        .containsExactly(true, false);
  }
}
