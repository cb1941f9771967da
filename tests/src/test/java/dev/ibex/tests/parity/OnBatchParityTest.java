package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Call;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Numbers;
import dev.ibex.initializers.Initializers;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import dev.ibex.tests.conformance.KerasFit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Steps with single batches, and losses that layers add: figures and weights of real Keras. */
class OnBatchParityTest {
  static Stream<Arguments> sequences() {
    return Golden.cases(Golden.read("on_batch"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sequences")
  void single_batches_give_the_numbers_of_keras(String name, JsonNode c) {
    try (Model model = c.get("model").isNull() ? penalized(c) : FitParityTest.model(c)) {
      FitParityTest.weights(model, c);
      for (int i = 0; i < c.get("steps").size(); i++) {
        FitParityTest.compare(
            "step " + i, figures(c.at("/results/" + i)), lists(run(model, c, c.at("/steps/" + i))));
      }
      for (int i = 0; i < c.get("weights").size(); i++) {
        String path = FitParityTest.path(c.at("/weights/" + i + "/path").asText(), model);
        Golden.assertClose(
            model.weight(path).value(), Golden.array(c.at("/weights_after/" + i)), 2e-5);
      }
    }
  }

  private static Map<String, Double> run(Model model, JsonNode c, JsonNode step) {
    JsonNode batch = c.get("batches").get(step.get("batch").asInt());
    Data data = Data.of(Golden.array(batch.get(0)), Golden.array(batch.get(1)));
    if (step.has("sample_weight")) {
      JsonNode w = step.get("sample_weight");
      float[] weights = new float[w.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) w.get(i).asDouble();
      }
      data = data.weight(weights);
    }
    return step.get("call").asText().equals("train")
        ? model.trainOnBatch(data, KerasFit.classWeights(step.path("class_weight"))).all()
        : model.testOnBatch(data).all();
  }

  private static Map<String, List<Double>> figures(JsonNode node) {
    Map<String, List<Double>> all = new TreeMap<>();
    node.properties().forEach(e -> all.put(e.getKey(), List.of(e.getValue().asDouble())));
    return all;
  }

  private static Map<String, List<Double>> lists(Map<String, Double> figures) {
    Map<String, List<Double>> all = new TreeMap<>();
    figures.forEach((k, v) -> all.put(k, List.of(v)));
    return all;
  }

  /** Builds the model whose layer Keras cannot describe. */
  private static Model penalized(JsonNode c) {
    Model model =
        Sequential.of(
            Input.of(3), Dense.of(4).named("hidden"), new Penalty(), Dense.of(2).named("out"));
    Compile compile = Compile.with(SGD.of(0.1));
    boolean alone = c.at("/compile/loss").isNull();
    model.compile(alone ? compile : compile.loss(MeanSquaredError.of()));
    return model;
  }

  /** Doubles, and adds a loss of the square of its input and its scale. */
  private static final class Penalty extends UnaryLayer {
    @Override
    protected List<WeightSpec> weights(Shape in) {
      return List.of(WeightSpec.of("scale", Shape.of(in.get(-1)), Initializers.ones()));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      Ops tf = call.tf();
      Operand<TNumber> scale = call.weight("scale");
      Operand<TNumber> size = tf.math.abs(scale);
      call.addLoss(
          tf.math.add(
              times(tf, 0.1, tf.math.mean(tf.math.square(x), tf.constant(new int[] {0, 1}))),
              times(tf, 0.05, tf.sum(size, tf.constant(0)))));
      call.addLoss(times(tf, 0.02, size));
      return times(tf, 2, tf.math.mul(x, scale));
    }

    private static Operand<TNumber> times(Ops tf, double factor, Operand<TNumber> x) {
      return tf.math.mul(Numbers.constant(tf, x, factor), x);
    }
  }
}
