package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.graph.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions of real Keras, written by {@code early_stopping.py} and {@code fit_options.py}. */
class CallbackParityTest {
  @TempDir Path folder;

  private static JsonNode golden(String file) throws IOException {
    Path goldens = Path.of("..", "tests", "src", "test", "resources", "golden", "keras-3.15.1");
    return new ObjectMapper().readTree(goldens.resolve(file).toFile());
  }

  private static Stream<Named<JsonNode>> cases(JsonNode all) {
    return StreamSupport.stream(all.spliterator(), false)
        .map(c -> Named.of(c.path("key").asText() + " " + c.path("options") + c.path("value"), c));
  }

  static Stream<Named<JsonNode>> stopping() throws IOException {
    return cases(golden("early_stopping.json"));
  }

  static Stream<Named<JsonNode>> reducing() throws IOException {
    return cases(golden("callbacks.json").get("reduce"));
  }

  static Stream<Named<JsonNode>> saving() throws IOException {
    return cases(golden("callbacks.json").get("save"));
  }

  static Stream<Named<JsonNode>> logging() throws IOException {
    return cases(golden("callbacks.json").get("log"));
  }

  static Stream<Named<JsonNode>> numbers() throws IOException {
    return cases(golden("callbacks.json").get("numbers"));
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void stops_and_restores_where_keras_does(JsonNode given) {
    JsonNode o = given.get("options");
    EarlyStopping stopping =
        EarlyStopping.of(given.get("key").asText())
            .patience(o.path("patience").asInt())
            .minDelta(o.path("min_delta").asDouble())
            .mode(mode(o))
            .restoreBestWeights(o.path("restore_best_weights").asBoolean())
            .startFromEpoch(o.path("start_from_epoch").asInt());
    if (o.has("baseline")) {
      stopping = stopping.baseline(o.get("baseline").asDouble());
    }
    double[] values = new double[given.get("values").size()];
    java.util.Arrays.setAll(values, i -> number(given.get("values").get(i)));
    FakeTraining training = FakeTraining.run(stopping, given.get("key").asText(), values);
    assertThat(training.epochsRun).isEqualTo(given.get("epochs").asInt());
    assertThat(training.stopped).isEqualTo(given.get("stopped").asBoolean());
    assertThat(training.weight).isEqualTo(given.get("weights_of").asInt());
    assertThat(stopping.bestEpoch().orElse(0)).isEqualTo(given.get("best_epoch").asInt());
  }

  @ParameterizedTest
  @MethodSource("reducing")
  void reduces_the_learning_rate_where_keras_does(JsonNode given) {
    JsonNode o = given.get("options");
    ReduceLROnPlateau reduce =
        ReduceLROnPlateau.of(o.get("monitor").asText())
            .factor(o.path("factor").asDouble(0.1))
            .patience(o.path("patience").asInt(10))
            .mode(mode(o))
            .minDelta(o.path("min_delta").asDouble(1e-4))
            .cooldown(o.path("cooldown").asInt(0))
            .minLr(o.path("min_lr").asDouble(0));
    FakeTraining training = new FakeTraining(1, 1);
    training.learningRate(0.1);
    reduce.onTrainBegin(training);
    for (int epoch = 0; epoch < given.get("values").size(); epoch++) {
      Map<String, Double> logs = new LinkedHashMap<>();
      logs.put(o.get("monitor").asText(), number(given.get("values").get(epoch)));
      reduce.onEpochEnd(training, epoch, logs);
      JsonNode rates = given.get("rates").get(epoch);
      assertThat(logs.getOrDefault("learning_rate", -1.0).floatValue())
          .isEqualTo(single(rates.get(0)));
      assertThat((float) training.rate).isEqualTo(single(rates.get(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("saving")
  void saves_where_and_when_keras_does(JsonNode given) throws IOException {
    JsonNode o = given.get("options");
    ModelCheckpoint checkpoint =
        ModelCheckpoint.of(folder + "/" + o.get("filepath").asText())
            .monitor(o.path("monitor").asText("val_loss"))
            .mode(mode(o))
            .saveBestOnly(o.path("save_best_only").asBoolean());
    if (o.has("save_freq")) {
      checkpoint = checkpoint.saveFreq(o.get("save_freq").asInt());
    }
    if (o.has("initial_value_threshold")) {
      checkpoint = checkpoint.initialValueThreshold(o.get("initial_value_threshold").asDouble());
    }
    FakeTraining training = new FakeTraining(1, given.get("steps").asInt());
    training.keys = Set.of("loss", "accuracy", "val_loss", "val_accuracy");
    checkpoint.onTrainBegin(training);
    List<String> saved = new ArrayList<>();
    int epoch = 0;
    for (JsonNode e : given.get("epochs")) {
      checkpoint.onEpochBegin(training, epoch);
      training.logs.putAll(logs(e));
      training.logs.keySet().removeIf(k -> k.startsWith("val_"));
      for (int step = 0; step < training.steps; step++) {
        checkpoint.onTrainBatchEnd(training, step);
        move(saved);
      }
      checkpoint.onEpochEnd(training, epoch++, logs(e));
      move(saved);
    }
    List<String> expected = new ArrayList<>();
    given.get("saved").forEach(s -> expected.add(s.asText()));
    assertThat(saved).isEqualTo(expected);
  }

  /** Takes away what was saved, so that it is seen when it is saved again. */
  private void move(List<String> saved) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path p : all.toList()) {
        if (Checkpoint.exists(p)) {
          saved.add(p.getFileName().toString());
        }
        Checkpoint.delete(p);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("logging")
  void writes_the_text_that_keras_writes(JsonNode given) throws IOException {
    Path file = folder.resolve("log.csv");
    if (!given.get("before").isNull()) {
      Files.writeString(file, given.get("before").asText());
    }
    JsonNode o = given.get("options");
    CSVLogger logger =
        CSVLogger.of(file)
            .append(o.path("append").asBoolean())
            .separator(o.path("separator").asText(",").charAt(0));
    FakeTraining training = new FakeTraining(1, 1);
    logger.onTrainBegin(training);
    int epoch = 0;
    for (JsonNode e : given.get("epochs")) {
      logger.onEpochEnd(training, epoch++, logs(e));
    }
    logger.onTrainEnd(training);
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .isEqualTo(given.get("text").asText());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbers_read_as_in_python(JsonNode given) {
    double value = number(given.get("value"));
    assertThat(PythonNumbers.repr(value)).isEqualTo(given.get("repr").asText());
    int[] digits = {0, 2, 6};
    for (int i = 0; i < digits.length; i++) {
      assertThat(PythonNumbers.fixed(value, digits[i]))
          .isEqualTo(given.get("fixed").get(i).asText());
    }
  }

  private static Map<String, Double> logs(JsonNode node) {
    Map<String, Double> logs = new LinkedHashMap<>();
    node.properties().forEach(e -> logs.put(e.getKey(), number(e.getValue())));
    return logs;
  }

  private static double number(JsonNode text) {
    return switch (text.asText()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text.asText());
    };
  }

  private static float single(JsonNode number) {
    return Float.parseFloat(number.asText());
  }

  private static Mode mode(JsonNode options) {
    return Mode.valueOf(options.path("mode").asText("auto").toUpperCase(Locale.ROOT));
  }
}
