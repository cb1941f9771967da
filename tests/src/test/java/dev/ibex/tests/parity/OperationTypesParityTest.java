package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Argument;
import dev.ibex.core.OperationTable;
import dev.ibex.core.OperationType;
import dev.ibex.core.OperationType.Parameter;
import dev.ibex.core.Promotion;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What types become together, and what parameters operations have, in real Keras. */
class OperationTypesParityTest {
  static Stream<Arguments> types() {
    return Golden.cases(Golden.read("result_types"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void types_become_the_one_of_keras(String name, JsonNode c) {
    List<DType> types = new ArrayList<>();
    boolean whole = false;
    boolean fraction = false;
    for (JsonNode type : c.get("types")) {
      switch (type.asText()) {
        case "int" -> whole = true;
        case "float" -> fraction = true;
        default -> types.add(DType.of(type.asText()));
      }
    }
    DType type = Promotion.of(types);
    type = whole ? Promotion.withWhole(type) : type;
    type = fraction ? Promotion.withFraction(type) : type;
    assertThat(type.lowerName()).isEqualTo(c.get("result").asText());
  }

  static Stream<OperationType> rows() {
    return OperationTable.get().all().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void an_operation_has_the_parameters_and_defaults_of_keras(OperationType row) {
    Map<String, JsonNode> signatures = new HashMap<>();
    Golden.read("signatures").forEach(s -> signatures.put(s.get("name").asText(), s));
    JsonNode signature = Objects.requireNonNull(signatures.get(row.className()));
    assertThat(row.module()).isEqualTo(signature.get("module").asText());
    assertThat(texts(row.inputs())).isEqualTo(texts(signature.get("inputs")));
    assertThat(texts(row.settings())).isEqualTo(texts(signature.get("settings")));
  }

  private static List<String> texts(List<Parameter> parameters) {
    return parameters.stream()
        .map(
            p -> (p.rest() ? "*" : "") + p.name() + p.fallback().map(v -> "=" + text(v)).orElse(""))
        .toList();
  }

  private static String text(Argument a) {
    return a instanceof Argument.Items list
        ? "[" + String.join(",", list.items().stream().map(i -> text(i)).toList()) + "]"
        : String.valueOf(((Argument.Literal) a).value());
  }

  private static String text(JsonNode value) {
    return value.isArray() ? value.toString() : value.asText();
  }

  private static List<String> texts(JsonNode parameters) {
    List<String> texts = new ArrayList<>();
    for (JsonNode p : parameters) {
      texts.add(
          (p.get("rest").asBoolean() ? "*" : "")
              + p.get("name").asText()
              + (p.has("default") ? "=" + text(p.get("default")) : ""));
    }
    return texts;
  }
}
