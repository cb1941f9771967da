package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Fit;
import dev.ibex.callbacks.EarlyStopping;
import dev.ibex.callbacks.LearningRateScheduler;
import dev.ibex.callbacks.Mode;
import dev.ibex.callbacks.ReduceLROnPlateau;
import dev.ibex.core.Callback;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keras's arguments of {@code fit}, read from JSON. */
public final class KerasFit {
  /** The arguments that {@link #options} reads. */
  static final Set<String> KNOWN =
      Set.of(
          "epochs",
          "batch_size",
          "shuffle",
          "class_weight",
          "validation_split",
          "validation_freq",
          "validation_batch_size",
          "initial_epoch",
          "callbacks");

  private KerasFit() {}

  /** Returns all but the data. */
  public static Fit options(JsonNode fit) {
    Fit how =
        Fit.epochs(fit.path("epochs").asInt(1))
            .batchSize(fit.path("batch_size").asInt(32))
            .shuffle(fit.path("shuffle").asBoolean(false))
            .classWeights(classWeights(fit.path("class_weight")))
            .validationSplit(fit.path("validation_split").asDouble(0))
            .validationFrequency(fit.path("validation_freq").asInt(1))
            .initialEpoch(fit.path("initial_epoch").asInt(0))
            .callbacks(callbacks(fit.path("callbacks")).toArray(Callback[]::new));
    return fit.has("validation_batch_size")
        ? how.validationBatchSize(fit.get("validation_batch_size").asInt())
        : how;
  }

  /** Returns weights by class. */
  public static Map<Integer, Double> classWeights(JsonNode node) {
    Map<Integer, Double> weights = new LinkedHashMap<>();
    node.properties()
        .forEach(e -> weights.put(Integer.parseInt(e.getKey()), e.getValue().asDouble()));
    return weights;
  }

  private static List<Callback> callbacks(JsonNode list) {
    return Case.elements(list).stream()
        .map(
            c ->
                switch (c.get("class_name").asText()) {
                  case "EarlyStopping" -> earlyStopping(c.get("config"));
                  case "ReduceLROnPlateau" -> reduceLROnPlateau(c.get("config"));
                  case "LearningRateScheduler" -> scheduler(c.get("config"));
                  default -> throw new Missing("class", c.get("class_name").asText());
                })
        .toList();
  }

  /** Returns a callback with the arguments of Keras's. */
  public static EarlyStopping earlyStopping(JsonNode config) {
    EarlyStopping stopping = EarlyStopping.of(config.path("monitor").asText("val_loss"));
    for (Map.Entry<String, JsonNode> e : config.properties()) {
      JsonNode value = e.getValue();
      if (!value.isNull()) {
        stopping =
            switch (e.getKey()) {
              case "monitor", "verbose" -> stopping;
              case "patience" -> stopping.patience(value.asInt());
              case "min_delta" -> stopping.minDelta(value.asDouble());
              case "baseline" -> stopping.baseline(value.asDouble());
              case "restore_best_weights" -> stopping.restoreBestWeights(value.asBoolean());
              case "start_from_epoch" -> stopping.startFromEpoch(value.asInt());
              case "mode" -> stopping.mode(mode(value));
              default -> throw new Missing("option", e.getKey());
            };
      }
    }
    return stopping;
  }

  /** Returns a callback with the arguments of Keras's. */
  public static ReduceLROnPlateau reduceLROnPlateau(JsonNode config) {
    ReduceLROnPlateau reduce = ReduceLROnPlateau.of(config.path("monitor").asText("val_loss"));
    for (Map.Entry<String, JsonNode> e : config.properties()) {
      JsonNode value = e.getValue();
      reduce =
          switch (e.getKey()) {
            case "monitor", "verbose" -> reduce;
            case "factor" -> reduce.factor(value.asDouble());
            case "patience" -> reduce.patience(value.asInt());
            case "min_delta" -> reduce.minDelta(value.asDouble());
            case "cooldown" -> reduce.cooldown(value.asInt());
            case "min_lr" -> reduce.minLr(value.asDouble());
            case "mode" -> reduce.mode(mode(value));
            default -> throw new Missing("option", e.getKey());
          };
    }
    return reduce;
  }

  /** Returns a scheduler of the rates of the epochs in a list. */
  private static LearningRateScheduler scheduler(JsonNode config) {
    double[] rates = Case.numbers(config.get("rates"));
    return LearningRateScheduler.of((epoch, rate) -> rates[epoch]);
  }

  private static Mode mode(JsonNode value) {
    return Mode.valueOf(value.asText().toUpperCase(Locale.ROOT));
  }
}
