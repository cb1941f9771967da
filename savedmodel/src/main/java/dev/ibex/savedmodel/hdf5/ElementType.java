package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.DType;
import java.nio.ByteOrder;

/**
 * The type of stored elements.
 *
 * @param dtype what they become
 * @param order which byte comes first
 * @param size the bytes of one
 * @param padding what stands after the last character of fixed-length strings
 */
record ElementType(DType dtype, ByteOrder order, int size, Padding padding) {
  /** How strings end. */
  enum Padding {
    /** No fixed-length string. */
    NONE,
    ZEROS,
    SPACES
  }

  static ElementType number(DType dtype, ByteOrder order) {
    return new ElementType(dtype, order, dtype.bytes(), Padding.NONE);
  }

  boolean isText() {
    return dtype == DType.STRING;
  }

  boolean isVariable() {
    return isText() && padding == Padding.NONE;
  }
}
