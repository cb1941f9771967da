package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.CustomTraining;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.StepScope;
import dev.ibex.TrainStep;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Loss;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.losses.BinaryCrossentropy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Training steps of one's own, beside the same steps written with Keras in Python. */
class CustomTrainingParityTest {
  static Stream<Arguments> cases() {
    return Golden.cases(Golden.read("custom_steps"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_gan_of_two_optimizers_learns_what_it_learns_in_keras(String name, JsonNode c) {
    try (Model generator = model(c, "generator");
        Model discriminator = model(c, "discriminator")) {
      CustomTraining gan =
          CustomTraining.of(List.of(generator, discriminator), step(c, generator, discriminator));
      Data data =
          Data.inputs("real", Golden.array(c.get("real")))
              .input("noise", Golden.array(c.get("noise")))
              .input("other", Golden.array(c.get("other")));
      History history = gan.fit(data, Fit.epochs(2).batchSize(4).shuffle(false));
      for (int epoch = 0; epoch < 2; epoch++) {
        for (int i = 0; i < 2; i++) {
          double expected = c.at("/logs/" + epoch + "/" + i).asDouble();
          assertThat(history.get(i == 0 ? "d_loss" : "g_loss").get(epoch))
              .isCloseTo(expected, within(2e-5));
        }
      }
      for (Model model : List.of(generator, discriminator)) {
        JsonNode after = c.get("weights_after").get(model.name());
        for (int i = 0; i < after.size(); i++) {
          Golden.assertClose(model.weights().get(i).value(), Golden.array(after.get(i)), 3e-5);
        }
      }
    }
  }

  private static Model model(JsonNode c, String name) {
    ObjectNode whole = new JsonMapper().createObjectNode();
    whole.put("module", "keras").put("class_name", "Sequential").set("config", c.get(name));
    Model model = Models.fromJson(whole.toString());
    JsonNode weights = c.get("weights").get(name);
    for (int i = 0; i < weights.size(); i++) {
      model.weights().get(i).assign(Golden.array(weights.get(i)));
    }
    return model;
  }

  private static TrainStep step(JsonNode c, Model generator, Model discriminator) {
    Optimizer first = ConfigCodec.get().fromJson(Optimizer.class, c.get("d_optimizer").toString());
    Optimizer second = ConfigCodec.get().fromJson(Optimizer.class, c.get("g_optimizer").toString());
    Loss loss = BinaryCrossentropy.of().fromLogits(true);
    double penalty = c.get("penalty").asDouble();
    return step -> {
      Ops tf = step.tf();
      Operand<TNumber> real = step.input("real");
      Operand<TNumber> fake = step.call(generator, step.input("noise"));
      Operand<TNumber> yes = step.call(discriminator, real);
      Operand<TNumber> no = step.call(discriminator, fake);
      Operand<TNumber> judged =
          tf.math.add(
              tf.math.add(
                  step.loss(loss, tf.onesLike(yes), yes), step.loss(loss, tf.zerosLike(no), no)),
              step.penalties(discriminator));
      if (penalty > 0) {
        judged = tf.math.add(judged, slope(step, discriminator, real, fake, penalty));
      }
      step.minimize(first, judged, discriminator);
      Operand<TNumber> verdict =
          step.call(discriminator, step.call(generator, step.input("other")));
      Operand<TNumber> fooled = step.loss(loss, tf.onesLike(verdict), verdict);
      step.minimize(second, fooled, generator);
      step.log("d_loss", judged);
      step.log("g_loss", fooled);
    };
  }

  /** Gulrajani's penalty: the slope between real and made samples is to be 1. */
  private static Operand<TNumber> slope(
      StepScope step,
      Model discriminator,
      Operand<TNumber> real,
      Operand<TNumber> fake,
      double penalty) {
    Ops tf = step.tf();
    Operand<TNumber> half = Numbers.constant(tf, DType.FLOAT32, 0.5);
    Operand<TNumber> between = tf.math.add(tf.math.mul(real, half), tf.math.mul(fake, half));
    Operand<TNumber> slope = step.gradient(step.call(discriminator, between), between);
    Operand<TNumber> norm = tf.math.sqrt(tf.sum(tf.math.square(slope), tf.constant(1)));
    Operand<TNumber> off = tf.math.sub(norm, Numbers.constant(tf, DType.FLOAT32, 1));
    return tf.math.mul(
        tf.math.mean(tf.math.square(off), tf.constant(0)),
        Numbers.constant(tf, DType.FLOAT32, penalty));
  }
}
