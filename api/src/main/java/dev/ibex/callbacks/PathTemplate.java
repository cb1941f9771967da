package dev.ibex.callbacks;

import dev.ibex.core.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path with numbers to fill in, such as {@code run/{epoch:02d}-{val_loss:.2f}}. */
final class PathTemplate {
  private static final Pattern FIELD = Pattern.compile("\\{([^{}:]+)(?::([^{}]*))?\\}");
  private static final Pattern FORMAT = Pattern.compile("(0?)(\\d*)(?:d|(?:\\.(\\d+))?f)");
  private static final List<String> WHOLE = List.of("epoch", "batch");

  private final String template;
  private final List<String> names = new ArrayList<>();

  PathTemplate(String template) {
    this.template = template;
    String rest = FIELD.matcher(template).replaceAll("");
    Check.that(
        !rest.contains("{") && !rest.contains("}"),
        "path: expected fields such as {epoch:02d} or {val_loss:.2f}, got \"%s\"",
        template);
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      names.add(field.group(1));
      String format = field.group(2);
      boolean whole = WHOLE.contains(field.group(1));
      Check.that(
          format == null || (FORMAT.matcher(format).matches() && (whole || !format.endsWith("d"))),
          "path: the format of %s in \"%s\" is not one of those known: 02d for epoch and batch,"
              + " .2f for figures, each with any width and digits",
          field.group(),
          template);
    }
  }

  /** Refuses a field whose value will not be known. */
  void check(Collection<String> known) {
    for (String name : names) {
      Check.that(
          known.contains(name), "path: there is no \"%s\" to fill in; there are %s", name, known);
    }
  }

  /**
   * Returns the directory that all the paths are in.
   *
   * @param file whether the paths are files; a directory without fields is itself that directory
   */
  Path root(boolean file) {
    int field = template.indexOf('{');
    if (field < 0) {
      Path path = Path.of(template);
      return file ? path.resolveSibling("") : path;
    }
    int end = Math.max(template.lastIndexOf('/', field), template.lastIndexOf('\\', field));
    return Path.of(end < 0 ? "." : template.substring(0, end + 1));
  }

  /** Returns a path that ends as all do. */
  Path example() {
    int fields = template.lastIndexOf('}');
    return Path.of(fields < 0 ? template : "x" + template.substring(fields + 1));
  }

  /** Returns the path with the values in it. */
  Path fill(Map<String, Double> values) {
    check(values.keySet());
    return Path.of(
        FIELD
            .matcher(template)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        text(
                            values.getOrDefault(m.group(1), 0.0),
                            WHOLE.contains(m.group(1)),
                            m.group(2) == null ? "" : m.group(2)))));
  }

  private static String text(double value, boolean whole, String format) {
    if (format.isEmpty()) {
      return whole ? String.valueOf((long) value) : PythonNumbers.repr(value);
    }
    Matcher m = FORMAT.matcher(format);
    Check.that(m.matches(), "path: the format \"%s\" is not known", format);
    int digits = format.endsWith("d") ? 0 : m.group(3) == null ? 6 : Integer.parseInt(m.group(3));
    String text = PythonNumbers.fixed(value, digits);
    int missing = (m.group(2).isEmpty() ? 0 : Integer.parseInt(m.group(2))) - text.length();
    if (missing <= 0) {
      return text;
    }
    if (m.group(1).isEmpty()) {
      return " ".repeat(missing) + text;
    }
    String sign = text.startsWith("-") ? "-" : "";
    return sign + "0".repeat(missing) + text.substring(sign.length());
  }

  @Override
  public String toString() {
    return template;
  }
}
