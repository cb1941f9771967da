package dev.ibex.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ibex.core.ConfigException;
import dev.ibex.core.LayerFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a JSON document together with its place, so that every error can say where it is.
 *
 * @param node the value; a missing node where a key is absent
 * @param pointer the JSON pointer; empty for the whole document
 * @param files what lies beside the document
 */
record Place(JsonNode node, String pointer, LayerFiles files) {
  /** Deeper than any model, and far from the stack's end. */
  private static final int MAX_DEPTH = 250;

  private static final JsonMapper MAPPER = mapper();

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  Place(JsonNode node, String pointer) {
    this(node, pointer, LayerFiles.NONE);
  }

  /** Returns the value with the files beside its document. */
  Place with(LayerFiles beside) {
    return new Place(node, pointer, beside);
  }

  /**
   * Parses a document.
   *
   * @throws ConfigException if it is not JSON, or nested too deeply
   */
  static Place parse(String json) {
    try {
      return new Place(MAPPER.readTree(json), "");
    } catch (JsonProcessingException e) {
      String at =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new ConfigException("", "not a JSON document: " + e.getOriginalMessage() + at);
    }
  }

  /** Returns a value as a document. */
  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether the key exists. */
  boolean has(String key) {
    return node.has(key);
  }

  /** Returns the value of a key; {@link #missing()} where there is none. */
  Place at(String key) {
    JsonNode value = node.get(key);
    return new Place(value == null ? MissingNode.getInstance() : value, below(pointer, key), files);
  }

  /** Returns the pointer of a key of what is at a pointer. */
  static String below(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** Returns the value of a key that must be there. */
  Place need(String key) {
    if (!node.isObject()) {
      throw expected("an object");
    }
    Place found = at(key);
    if (found.missing()) {
      throw fail("the key \"" + key + "\" is missing");
    }
    return found;
  }

  boolean missing() {
    return node.isMissingNode();
  }

  /** Returns whether this is null or absent. */
  boolean none() {
    return node.isNull() || node.isMissingNode();
  }

  /** Returns the elements of an array. */
  List<Place> items() {
    if (!node.isArray()) {
      throw expected("a list");
    }
    List<Place> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Place(node.get(i), pointer + "/" + i, files));
    }
    return items;
  }

  /** Returns the values of an object by key. */
  Map<String, Place> fields() {
    if (!node.isObject()) {
      throw expected("an object");
    }
    Map<String, Place> fields = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(k -> fields.put(k, at(k)));
    return fields;
  }

  String string() {
    if (!node.isTextual()) {
      throw expected("a text");
    }
    return node.textValue();
  }

  /** Returns the text of a key, if it is there and not null. */
  Optional<String> string(String key) {
    Place p = at(key);
    return p.none() ? Optional.empty() : Optional.of(p.string());
  }

  /** Returns a whole number, which Python may have written as {@code 3.0}. */
  long integer(long min, long max) {
    boolean whole =
        node.isIntegralNumber()
            || (node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue()));
    if (!whole || node.doubleValue() < min || node.doubleValue() > max) {
      throw expected("a whole number" + (max == Integer.MAX_VALUE ? " of 32 bits" : ""));
    }
    return node.longValue();
  }

  int integer() {
    return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  double number() {
    if (!node.isNumber()) {
      throw expected("a number");
    }
    return node.doubleValue();
  }

  boolean bool() {
    if (!node.isBoolean()) {
      throw expected("true or false");
    }
    return node.booleanValue();
  }

  /** Returns an error that says what came instead. */
  ConfigException expected(String what) {
    return fail("expected " + what + ", got " + shortText());
  }

  /** Returns an error at this place. */
  ConfigException fail(String text) {
    return new ConfigException(pointer, text);
  }

  /** Returns the value as error texts show it. */
  String shortText() {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String text = node instanceof TextNode t ? "\"" + t.textValue() + "\"" : Place.text(node);
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
