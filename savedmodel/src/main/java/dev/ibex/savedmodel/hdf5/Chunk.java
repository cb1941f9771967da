package dev.ibex.savedmodel.hdf5;

/** A stored part of a dataset. */
final class Chunk {
  private final long[] offset;
  private final long address;
  private final long size;
  private final int skipped;

  Chunk(long[] offset, long address, long size, int skipped) {
    this.offset = offset;
    this.address = address;
    this.size = size;
    this.skipped = skipped;
  }

  /** Returns the index of its first element. */
  long[] offset() {
    return offset;
  }

  /** Returns where it lies. */
  long address() {
    return address;
  }

  /** Returns the bytes that are stored. */
  long size() {
    return size;
  }

  /** Returns a bit for each filter that was not applied. */
  int skipped() {
    return skipped;
  }
}
