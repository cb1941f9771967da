package dev.ibex.savedmodel.hdf5;

import dev.ibex.ModelFormatException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group or a dataset of a file that is open. */
public abstract sealed class Hdf5Node permits Hdf5Group, Hdf5Dataset {
  private final NodeCore core;

  Hdf5Node(NodeCore core) {
    this.core = core;
  }

  final NodeCore core() {
    return core;
  }

  /** Returns the names from the root on, joined by slashes; empty for the root. */
  public final String path() {
    return core.path();
  }

  /**
   * Returns a text attribute: a string or an array of one.
   *
   * @return empty if there is no attribute of that name
   * @throws ModelFormatException if it is no single string
   */
  public final Optional<String> text(String attribute) {
    return core.text(attribute);
  }

  /**
   * Returns an attribute of several texts; also one that Keras has split into {@code name0}, {@code
   * name1} and so on because of its size. An attribute without elements is an empty list, whatever
   * its type.
   *
   * @return empty if there is no attribute of that name
   * @throws ModelFormatException if it has elements that are no strings
   */
  public final Optional<List<String>> texts(String attribute) {
    return core.texts(attribute);
  }

  /** Returns an exception that names the file and this node. */
  public final ModelFormatException fail(String text, @Nullable Throwable cause) {
    return core.fail(text, cause);
  }
}
