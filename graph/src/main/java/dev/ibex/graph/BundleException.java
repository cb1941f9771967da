package dev.ibex.graph;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A checkpoint's file that is missing or damaged; says which, and where in it. */
public final class BundleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final String place;
  private final String problem;

  BundleException(Path file, String place, String problem, @Nullable Throwable cause) {
    super(file + (place.isEmpty() ? "" : "!" + place) + ": " + problem, cause);
    this.file = file;
    this.place = place;
    this.problem = problem;
  }

  BundleException(Path file, String place, String problem) {
    this(file, place, problem, null);
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the part of the file, such as the key of an array; empty for the whole. */
  public String place() {
    return place;
  }

  /** Returns what was expected, what came and what to do, without file and place. */
  public String problem() {
    return problem;
  }
}
