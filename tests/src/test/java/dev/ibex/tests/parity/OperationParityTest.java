package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Prediction;
import dev.ibex.core.Argument;
import dev.ibex.core.Arguments;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Operation;
import dev.ibex.core.OperationTable;
import dev.ibex.core.OperationType;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Operation nodes: shapes, types and values of real Keras. */
class OperationParityTest {
  static Stream<org.junit.jupiter.params.provider.Arguments> operations() {
    return Golden.operations();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void an_operation_gives_the_value_of_keras(String name, JsonNode c) {
    Feeds feeds = new Feeds();
    List<SymbolicTensor> outputs =
        Operation.callAll(
            new Operation.Config(
                LayerOptions.DEFAULT,
                c.get("module").asText(),
                c.get("class_name").asText(),
                feeds.arguments(c.get("config"))),
            new Arguments(feeds.list(c.get("args")), feeds.arguments(c.get("kwargs"))));
    List<Array> expected = outputs(c);
    assertThat(outputs).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(outputs.get(i).spec().dtype()).isEqualTo(expected.get(i).dtype());
      assertThat(outputs.get(i).shape().asArray())
          .containsExactly(declared(c, i, expected.get(i)).asArray());
    }
    List<Array> actual = feeds.run(outputs);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).dtype()).isEqualTo(expected.get(i).dtype());
      Golden.assertClose(actual.get(i), expected.get(i), 1e-6);
    }
  }

  @Test
  void each_operation_is_compared_with_keras() {
    Set<String> compared =
        Golden.operations()
            .map(c -> ((JsonNode) c.get()[1]).get("class_name").asText())
            .collect(Collectors.toSet());
    assertThat(OperationTable.get().all())
        .extracting(OperationType::className)
        .allSatisfy(o -> assertThat(compared).contains(o));
  }

  /** Returns the shape that Keras declares, which has unknown sizes where they depend on values. */
  private static Shape declared(JsonNode c, int output, Array expected) {
    return c.has("shapes")
        ? Shape.of(
            StreamSupport.stream(c.get("shapes").get(output).spliterator(), false)
                .mapToLong(s -> s.isNull() ? -1 : s.asLong())
                .toArray())
        : expected.shape();
  }

  private static List<Array> outputs(JsonNode c) {
    return c.has("output")
        ? List.of(Golden.array(c.get("output")))
        : StreamSupport.stream(c.get("outputs").spliterator(), false).map(Golden::array).toList();
  }

  /** The tensors of a case: each is the only sample of an input. */
  private static final class Feeds {
    private final List<Input> inputs = new ArrayList<>();
    private final List<Array> arrays = new ArrayList<>();

    List<Argument> list(JsonNode nodes) {
      List<Argument> all = new ArrayList<>();
      nodes.forEach(n -> all.add(argument(n)));
      return all;
    }

    Map<String, Argument> arguments(JsonNode nodes) {
      Map<String, Argument> all = new LinkedHashMap<>();
      nodes
          .properties()
          .forEach(
              e -> {
                if (!e.getKey().equals("name")) {
                  all.put(e.getKey(), argument(e.getValue()));
                }
              });
      return all;
    }

    private Argument argument(JsonNode node) {
      if (node.has("shape")) {
        return Argument.of(tensor(Golden.array(node)));
      } else if (node.has("constant")) {
        return Argument.of(Golden.array(node.get("constant")));
      } else if (node.has("slice")) {
        JsonNode s = node.get("slice");
        return new Argument.Slice(end(s.get(0)), end(s.get(1)), end(s.get(2)));
      } else if (node.has("ellipsis")) {
        return new Argument.Ellipsis();
      } else if (node.isArray()) {
        return new Argument.Items(list(node));
      } else if (node.isIntegralNumber()) {
        return Argument.of(node.asLong());
      } else if (node.isNumber()) {
        return Argument.of(node.asDouble());
      } else if (node.isBoolean()) {
        return Argument.of(node.asBoolean());
      } else if (node.asText().endsWith("Infinity")) {
        return Argument.of(Double.parseDouble(node.asText()));
      }
      return new Argument.Literal(node.isNull() ? null : node.asText());
    }

    private static @Nullable Long end(JsonNode node) {
      return node.isNull() ? null : (Long) node.asLong();
    }

    private SymbolicTensor tensor(Array a) {
      Input input = Input.of(a.shape().asArray()).dtype(a.dtype()).batchSize(1);
      inputs.add(input);
      arrays.add(a.reshape(Shape.of(1).append(a.shape())));
      return input.reshape(sizes(a.shape()));
    }

    private static int[] sizes(Shape shape) {
      return java.util.Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
    }

    List<Array> run(List<SymbolicTensor> outputs) {
      List<SymbolicTensor> samples =
          outputs.stream().map(o -> o.reshape(sizes(Shape.of(1).append(o.shape())))).toList();
      try (Model model = Model.of(inputs, samples)) {
        Data data = Data.inputs(model.inputNames().get(0), arrays.get(0));
        for (int i = 1; i < arrays.size(); i++) {
          data = data.input(model.inputNames().get(i), arrays.get(i));
        }
        Prediction prediction = model.predict(data);
        return outputs.size() == 1
            ? List.of(whole(prediction.array()))
            : model.outputNames().stream().map(n -> whole(prediction.get(n))).toList();
      }
    }

    private static Array whole(Array sample) {
      return sample.reshape(sample.shape().tail());
    }
  }
}
