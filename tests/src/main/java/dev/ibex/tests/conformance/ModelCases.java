package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Cases that load a model: predict and train. */
final class ModelCases {
  private static final Set<String> DATA = Set.of("x", "y", "sample_weight", "validation");

  private ModelCases() {}

  static void predict(Case c) {
    predict(c, Models.load(c.path("model.keras")));
  }

  static void predictH5(Case c) {
    Path file = c.path(c.info().path("file").asText());
    predict(c, Models.load(file, LoadOptions.DEFAULT.compile(false)));
  }

  static void predictWeights(Case c) throws IOException {
    Model model = Models.fromJson(Files.readString(c.path("architecture.json")));
    try {
      model.loadWeights(c.path(c.info().path("file").asText()));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    predict(c, model);
  }

  private static void predict(Case c, Model loaded) {
    JsonNode info = c.info();
    try (Model model = loaded) {
      List<Array> outputs = new ArrayList<>();
      for (int i = 0; i < info.path("repeat").asInt(1); i++) {
        outputs.addAll(run(model, c.loads(info.get("inputs"))));
      }
      c.compareAll("output", outputs, info.get("outputs"));
      if (info.has("model") && model.parameterCount() != info.at("/model/params").asLong()) {
        throw new Mismatch(
            "number of parameters: "
                + model.parameterCount()
                + " instead of "
                + info.at("/model/params").asLong());
      }
    }
  }

  static void train(Case c) {
    JsonNode info = c.info();
    JsonNode fit = info.get("fit");
    try (Model model = Models.load(c.path("model.keras"))) {
      fit.fieldNames()
          .forEachRemaining(
              k -> {
                if (!DATA.contains(k) && !KerasFit.KNOWN.contains(k)) {
                  throw new Missing("option", k);
                }
              });
      Data data = data(model, c.loads(fit.get("x")), c.loads(fit.get("y")));
      Data weighted = data;
      if (fit.has("sample_weight")) {
        List<Array> weights = c.loads(fit.get("sample_weight"));
        for (int i = 0; i < weights.size(); i++) {
          weighted = weighted.weight(model.outputNames().get(i), weights.get(i));
        }
      }
      c.compareAll("before", run(model, c.loads(fit.get("x"))), info.get("outputs"));
      int batchSize = fit.get("batch_size").asInt();
      Fit how = KerasFit.options(fit);
      if (fit.has("validation")) {
        JsonNode v = fit.get("validation");
        how = how.validation(data(model, c.loads(v.get("x")), c.loads(v.get("y"))));
      }
      history(c, model.fit(weighted, how), info.get("history"));
      c.compareAll("after", run(model, c.loads(fit.get("x"))), info.get("after"));
      Map<String, Double> scores = model.evaluate(data, batchSize).all();
      info.get("evaluate")
          .properties()
          .forEach(
              e -> {
                Double score = scores.get(e.getKey());
                if (score == null) {
                  throw new Mismatch("evaluation: " + e.getKey() + " is not in " + scores.keySet());
                }
                c.compare(
                    "evaluation of " + e.getKey(),
                    new double[] {score},
                    new double[] {e.getValue().asDouble()});
              });
    }
  }

  private static void history(Case c, History history, JsonNode expected) {
    Set<String> keys = new TreeSet<>();
    expected.fieldNames().forEachRemaining(keys::add);
    if (!keys.equals(history.all().keySet())) {
      throw new Mismatch(
          "history keys " + new TreeSet<>(history.all().keySet()) + " instead of " + keys);
    }
    for (String key : keys) {
      c.compare(
          "history of " + key,
          history.get(key).stream().mapToDouble(d -> d).toArray(),
          Case.numbers(expected.get(key)));
    }
  }

  private static Data data(Model model, List<Array> x) {
    List<String> names = model.inputNames();
    if (names.size() != x.size()) {
      throw new Mismatch(x.size() + " inputs for a model with " + names);
    }
    Data data = Data.inputs(names.get(0), x.get(0));
    for (int i = 1; i < x.size(); i++) {
      data = data.input(names.get(i), x.get(i));
    }
    return data;
  }

  private static Data data(Model model, List<Array> x, List<Array> y) {
    Data data = data(model, x);
    for (int i = 0; i < y.size(); i++) {
      data = data.target(model.outputNames().get(i), y.get(i));
    }
    return data;
  }

  /** Predicts in one piece. */
  private static List<Array> run(Model model, List<Array> x) {
    int rows = Math.max(1, x.get(0).rows());
    return List.copyOf(model.predict(data(model, x), rows).all().values());
  }
}
