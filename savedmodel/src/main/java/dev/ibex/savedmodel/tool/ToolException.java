package dev.ibex.savedmodel.tool;

import org.jspecify.annotations.Nullable;

/** A file that cannot be used as the command line asks; the text says why and what to do. */
final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ToolException(String text) {
    this(text, null);
  }

  ToolException(String text, @Nullable Throwable cause) {
    super(text, cause);
  }
}
