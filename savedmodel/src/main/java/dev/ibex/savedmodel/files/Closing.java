package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Something to be closed or removed. */
public interface Closing {
  /** Closes it. */
  void close() throws IOException;

  /**
   * Closes all, also where one fails.
   *
   * @throws UncheckedIOException what failed first, with the others suppressed
   */
  static void all(List<? extends Closing> closings) {
    RuntimeException failure = null;
    for (Closing closing : closings) {
      try {
        closing.close();
      } catch (IOException | RuntimeException e) {
        RuntimeException found =
            e instanceof RuntimeException r ? r : new UncheckedIOException((IOException) e);
        if (failure == null) {
          failure = found;
        } else {
          failure.addSuppressed(found);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
