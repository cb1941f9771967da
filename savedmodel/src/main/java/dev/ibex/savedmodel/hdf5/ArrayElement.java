package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;

/** Takes the elements of an array of chunks. */
@FunctionalInterface
interface ArrayElement {
  void take(long index, ByteBuffer element);
}
