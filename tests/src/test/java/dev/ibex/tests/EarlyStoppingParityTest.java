package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.callbacks.EarlyStopping;
import dev.ibex.callbacks.Mode;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions of real Keras, written by {@code early_stopping.py}. */
class EarlyStoppingParityTest {
  static Stream<Named<JsonNode>> cases() throws IOException {
    try (InputStream in =
        EarlyStoppingParityTest.class.getResourceAsStream(
            "/golden/keras-3.15.1/early_stopping.json")) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(in));
      return StreamSupport.stream(all.spliterator(), false)
          .map(c -> Named.of(c.get("key").asText() + " " + c.get("options"), c));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stops_and_restores_where_keras_does(JsonNode given) {
    EarlyStopping stopping = stopping(given);
    Course training = new Course();
    stopping.onTrainBegin(training);
    int epoch = 0;
    while (epoch < given.get("values").size() && !training.stopped) {
      training.weight = epoch;
      double value = Double.parseDouble(given.get("values").get(epoch).asText());
      stopping.onEpochEnd(training, epoch, Map.of(given.get("key").asText(), value));
      epoch++;
    }
    stopping.onTrainEnd(training);
    assertThat(epoch).isEqualTo(given.get("epochs").asInt());
    assertThat(training.stopped).isEqualTo(given.get("stopped").asBoolean());
    assertThat(training.weight).isEqualTo(given.get("weights_of").asInt());
    assertThat(stopping.bestEpoch().orElse(0)).isEqualTo(given.get("best_epoch").asInt());
  }

  private static EarlyStopping stopping(JsonNode given) {
    JsonNode o = given.get("options");
    EarlyStopping stopping =
        EarlyStopping.of(given.get("key").asText())
            .patience(o.path("patience").asInt())
            .minDelta(o.path("min_delta").asDouble())
            .mode(Mode.valueOf(o.path("mode").asText("auto").toUpperCase(Locale.ROOT)))
            .restoreBestWeights(o.path("restore_best_weights").asBoolean())
            .startFromEpoch(o.path("start_from_epoch").asInt());
    return o.has("baseline") ? stopping.baseline(o.get("baseline").asDouble()) : stopping;
  }

  /** A training whose only weight is the number of the epoch. */
  private static final class Course implements Training {
    private boolean stopped;
    private float weight;

    @Override
    public int epochs() {
      return 1;
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public long iteration() {
      return 0;
    }

    @Override
    public double learningRate() {
      return 0;
    }

    @Override
    public void learningRate(double value) {}

    @Override
    public Map<String, Double> logs() {
      return Map.of();
    }

    @Override
    public Map<String, Array> weights() {
      return Map.of("epoch", Array.scalar(weight));
    }

    @Override
    public void weights(Map<String, Array> values) {
      values.values().forEach(a -> weight = a.floats()[0]);
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public boolean largerIsBetter(String key) {
      return key.endsWith("accuracy");
    }
  }
}
