package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where two JSON documents differ. Numbers are equal by value: 1 is 1.0. */
final class JsonDifferences {
  /** Numbers that Keras draws anew each time it writes. */
  private static final Set<String> IDLE = Set.of("shared_object_id");

  private static final int LONGEST = 60;

  private final List<String> found = new ArrayList<>();

  private JsonDifferences() {}

  /** Returns a line for each place: the JSON pointer, the value in the one, that in the other. */
  static List<String> of(Optional<? extends JsonNode> a, Optional<? extends JsonNode> b) {
    JsonDifferences differences = new JsonDifferences();
    differences.compare(
        "", Optional.ofNullable(a.orElse(null)), Optional.ofNullable(b.orElse(null)));
    return differences.found;
  }

  private void compare(String pointer, Optional<JsonNode> a, Optional<JsonNode> b) {
    if (a.isPresent() && b.isPresent()) {
      compare(pointer, a.get(), b.get());
    } else if (a.isPresent() || b.isPresent()) {
      add(pointer, a, b);
    }
  }

  private void compare(String pointer, JsonNode a, JsonNode b) {
    if (a.isObject() && b.isObject()) {
      Set<String> keys = new TreeSet<>();
      for (Iterator<String> i = a.fieldNames(); i.hasNext(); ) {
        keys.add(i.next());
      }
      for (Iterator<String> i = b.fieldNames(); i.hasNext(); ) {
        keys.add(i.next());
      }
      keys.removeAll(IDLE);
      for (String key : keys) {
        String inner = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
        compare(inner, Optional.ofNullable(a.get(key)), Optional.ofNullable(b.get(key)));
      }
    } else if (a.isArray() && b.isArray()) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        compare(pointer + "/" + i, Optional.ofNullable(a.get(i)), Optional.ofNullable(b.get(i)));
      }
    } else if (!same(a, b)) {
      add(pointer, Optional.of(a), Optional.of(b));
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    boolean sameNumber = a.isNumber() && b.isNumber() && a.asDouble() == b.asDouble();
    return sameNumber || a.equals(b);
  }

  private void add(String pointer, Optional<JsonNode> a, Optional<JsonNode> b) {
    found.add((pointer.isEmpty() ? "/" : pointer) + ": " + text(a) + " | " + text(b));
  }

  private static String text(Optional<JsonNode> value) {
    String text = value.map(Json::line).orElse("absent");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
