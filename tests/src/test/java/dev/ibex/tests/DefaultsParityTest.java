package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Schedule;
import dev.ibex.core.UnsupportedConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares every class's keys and defaults with what Keras's {@code get_config} gave: the required
 * keys alone are read, and what is written then must be what Keras writes.
 */
class DefaultsParityTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "keras.optimizers.schedules", Schedule.class,
          "keras.layers", Layer.class,
          "keras.initializers", Initializer.class,
          "keras.regularizers", Regularizer.class,
          "keras.constraints", Constraint.class,
          "keras.losses", Loss.class,
          "keras.metrics", Metric.class,
          "keras.optimizers", Optimizer.class);

  /** Keys that Keras does not write while they are null, though its classes take them. */
  private static final Set<String> NULL_KEYS = Set.of("activity_regularizer");

  /** Keras's keys for things that are refused when they are set. */
  private static final Set<String> REFUSED = Set.of("quantization_config", "renorm_clipping");

  @TestFactory
  List<DynamicTest> keys_and_defaults_are_those_of_keras() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    JsonNode all =
        JSON.readTree(Path.of("src/test/resources/golden/keras-3.15.1/defaults.json").toFile());
    for (JsonNode golden : all.get("objects")) {
      Class<?> type = TYPES.get(golden.get("module").asText());
      if (type != null && known(type, golden)) {
        String name = golden.get("module").asText() + "." + golden.get("class_name").asText();
        tests.add(DynamicTest.dynamicTest(name, () -> compare(type, golden)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests;
  }

  private static boolean known(Class<?> type, JsonNode golden) {
    try {
      ConfigCodec.get().fromJson(type, golden.toString());
      return true;
    } catch (UnsupportedConfigException e) {
      return e.kind() != UnsupportedConfigException.Kind.CLASS;
    }
  }

  private static void compare(Class<?> type, JsonNode golden) throws IOException {
    ObjectNode least = golden.deepCopy();
    ObjectNode keys = (ObjectNode) least.get("config");
    Set<String> required = new TreeSet<>();
    golden.get("required").fieldNames().forEachRemaining(required::add);
    required.add("batch_shape");
    keys.retain(required);
    Object made = ConfigCodec.get().fromJson(type, least.toString());
    JsonNode written = JSON.readTree(ConfigCodec.get().toJson(made));
    assertThat(written.get("module")).isEqualTo(golden.get("module"));
    assertThat(written.get("class_name")).isEqualTo(golden.get("class_name"));
    assertThat(written.get("registered_name")).isEqualTo(golden.get("registered_name"));

    ObjectNode ours = (ObjectNode) written.get("config");
    ObjectNode theirs = golden.get("config").deepCopy();
    settle(ours, theirs);
    if (type == Layer.class) {
      ours.remove("name");
      theirs.remove("name");
    }
    Set<String> ourKeys = new TreeSet<>();
    ours.fieldNames().forEachRemaining(ourKeys::add);
    Set<String> theirKeys = new TreeSet<>();
    theirs.fieldNames().forEachRemaining(theirKeys::add);
    assertThat(ourKeys).isEqualTo(theirKeys);
    for (String key : theirKeys) {
      assertThat(same(ours.get(key), theirs.get(key)))
          .as("%s: %s instead of %s", key, ours.get(key), theirs.get(key))
          .isTrue();
    }
  }

  /** Takes out the keys that only one side writes, and may. */
  private static void settle(ObjectNode ours, ObjectNode theirs) {
    REFUSED.stream().filter(k -> !ours.has(k)).forEach(theirs::remove);
    NULL_KEYS.stream().filter(k -> !theirs.has(k)).forEach(ours::remove);
  }

  /** Numbers are equal as float32, which Keras rounds some to; a list of one is its element. */
  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return (float) a.asDouble() == (float) b.asDouble();
    }
    if (a.isArray() && a.size() == 1 && !b.isArray()) {
      return same(a.get(0), b);
    }
    if (a.path("config").isObject() && b.path("config").isObject()) {
      ObjectNode ours = a.get("config").deepCopy();
      ObjectNode theirs = b.get("config").deepCopy();
      settle(ours, theirs);
      return a.get("class_name").equals(b.get("class_name")) && ours.equals(theirs);
    }
    return a.equals(b);
  }
}
