package dev.ibex.savedmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ExtensionRegistryLite;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** SavedModels of Python: see tests/src/test/python/savedmodels/write_fixtures.py. */
final class SavedModelFixtures {
  private SavedModelFixtures() {}

  /** A call of a signature, with what Python computed. */
  record Call(String signature, Map<String, Array> inputs, Map<String, Array> outputs) {}

  static Path folder(String name) {
    String written = System.getProperty("ibex.savedmodels", "");
    if (!written.isEmpty()) {
      return Path.of(written, name); // those that Python has just written
    }
    try {
      return Path.of(
          Objects.requireNonNull(SavedModelFixtures.class.getResource("/savedmodels/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies a model, to be damaged. */
  static Path copy(String name, Path to) {
    Path from = folder(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        Path target = to.resolve(from.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the description of a model's first graph. */
  static Path edit(Path model, Consumer<MetaGraphDef.Builder> change) {
    Path file = model.resolve("saved_model.pb");
    try {
      SavedModel.Builder all =
          SavedModel.parseFrom(Files.readAllBytes(file), ExtensionRegistryLite.getEmptyRegistry())
              .toBuilder();
      change.accept(all.getMetaGraphsBuilder(0));
      Files.write(file, all.build().toByteArray());
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Call> calls(String name) {
    try {
      JsonNode list = new JsonMapper().readTree(folder(name + ".json").toFile());
      return elements(list).stream()
          .map(
              c ->
                  new Call(
                      c.get("signature").asText(),
                      arrays(c.get("inputs")),
                      arrays(c.get("outputs"))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Array> arrays(JsonNode byName) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    byName.properties().forEach(e -> arrays.put(e.getKey(), array(e.getValue())));
    return arrays;
  }

  private static Array array(JsonNode a) {
    Shape shape = Shape.of(elements(a.get("shape")).stream().mapToLong(JsonNode::asLong).toArray());
    JsonNode data = a.get("data");
    DType dtype = DType.of(a.get("dtype").asText());
    return dtype == DType.STRING
        ? Array.of(shape, elements(data).stream().map(JsonNode::asText).toArray(String[]::new))
        : Array.generate(
            dtype,
            shape,
            i ->
                data.get(i).isBoolean()
                    ? (data.get(i).asBoolean() ? 1 : 0)
                    : data.get(i).asDouble());
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
