package dev.ibex.savedmodel.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layers of one model as Keras 2.12 to 2.14 kept them. Until 2.13 it met each layer with
 * weights twice and counted it twice: {@code dense}, {@code dense_2}, {@code dense_4}.
 */
final class FormerLayers {
  /** What the group of layers was called. */
  static final String NAME = "_layer_checkpoint_dependencies";

  private static final Pattern NUMBERED = Pattern.compile("(.+?)(?:_(\\d{1,9}))?");

  private FormerLayers() {}

  /**
   * Returns the layers, or what else has their names, under the names that they would have today.
   */
  static <L> Map<String, L> today(Map<String, L> members) {
    Map<String, Map<Integer, L>> byClass = new TreeMap<>();
    members.forEach(
        (name, layer) -> {
          Matcher m = NUMBERED.matcher(name);
          if (m.matches()) {
            int number = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
            byClass.computeIfAbsent(m.group(1), k -> new TreeMap<>()).put(number, layer);
          }
        });
    Map<String, L> today = new LinkedHashMap<>();
    byClass.forEach(
        (name, layers) -> {
          int count = 0;
          for (L layer : layers.values()) {
            today.put(count == 0 ? name : name + "_" + count, layer);
            count++;
          }
        });
    return today;
  }
}
