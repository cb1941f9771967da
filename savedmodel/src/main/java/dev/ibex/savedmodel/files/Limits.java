package dev.ibex.savedmodel.files;

import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** How much the parts of a model may be. */
final class Limits {
  /** Descriptions of the largest models have some tens of megabytes. */
  private static final int MAX_SMALL = 1 << 28;

  /** What DEFLATE can shrink a part to at most, and what it may shrink a large one to. */
  private static final long MAX_RATIO = 1000;

  private static final long MAX_RATIO_LARGE = 100;
  private static final long LARGE = 1 << 26;

  private Limits() {}

  /** Returns how many bytes a part of a zip may unpack to. */
  static long unpacked(long packed) {
    long stored = Math.max(1, packed);
    return Math.min(stored * MAX_RATIO, Math.max(LARGE, stored * MAX_RATIO_LARGE));
  }

  static byte[] readSmall(Path path, String name, InputStream in) throws IOException {
    return read(path, name, in, MAX_SMALL);
  }

  static byte[] read(Path path, String name, InputStream in, long limit) throws IOException {
    byte[] content = in.readNBytes((int) Math.min(limit, MAX_SMALL));
    if (in.read() >= 0) {
      throw tooLarge(path, name, Math.min(limit, MAX_SMALL));
    }
    return content;
  }

  static ModelFormatException tooLarge(Path path, String name, long limit) {
    return new ModelFormatException(
        path, name, "it unpacks to more than " + limit + " bytes and is not read", null);
  }

  static ModelFormatException missing(Path path, String name) {
    return new ModelFormatException(
        path,
        name,
        "this part is missing; a model of Keras 3 has it, a SavedModel of Keras 2 does not",
        null);
  }
}
