package dev.ibex.savedmodel.hdf5;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import org.tensorflow.ndarray.Shape;

/** A dataset of a file that is open. */
public final class Hdf5Dataset extends Hdf5Node {

  Hdf5Dataset(NodeCore core) {
    super(core);
  }

  /**
   * Returns the shape.
   *
   * @throws ModelFormatException if it is damaged
   */
  public Shape shape() {
    return core().reading(() -> space().shape());
  }

  /**
   * Returns the type of the elements.
   *
   * @throws ModelFormatException if it has no counterpart
   */
  public DType dtype() {
    return core().reading(() -> type().dtype());
  }

  /**
   * Returns the elements.
   *
   * @throws ModelFormatException if they are damaged, incomplete, of a type without counterpart or
   *     more than an array or the memory can hold
   */
  public Array read() {
    return core().reading(() -> new DataReader(core(), type(), space()).read());
  }

  private Space space() {
    return Space.read(core().header().need(MessageType.SPACE));
  }

  private ElementType type() {
    return TypeReader.read(
        core().header().need(MessageType.TYPE), () -> core().text("dtype").orElse(""));
  }
}
