package dev.ibex.savedmodel.npy;

import dev.ibex.ModelFormatException;
import java.nio.file.Path;

/**
 * Where an array stands.
 *
 * @param file the file that errors name
 * @param part the part of it that they name; empty for the whole
 */
record Place(Path file, String part) {
  ModelFormatException fail(String text) {
    return new ModelFormatException(file, part, text, null);
  }
}
