package dev.ibex.savedmodel.npy;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.pickle.PickleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads NumPy's {@code .npz} archives whose entries are dictionaries of arrays, as Keras writes
 * weights. NumPy keeps dictionaries as pickles; they are taken apart, never run.
 */
public final class Npz {
  private static final String ENDING = ".npy";

  private Npz() {}

  /**
   * Returns the arrays of a file by the names of the entries, and there by their keys.
   *
   * @throws ModelFormatException if it is damaged, or holds anything else
   */
  public static Map<String, Map<String, Array>> dictionaries(Path file) {
    return dictionaries(file, "", file);
  }

  /**
   * Returns the arrays of content that was taken out of another file.
   *
   * @param shownFile the file that errors name
   * @param part the part of it that they name
   * @param actual where the content lies
   * @throws ModelFormatException if it is damaged, or holds anything else
   */
  public static Map<String, Map<String, Array>> dictionaries(
      Path shownFile, String part, Path actual) {
    Map<String, Map<String, Array>> entries = new LinkedHashMap<>();
    try (Container zip = Container.zip(shownFile, part, actual)) {
      for (String name : zip.names()) {
        Place place = new Place(shownFile, part.isEmpty() ? name : part + "!" + name);
        if (!name.endsWith(ENDING)) {
          throw place.fail("expected arrays, which are named *.npy");
        }
        entries.put(
            name.substring(0, name.length() - ENDING.length()),
            dictionary(place, bytes(place, zip.file(name))));
      }
    }
    return entries;
  }

  private static ByteBuffer bytes(Place place, Path file) {
    try {
      if (Files.size(file) > Integer.MAX_VALUE - 8) {
        throw place.fail("pickles of 2 GB and more are not read; save the weights as .h5");
      }
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Array> dictionary(Place place, ByteBuffer content) {
    NpyHeader header = Npy.header(place, content);
    if (!header.isObject()) {
      throw place.fail(
          "expected a dictionary of arrays, got an array of type "
              + header.descr()
              + " and shape "
              + header.shape());
    }
    try {
      return new PickledArrays(place, content.slice()).dictionary();
    } catch (PickleException e) {
      throw place.fail(String.valueOf(e.getMessage()));
    }
  }
}
