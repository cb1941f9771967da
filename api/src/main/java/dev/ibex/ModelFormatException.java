package dev.ibex;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be read; says which, and where in it. */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final String place;

  /**
   * Creates the exception.
   *
   * @param file the file
   * @param place the part of it: an entry with a JSON pointer or an HDF5 path; empty for the whole
   * @param text what was expected, what came, what to do
   * @param cause what was thrown below, if anything
   */
  public ModelFormatException(Path file, String place, String text, @Nullable Throwable cause) {
    super(
        file + (place.isEmpty() ? "" : "!" + place) + (text.startsWith("at ") ? " " : ": ") + text,
        cause);
    this.file = file;
    this.place = place;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the part of the file; empty for the whole. */
  public String place() {
    return place;
  }
}
