package dev.ibex.tests.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.tensorflow.ndarray.Shape;

/** The files of one kind of model: the model in each format, and what it does. */
record KindFolder(Path path) {
  static final String KERAS = "model.keras";
  static final String LEGACY = "model.h5";
  static final String WEIGHTS = "model.weights.h5";
  static final String PIECES = "model.weights.json";
  static final String SAVED_MODEL = "saved_model";

  /** What Ibex trained on and exported again, and the file that says what it does. */
  static final String AGAIN = "saved_model_again";

  /** Kinds whose weights are written in pieces, too. */
  static final Set<String> IN_PIECES = Set.of("nested");

  /** Kinds with files of layers, which no other format holds. */
  static final Set<String> ARCHIVE_ALONE = Set.of("own_files");

  /** What a piece may take: that of the kind above is in several. */
  static final long PIECE = 256;

  private static final String FACTS = "facts.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  Path file(String name) {
    return path.resolve(name);
  }

  static boolean isWhole(String file) {
    return file.equals(KERAS) || file.equals(LEGACY);
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Returns what the other side wrote down. */
  JsonNode facts() throws IOException {
    return MAPPER.readTree(file(FACTS).toFile());
  }

  void write(ObjectNode facts) throws IOException {
    Files.writeString(file(FACTS), facts.toString());
  }

  /** Writes down what a file beside this one does. */
  void write(String name, ObjectNode facts) throws IOException {
    Files.writeString(file(name + ".json"), facts.toString());
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode parse(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  // ---- arrays -----------------------------------------------------------------------------

  static ObjectNode write(Map<String, Array> arrays) {
    ObjectNode written = object();
    arrays.forEach((name, array) -> written.set(name, write(array)));
    return written;
  }

  static ArrayNode write(Collection<Array> arrays) {
    ArrayNode written = MAPPER.createArrayNode();
    arrays.forEach(a -> written.add(write(a)));
    return written;
  }

  private static ObjectNode write(Array array) {
    ObjectNode written = object().put("dtype", array.dtype().lowerName());
    written.set("shape", MAPPER.valueToTree(array.shape().asArray()));
    ArrayNode data = written.putArray("data");
    for (int i = 0; i < array.size(); i++) {
      data.add(array.number(i));
    }
    return written;
  }

  static Map<String, Array> arrays(JsonNode byName) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    byName.properties().forEach(e -> arrays.put(e.getKey(), array(e.getValue())));
    return arrays;
  }

  static List<Array> list(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(KindFolder::array).toList();
  }

  private static Array array(JsonNode written) {
    long[] dims =
        StreamSupport.stream(written.get("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    JsonNode data = written.get("data");
    return Array.generate(
        DType.valueOf(written.get("dtype").asText().toUpperCase(Locale.ROOT)),
        Shape.of(dims),
        i -> data.get(i).asDouble());
  }
}
