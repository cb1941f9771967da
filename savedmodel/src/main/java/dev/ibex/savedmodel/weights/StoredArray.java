package dev.ibex.savedmodel.weights;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/**
 * An array of a file.
 *
 * @param name its name in the file, where that is another than its key in a match; else empty
 * @param reader reads its elements
 */
public record StoredArray(String name, Shape shape, DType dtype, Supplier<Array> reader) {
  /** Returns an array that is known by its key. */
  public StoredArray(Shape shape, DType dtype, Supplier<Array> reader) {
    this("", shape, dtype, reader);
  }

  /** Returns an array that is in memory. */
  public static StoredArray of(Array array) {
    return new StoredArray(array.shape(), array.dtype(), () -> array);
  }
}
