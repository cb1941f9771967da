package dev.ibex.graph;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Remembers which part of a model emitted the nodes of a name scope, so that a native error can say
 * where it happened. Thread-safe.
 */
final class Places {
  private static final Pattern NODE = Pattern.compile("\\{\\{node ([^}]+)\\}\\}");
  private static final Pattern NOT_COMPILED =
      Pattern.compile("Detected unsupported operations when trying to compile graph [^:]*: (\\w+)");
  private final Map<String, String> byScope = new ConcurrentHashMap<>();

  void put(String scope, String place) {
    byScope.put(scope, place);
  }

  /** Returns the place of the longest scope that encloses the node; empty if none does. */
  String of(String node) {
    for (String scope = node; !scope.isEmpty(); ) {
      String place = byScope.get(scope);
      if (place != null) {
        return place;
      }
      int slash = scope.lastIndexOf('/');
      scope = slash < 0 ? "" : scope.substring(0, slash);
    }
    return "";
  }

  RuntimeException explain(String function, RuntimeException e) {
    if (!(e instanceof TensorFlowException)
        && !(e instanceof IllegalArgumentException)
        && !(e instanceof IndexOutOfBoundsException)) {
      return e;
    }
    String text = String.valueOf(e.getMessage());
    Matcher m = NODE.matcher(text);
    String node = m.find() ? m.group(1) : "";
    String place = of(node);
    String where = place.isEmpty() ? "" : place + ", ";
    Matcher unsupported = NOT_COMPILED.matcher(text);
    String why =
        unsupported.find()
            ? "XLA cannot compile " + unsupported.group(1) + ", so run it without XLA. "
            : "";
    return new NativeException(where + "while running " + function + ": " + why + text, node, e);
  }
}
