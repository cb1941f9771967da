package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleException;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.TensorBundle;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files with the values of the variables. */
public final class VariableFiles {
  private VariableFiles() {}

  /** Returns whether there are any. */
  public static boolean exist(SavedModelFile file) {
    return BundleIndex.exists(file.variables());
  }

  /**
   * Checks that the files are there and whole, so far as their index tells.
   *
   * @return what is in them
   * @throws ModelFormatException if one is missing, cut off or damaged
   */
  public static BundleIndex check(SavedModelFile file) {
    return index(file.directory());
  }

  private static BundleIndex index(Path directory) {
    Path prefix = SavedModelFile.variables(directory);
    if (!BundleIndex.exists(prefix)) {
      throw wrong(
          directory,
          BundleIndex.file(prefix),
          "",
          "this part is missing, but the graph has variables; copy the whole directory",
          null);
    }
    try {
      return BundleIndex.read(prefix);
    } catch (BundleException e) {
      throw wrong(
          directory,
          e.file(),
          e.place(),
          e.problem() + "; copy the whole directory of a SavedModel",
          e);
    }
  }

  /**
   * Reads an array, after a look whether it is there and what is expected.
   *
   * @param directory that of the SavedModel
   * @throws ModelFormatException as {@link #check}, and if the array is missing or another
   * @throws dev.ibex.graph.NativeException if its bytes are damaged
   */
  public static Array read(Path directory, TensorBundle.Entry expected) {
    check(directory, index(directory), expected);
    return TensorBundle.read(SavedModelFile.variables(directory), List.of(expected)).get(0);
  }

  /**
   * Checks that an array is what is expected: TensorFlow would read whatever is there.
   *
   * @throws ModelFormatException if it is missing or another
   */
  public static void check(Path directory, BundleIndex index, TensorBundle.Entry expected) {
    BundleIndex.Entry found = index.entries().get(expected.name());
    if (found == null
        || found.type() != expected.dtype().proto()
        || !found.shape().equals(expected.shape())) {
      throw wrong(
          directory,
          BundleIndex.file(index.prefix()),
          expected.name(),
          "expected "
              + expected
              + ", found "
              + (found == null ? "nothing of that name" : found)
              + "; it is damaged or was not completely written; export the model again",
          null);
    }
  }

  private static ModelFormatException wrong(
      Path directory, Path part, String entry, String text, @Nullable Exception cause) {
    String place = SavedModelFile.part(directory, part);
    return new ModelFormatException(
        directory, entry.isEmpty() ? place : place + "!" + entry, text, cause);
  }
}
