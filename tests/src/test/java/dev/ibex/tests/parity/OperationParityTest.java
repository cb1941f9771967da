package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Argument;
import dev.ibex.core.Arguments;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Operation;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Operation nodes: shapes, types and values of real Keras. */
class OperationParityTest {
  static Stream<org.junit.jupiter.params.provider.Arguments> operations() {
    // a model's samples cannot be joined along the batch axis
    return Golden.cases(Golden.read("operations"))
        .filter(c -> !c.get()[0].toString().endsWith(" concatenate axis 0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void an_operation_gives_the_value_of_keras(String name, JsonNode c) {
    boolean batched = differentRows(c.get("args"));
    List<Input> inputs = new ArrayList<>();
    List<Array> arrays = new ArrayList<>();
    List<Argument> positional = new ArrayList<>();
    c.get("args").forEach(a -> positional.add(argument(a, batched, inputs, arrays)));
    Map<String, Argument> named = new LinkedHashMap<>();
    c.get("kwargs")
        .properties()
        .forEach(e -> named.put(e.getKey(), argument(e.getValue(), batched, inputs, arrays)));
    Map<String, Argument> settings = new LinkedHashMap<>();
    c.get("config")
        .properties()
        .forEach(
            e -> {
              if (!e.getKey().equals("name")) {
                settings.put(e.getKey(), argument(e.getValue(), batched, inputs, arrays));
              }
            });
    SymbolicTensor out =
        Operation.call(
            new Operation.Config(
                LayerOptions.DEFAULT,
                c.get("module").asText(),
                c.get("class_name").asText(),
                settings),
            new Arguments(positional, named));
    Array expected =
        batched ? oneSample(Golden.array(c.get("output"))) : Golden.array(c.get("output"));
    assertThat(out.spec().dtype()).isEqualTo(expected.dtype());
    assertThat(out.shape().tail()).isEqualTo(expected.shape().tail());
    try (Model model = Model.of(inputs, List.of(out))) {
      Data data = Data.inputs(model.inputNames().get(0), arrays.get(0));
      for (int i = 1; i < arrays.size(); i++) {
        data = data.input(model.inputNames().get(i), arrays.get(i));
      }
      Array actual = model.predict(data).array();
      assertThat(actual.dtype()).isEqualTo(expected.dtype());
      Golden.assertClose(actual, expected, 1e-6);
    }
  }

  /** Returns whether the arrays, taken as batches, would have different numbers of samples. */
  private static boolean differentRows(JsonNode args) {
    return StreamSupport.stream(args.spliterator(), false)
            .filter(a -> a.has("shape"))
            .map(a -> a.at("/shape/0").asInt())
            .distinct()
            .count()
        > 1;
  }

  /** Returns the array as the only sample of a batch. */
  private static Array oneSample(Array a) {
    return a.reshape(Shape.of(1).append(a.shape()));
  }

  private static Argument argument(
      JsonNode node, boolean batched, List<Input> inputs, List<Array> arrays) {
    if (node.has("shape")) {
      Array a = batched ? oneSample(Golden.array(node)) : Golden.array(node);
      Shape tail = a.shape().tail();
      Input input = Input.of(tail.asArray()).dtype(a.dtype()).batchSize(a.rows());
      inputs.add(input);
      arrays.add(a);
      return Argument.of(input);
    } else if (node.isArray()) {
      List<Argument> items = new ArrayList<>();
      node.forEach(n -> items.add(argument(n, batched, inputs, arrays)));
      return new Argument.Items(items);
    } else if (node.isIntegralNumber()) {
      return Argument.of(node.asLong());
    } else if (node.isNumber()) {
      return Argument.of(node.asDouble());
    } else if (node.isBoolean()) {
      return Argument.of(node.asBoolean());
    }
    return new Argument.Literal(node.isNull() ? null : node.asText());
  }
}
