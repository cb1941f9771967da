package dev.ibex.savedmodel.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files in one directory. */
public final class FileName {
  private FileName() {}

  /** Returns whether a name leads nowhere else, on no system. */
  public static boolean isPlain(String name) {
    if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || "/\\:".indexOf(c) >= 0)) {
      return false;
    }
    try {
      return !name.startsWith("..") && !name.equals(".") && Path.of(name).getNameCount() == 1;
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
