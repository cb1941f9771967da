package dev.ibex.tests.conformance;

import dev.ibex.core.UnsupportedConfigException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A case that asks for something Ibex does not have. */
final class Missing extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param what class, function, option or kind
   */
  Missing(String what, String name) {
    super("missing " + what + " " + name);
  }

  /** Returns the text of an exception that says that something is missing. */
  static Optional<String> text(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof Missing) {
        return Optional.of(String.valueOf(t.getMessage()));
      } else if (t instanceof UnsupportedConfigException u) {
        return Optional.of(u.missing());
      }
    }
    return Optional.empty();
  }
}
