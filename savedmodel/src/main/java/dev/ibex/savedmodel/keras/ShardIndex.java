package dev.ibex.savedmodel.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.files.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@code *.weights.json} says: which files beside it hold which weights.
 *
 * @param json the file
 * @param shards the names of files by the groups in them, {@code layers/dense/vars}
 */
record ShardIndex(Path json, Map<String, List<String>> shards) {
  static final String ENDING = ".weights.json";

  private static final String MAP = "weight_map";
  private static final int MAX_DEPTH = 10;
  private static final int MAX_SIZE = 1 << 28;
  private static final JsonMapper MAPPER = mapper();

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  /** Returns whether a file is named as one. */
  static boolean isNamed(Path path) {
    return String.valueOf(path.getFileName()).endsWith(ENDING);
  }

  /**
   * Reads a file.
   *
   * @throws ModelFormatException if it is damaged
   */
  static ShardIndex read(Path json) {
    JsonNode map = parse(json).path(MAP);
    if (!map.isObject()) {
      throw fail(json, "/" + MAP, "expected an object, got " + kind(map));
    }
    Map<String, List<String>> shards = new LinkedHashMap<>();
    map.properties()
        .forEach(
            e -> {
              String place = "/" + MAP + "/" + e.getKey().replace("~", "~0").replace("/", "~1");
              shards.put(group(e.getKey()), names(json, place, e.getValue()));
            });
    return new ShardIndex(json, shards);
  }

  private static JsonNode parse(Path json) {
    try {
      if (Files.size(json) > MAX_SIZE) {
        throw fail(json, "", "larger than " + MAX_SIZE + " bytes and not read");
      }
      return MAPPER.readTree(Files.readAllBytes(json));
    } catch (JsonProcessingException e) {
      throw fail(json, "", "not a JSON document: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(json + ": cannot be read: " + e, e);
    }
  }

  /** Returns a group's path in its file: {@code /layers/dense/vars} without the first slash. */
  private static String group(String key) {
    return key.startsWith("/") ? key.substring(1) : key;
  }

  private static List<String> names(Path json, String place, JsonNode node) {
    List<String> names = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        names.add(name(json, place + "/" + i, node.get(i)));
      }
    } else {
      names.add(name(json, place, node));
    }
    return names;
  }

  private static String name(Path json, String place, JsonNode node) {
    if (!node.isTextual()) {
      throw fail(json, place, "expected the name of a file, got " + kind(node));
    }
    String name = node.textValue();
    if (!FileName.isPlain(name)) {
      throw fail(
          json, place, "\"" + name + "\" leads elsewhere; shards lie beside " + json.getFileName());
    }
    return name;
  }

  /** Returns the names of all files. */
  Set<String> files() {
    Set<String> files = new TreeSet<>();
    shards.values().forEach(files::addAll);
    return files;
  }

  /**
   * Returns the path of a file.
   *
   * @throws ModelFormatException if there is none, or it lies elsewhere
   */
  Path file(String name) {
    Path file = json.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw fail("/" + MAP, "the file " + name + " is missing beside it; copy all shards together");
    }
    try {
      Path real = file.toRealPath();
      if (Files.isSymbolicLink(file)
          && !real.startsWith(json.toAbsolutePath().resolveSibling(".").toRealPath())) {
        throw fail("/" + MAP, name + " is a link to " + real + "; shards lie beside the JSON file");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
  }

  ModelFormatException fail(String place, String text) {
    return fail(json, place, text);
  }

  private static ModelFormatException fail(Path json, String place, String text) {
    return new ModelFormatException(json, place, text, null);
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the text of the file.
   *
   * @param totalSize how many bytes all weights take
   */
  String text(long totalSize) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("metadata").put("total_size", totalSize);
    ObjectNode map = root.putObject(MAP);
    shards.forEach(
        (group, names) -> {
          ArrayNode list = map.putArray("/" + group);
          names.forEach(list::add);
        });
    return root.toPrettyString();
  }
}
