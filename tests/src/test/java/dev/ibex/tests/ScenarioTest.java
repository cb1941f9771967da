package dev.ibex.tests;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SIGMOID;
import static dev.ibex.activations.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Programs that users of Keras write, in small. */
class ScenarioTest {
  private static float[][] noise(int rows, int width) {
    Random random = new Random(5);
    float[][] x = new float[rows][width];
    for (float[] row : x) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return x;
  }

  @Test
  void xor_converges() {
    float[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    float[][] y = {{0}, {1}, {1}, {0}};
    try (Sequential model =
        Sequential.of(Input.of(2), Dense.of(8).activation(TANH), Dense.of(1).activation(SIGMOID))) {
      model.seed(3).compile(Adam.of(0.05), BinaryCrossentropy.of(), Metrics.accuracy());
      model.fit(Data.of(x, y), Fit.epochs(300).batchSize(4));
      assertThat(model.evaluate(Data.of(x, y)).get("accuracy")).isEqualTo(1);
      assertThat(model.predict(x).floats())
          .satisfies(
              p -> {
                assertThat(p[0]).isLessThan(0.1f);
                assertThat(p[1]).isGreaterThan(0.9f);
                assertThat(p[2]).isGreaterThan(0.9f);
                assertThat(p[3]).isLessThan(0.1f);
              });
    }
  }

  @Test
  void dropout_and_all_repeat_with_the_seed() {
    float[][] x = noise(20, 4);
    Map<?, ?>[] weights = new Map<?, ?>[3];
    for (int i = 0; i < 3; i++) {
      try (Sequential model =
          Sequential.of(Input.of(4), Dense.of(8).activation(RELU), Dropout.of(0.5), Dense.of(1))) {
        model.seed(i < 2 ? 11 : 12).compile(Adam.of(0.01), MeanSquaredError.of());
        model.fit(Data.of(x, new float[20]), Fit.epochs(3).batchSize(8));
        weights[i] = model.getWeights();
      }
    }
    assertThat(weights[0]).isEqualTo(weights[1]).isNotEqualTo(weights[2]);
  }

  @Test
  void a_feature_extractor_sees_the_training_of_its_classifier() {
    float[][] x = noise(12, 3);
    Input in = Input.of(3);
    SymbolicTensor features = Dense.of(4).activation(RELU).named("features").apply(in);
    try (Model classifier = Model.of(in, Dense.of(1).apply(features));
        Model extractor = Model.of(classifier.input(), classifier.layer("features").output())) {
      float[] before = extractor.predict(x).floats();
      classifier.compile(SGD.of(0.1), MeanSquaredError.of());
      classifier.fit(Data.of(x, new float[12]), Fit.epochs(2));
      assertThat(extractor.predict(x).floats()).isNotEqualTo(before);
      assertThat(extractor.getWeights())
          .isEqualTo(
              Map.of(
                  "features/kernel", classifier.weight("features/kernel").value(),
                  "features/bias", classifier.weight("features/bias").value()));
    }
  }

  @Test
  void an_autoencoder_trains_encoder_and_decoder_that_also_work_alone() {
    float[][] x = noise(40, 6);
    Sequential encoder =
        Sequential.of("encoder", List.of(Input.of(6), Dense.of(3).activation(TANH)));
    Sequential decoder = Sequential.of("decoder", List.of(Input.of(3), Dense.of(6)));
    Input in = Input.of(6);
    try (Model autoencoder = Model.of(in, decoder.apply(encoder.apply(in)))) {
      autoencoder.seed(1).compile(Adam.of(0.01), MeanSquaredError.of());
      double first = autoencoder.evaluate(Data.of(x, x)).loss();
      autoencoder.fit(Data.of(x, x), Fit.epochs(60));
      assertThat(autoencoder.evaluate(Data.of(x, x)).loss()).isLessThan(0.8 * first);
      float[] whole = autoencoder.predict(x).floats();
      float[] parts = decoder.predict(encoder.predict(x).array()).floats();
      assertThat(parts).containsExactly(whole, org.assertj.core.api.Assertions.offset(1e-5f));
    }
    encoder.close();
    decoder.close();
  }

  @Test
  void a_gan_of_three_models_trains_each_part_in_its_turn() {
    Sequential generator =
        Sequential.of("generator", List.of(Input.of(2), Dense.of(8).activation(RELU), Dense.of(2)));
    Sequential discriminator =
        Sequential.of(
            "discriminator",
            List.of(
                Input.of(2),
                Dense.of(8).activation(RELU),
                BatchNormalization.of(),
                Dense.of(1).activation(SIGMOID)));
    discriminator.compile(Adam.of(0.01), BinaryCrossentropy.of());
    discriminator.freeze();
    Input z = Input.of(2);
    try (Model gan = Model.of(z, discriminator.apply(generator.apply(z)))) {
      gan.compile(Adam.of(0.01), BinaryCrossentropy.of());
      float[][] real = noise(16, 2);
      for (int round = 0; round < 3; round++) {
        Map<String, Array> g = generator.getWeights();
        Map<String, Array> d = discriminator.getWeights();
        discriminator.fit(Data.of(real, ones(16)), Fit.epochs(1));
        assertThat(generator.getWeights()).isEqualTo(g);
        assertThat(discriminator.getWeights()).isNotEqualTo(d);
        d = discriminator.getWeights();
        gan.fit(Data.of(noise(16, 2), ones(16)), Fit.epochs(1));
        assertThat(discriminator.getWeights()).as("also moving statistics").isEqualTo(d);
        assertThat(generator.getWeights()).isNotEqualTo(g);
      }
    }
    generator.close();
    discriminator.close();
  }

  private static float[][] ones(int rows) {
    float[][] y = new float[rows][1];
    for (float[] row : y) {
      row[0] = 1;
    }
    return y;
  }

  @Test
  void a_frozen_base_keeps_its_weights_and_its_statistics() {
    float[][] x = noise(20, 3);
    Sequential base =
        Sequential.of("base", List.of(Input.of(3), Dense.of(4), BatchNormalization.of()));
    base.freeze();
    Input in = Input.of(3);
    try (Model model = Model.of(in, Dense.of(1).named("head").apply(base.apply(in)))) {
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      Map<String, Array> before = model.getWeights();
      model.fit(Data.of(x, new float[20]), Fit.epochs(2));
      Map<String, Array> after = model.getWeights();
      before.forEach(
          (path, value) -> {
            if (path.startsWith("base/")) {
              assertThat(after.get(path)).as(path).isEqualTo(value);
            } else {
              assertThat(after.get(path)).as(path).isNotEqualTo(value);
            }
          });
      base.unfreeze();
      model.fit(Data.of(x, new float[20]), Fit.epochs(1));
      assertThat(model.getWeights().get("base/dense/kernel"))
          .as("compiled while frozen")
          .isEqualTo(before.get("base/dense/kernel"));
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      model.fit(Data.of(x, new float[20]), Fit.epochs(1));
      assertThat(model.getWeights().get("base/dense/kernel"))
          .isNotEqualTo(before.get("base/dense/kernel"));
    }
    base.close();
  }
}
