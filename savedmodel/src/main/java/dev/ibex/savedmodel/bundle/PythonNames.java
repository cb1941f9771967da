package dev.ibex.savedmodel.bundle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names of inputs where Python takes them as names of arguments. */
final class PythonNames {
  /** Words that Python keeps for itself. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  private PythonNames() {}

  /** Returns for each name one that Python can take; most are the same. */
  static Map<String, String> of(Collection<String> names) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : names) {
      String valid = name.replaceAll("[^\\p{L}\\p{N}_]", "_");
      if (!valid.matches("[\\p{L}_].*")) {
        valid = "arg_" + valid;
      }
      while (KEYWORDS.contains(valid) || found.containsValue(valid)) {
        valid += "_";
      }
      found.put(name, valid);
    }
    return found;
  }
}
