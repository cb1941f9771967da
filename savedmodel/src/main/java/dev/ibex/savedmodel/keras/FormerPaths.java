package dev.ibex.savedmodel.keras;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Paths of weights as Keras 2.12 to 2.14 wrote them, where they stand in one list. */
final class FormerPaths {
  private static final String FORMER = FormerLayers.NAME + "/";

  /** The names of today by former names, for each path that ends in the list of layers. */
  private final Map<String, Map<String, String>> today = new HashMap<>();

  /** Takes all paths of a file, which tell how layers are counted. */
  FormerPaths(Set<String> paths) {
    Map<String, Map<String, String>> layers = new HashMap<>();
    for (String path : paths) {
      for (int at = path.indexOf(FORMER); at >= 0; at = path.indexOf(FORMER, at + 1)) {
        int start = at + FORMER.length();
        String name = name(path, start);
        layers.computeIfAbsent(path.substring(0, start), k -> new TreeMap<>()).put(name, name);
      }
    }
    layers.forEach(
        (prefix, names) -> {
          Map<String, String> now = today.computeIfAbsent(prefix, k -> new HashMap<>());
          FormerLayers.today(names).forEach((name, former) -> now.put(former, name));
        });
  }

  /** Returns the name that begins at a place. */
  private static String name(String path, int start) {
    int end = path.indexOf('/', start);
    return path.substring(start, end < 0 ? path.length() : end);
  }

  /** Returns where a path of the file would be today. */
  String today(String path) {
    StringBuilder now = new StringBuilder();
    int from = 0;
    for (int at = path.indexOf(FORMER); at >= 0; at = path.indexOf(FORMER, from)) {
      int start = at + FORMER.length();
      String former = name(path, start);
      now.append(path, from, at).append("layers/");
      now.append(
          today.getOrDefault(path.substring(0, start), Map.of()).getOrDefault(former, former));
      from = start + former.length();
    }
    return now.append(path, from, path.length()).toString();
  }
}
