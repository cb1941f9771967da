package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.tensorflow.ndarray.Shape;

/** The files that hdf5_fixtures.py wrote, and the values in them. */
final class Fixtures {
  static final Path SHOWN = Path.of("model.keras");
  static final String ENTRY = "model.weights.h5";

  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/hdf5/" + name + ".h5.gz")) {
      return new GZIPInputStream(Objects.requireNonNull(in, name)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Hdf5File open(String name) {
    return open(bytes(name));
  }

  static Hdf5File open(byte[] content) {
    return Hdf5File.of(SHOWN, ENTRY, content);
  }

  static byte[] bytes(Hdf5Content content) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns 0, 1, 2 and so on, or false and true in turn. */
  static Array values(DType dtype, long... shape) {
    if (dtype == DType.STRING) {
      String[] texts = new String[(int) Shape.of(shape).size()];
      Arrays.setAll(texts, i -> i == 0 ? "" : "käse " + "\uD83D\uDE00".repeat(i));
      return Array.of(Shape.of(shape), texts);
    }
    return Array.generate(dtype, Shape.of(shape), i -> dtype == DType.BOOL ? i % 2 : i % 100);
  }
}
