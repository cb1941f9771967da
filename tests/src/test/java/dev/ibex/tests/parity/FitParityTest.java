package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.core.Callback;
import dev.ibex.core.Variable;
import dev.ibex.tests.conformance.KerasFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trainings: histories, evaluations and weights of real Keras. */
class FitParityTest {
  static Stream<Arguments> trainings() {
    return Stream.of("fit", "fit_options", "fit_metrics", "fit_optimizers")
        .flatMap(file -> StreamSupport.stream(Golden.read(file).spliterator(), false))
        .map(c -> Arguments.of(c.get("name").asText(), c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trainings")
  void training_gives_the_numbers_of_keras(String name, JsonNode c) {
    try (Model model = model(c)) {
      weights(model, c);
      Data data = data(model, c.get("x"), c.get("y"), c.at("/fit/sample_weight"));
      List<List<Integer>> batchEnds = new ArrayList<>();
      History history = model.fit(data, fit(model, c.get("fit"), batchEnds));
      if (c.has("batch_ends")) {
        assertThat(batchEnds).isEqualTo(batchEnds(c));
      }
      assertThat(history.epochs()).isEqualTo(integers(c.get("epoch")));
      double tolerance = tolerance(name);
      compare("history", histories(c.get("history")), new TreeMap<>(history.all()), tolerance);
      int batchSize = c.at("/fit/batch_size").asInt();
      Map<String, List<Double>> scores = new TreeMap<>();
      model.evaluate(data, batchSize).all().forEach((k, v) -> scores.put(k, List.of(v)));
      compare("evaluation", histories(c.get("evaluate")), scores, tolerance);
      List<String> paths = new ArrayList<>();
      c.get("weights").forEach(w -> paths.add(path(w.get("path").asText(), model)));
      for (int i = 0; i < paths.size(); i++) {
        Golden.assertClose(
            model.weight(paths.get(i)).value(),
            Golden.array(c.at("/weights_after/" + i)),
            tolerance);
      }
    }
  }

  /** A float16 has eleven digits to the base of two, and products are added in another order. */
  private static double tolerance(String name) {
    return name.startsWith("mixed float16") ? 2e-3 : 2e-5;
  }

  static Model model(JsonNode c) {
    ObjectNode described = c.get("model").deepCopy();
    described.set("compile_config", c.get("compile"));
    Model model = ModelCodec.get().fromJson(described.toString());
    model.compile(ModelCodec.get().compilation(described.toString(), model).orElseThrow());
    return model;
  }

  static void weights(Model model, JsonNode c) {
    assertThat(model.getWeights()).hasSize(c.get("weights").size());
    for (JsonNode w : c.get("weights")) {
      Variable v = model.weight(path(w.get("path").asText(), model));
      v.assign(Golden.array(w.get("value")));
    }
  }

  /** Keras's paths of nested models lack the outer name or have it; ours always have it. */
  static String path(String keras, Model model) {
    return model.network().weights().keySet().stream()
        .filter(p -> p.equals(keras) || p.endsWith("/" + keras) || keras.endsWith("/" + p))
        .findFirst()
        .orElse(keras);
  }

  private static List<List<Integer>> batchEnds(JsonNode c) {
    List<List<Integer>> all = new ArrayList<>();
    c.get("batch_ends").forEach(b -> all.add(integers(b)));
    return all;
  }

  private static List<Integer> integers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private static Fit fit(Model model, JsonNode how, List<List<Integer>> batchEnds) {
    Fit fit = KerasFit.options(how);
    if (how.has("validation_data")) {
      JsonNode v = how.get("validation_data");
      fit = fit.validation(data(model, list(v.get(0)), list(v.get(1)), v.path(2)));
    }
    List<Callback> all = new ArrayList<>(fit.callbacks());
    all.add(watcher(how, batchEnds));
    return fit.callbacks(all.toArray(Callback[]::new));
  }

  /** Notes the batches whose end it sees, and stops where the case says so. */
  private static Callback watcher(JsonNode how, List<List<Integer>> batchEnds) {
    int[] epoch = {0};
    return LambdaCallback.of()
        .epochBegin((t, e) -> epoch[0] = e)
        .trainBatchEnd(
            (t, batch) -> {
              batchEnds.add(List.of(epoch[0], batch));
              if (how.has("stop") && integers(how.get("stop")).equals(List.of(epoch[0], batch))) {
                t.stop();
              }
            });
  }

  private static JsonNode list(JsonNode node) {
    return node.isArray()
        ? node
        : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(node);
  }

  static Data data(Model model, JsonNode x, JsonNode y, JsonNode weights) {
    List<JsonNode> xs = byName(x, model.inputNames());
    List<JsonNode> ys = byName(y, model.outputNames());
    Data data = Data.inputs(model.inputNames().get(0), Golden.array(xs.get(0)));
    for (int i = 1; i < xs.size(); i++) {
      data = data.input(model.inputNames().get(i), Golden.array(xs.get(i)));
    }
    for (int i = 0; i < ys.size(); i++) {
      data = data.target(model.outputNames().get(i), Golden.array(ys.get(i)));
    }
    if (weights.isObject() || weights.isArray()) {
      JsonNode ws = list(weights);
      for (int i = 0; i < model.outputNames().size(); i++) {
        // one array is for every output
        JsonNode w = ws.size() == 1 ? ws.get(0) : ws.get(i);
        data = data.weight(model.outputNames().get(i), Golden.array(w));
      }
    }
    return data;
  }

  /** Returns arrays that are given as one, as a list or by name. */
  private static List<JsonNode> byName(JsonNode arrays, List<String> names) {
    if (arrays.isObject() && !arrays.has("shape")) {
      return names.stream().map(arrays::get).toList();
    }
    return StreamSupport.stream(list(arrays).spliterator(), false).toList();
  }

  private static Map<String, List<Double>> histories(JsonNode node) {
    Map<String, List<Double>> all = new TreeMap<>();
    node.properties()
        .forEach(
            e -> {
              List<Double> values = new ArrayList<>();
              list(e.getValue()).forEach(v -> values.add(Double.parseDouble(v.asText())));
              all.put(e.getKey(), values);
            });
    return all;
  }

  static void compare(
      String what, Map<String, List<Double>> expected, Map<String, List<Double>> actual) {
    compare(what, expected, actual, 2e-5);
  }

  private static void compare(
      String what,
      Map<String, List<Double>> expected,
      Map<String, List<Double>> actual,
      double tolerance) {
    assertThat(new TreeSet<>(actual.keySet())).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (key, values) -> {
          List<Double> got = actual.getOrDefault(key, List.of());
          assertThat(got).as(what + " of " + key).hasSameSizeAs(values);
          for (int i = 0; i < values.size(); i++) {
            double e = values.get(i);
            assertThat(Math.abs(got.get(i) - e) <= tolerance * Math.max(1, Math.abs(e)))
                .as("%s of %s: expected %s, got %s", what, key, values, got)
                .isTrue();
          }
        });
  }
}
