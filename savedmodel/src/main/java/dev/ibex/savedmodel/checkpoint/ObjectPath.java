package dev.ibex.savedmodel.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of edges with slashes between them, such as {@code model/_operations/1/bias}. As in the
 * keys of checkpoints, a dot and a slash inside a name are {@code ..} and {@code .S}.
 */
public final class ObjectPath {
  /** What a variable's value is called among what a checkpoint has of it. */
  public static final String ATTRIBUTE = "VARIABLE_VALUE";

  private static final String ATTRIBUTES = "/.ATTRIBUTES/";
  private static final String VALUE = ATTRIBUTES + ATTRIBUTE;

  private ObjectPath() {}

  /** Returns the key of a variable's value. */
  public static String key(String path) {
    return path + VALUE;
  }

  /** Returns where something lies that is no variable's value. */
  static String attribute(String path, String name) {
    return path + ATTRIBUTES + name;
  }

  /** Returns whether a key is that of a variable's value. */
  public static boolean isValue(String key) {
    return key.endsWith(VALUE);
  }

  /** Returns the path of the variable that a key is the value's of; any other key as it is. */
  public static String ofKey(String key) {
    return isValue(key) ? key.substring(0, key.length() - VALUE.length()) : key;
  }

  /** Returns a path with one edge more. */
  static String child(String path, String edge) {
    String escaped = edge.replace(".", "..").replace("/", ".S");
    return path.isEmpty() ? escaped : path + "/" + escaped;
  }

  /**
   * Returns the names of the edges.
   *
   * @throws IllegalArgumentException if there is none, one is empty, or a dot stands alone
   */
  static List<String> edges(String path) {
    List<String> edges = new ArrayList<>();
    for (String edge : path.split("/", -1)) {
      edges.add(unescaped(edge, path));
    }
    return edges;
  }

  private static String unescaped(String edge, String path) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < edge.length(); i++) {
      char c = edge.charAt(i);
      if (c == '.') {
        i++;
        char next = i < edge.length() ? edge.charAt(i) : ' ';
        if (next != '.' && next != 'S') {
          throw bad(path);
        }
        c = next == 'S' ? '/' : '.';
      }
      name.append(c);
    }
    if (edge.isEmpty()) {
      throw bad(path);
    }
    return name.toString();
  }

  private static IllegalArgumentException bad(String path) {
    return new IllegalArgumentException(
        "path: expected names with slashes between them, such as \"model/_operations/1/bias\", where"
            + " a name's own dot is \"..\" and its own slash \".S\", got \""
            + path
            + "\"");
  }
}
