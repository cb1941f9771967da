package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JSON of files and for the terminal. */
final class Json {
  /** Writes ASCII alone, which every terminal and pipe takes. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Returns the object of a text.
   *
   * @throws ModelFormatException if it is no JSON object
   */
  static ObjectNode parse(Path file, String place, String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new ModelFormatException(file, place, "expected a JSON object", null);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, place, "no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns the text of a file.
   *
   * @throws ModelFormatException if it is no text in UTF-8
   */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(file, "", "no text in UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
  }

  /** Returns a member that is an object with members of its own. */
  static Optional<ObjectNode> object(JsonNode node, String key) {
    return member(node, key)
        .filter(n -> n instanceof ObjectNode && !n.isEmpty())
        .map(ObjectNode.class::cast);
  }

  /** Returns a member that is there and not null. */
  static Optional<JsonNode> member(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key)).filter(n -> !n.isNull());
  }

  /** Returns a document for people and programs. */
  static String pretty(JsonNode node) {
    return write(node, true);
  }

  /** Returns a value on one line. */
  static String line(JsonNode node) {
    return write(node, false);
  }

  private static String write(JsonNode node, boolean pretty) {
    try {
      return pretty
          ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node)
          : MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
