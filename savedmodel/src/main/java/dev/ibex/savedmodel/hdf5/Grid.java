package dev.ibex.savedmodel.hdf5;

/** The order that arrays of chunks have: row by row, an axis without limit before all others. */
final class Grid {
  private final long[] dims;
  private final long[] counts;
  private final int unlimited;

  Grid(Space space, long[] dims) {
    this.dims = dims;
    this.counts = new long[dims.length];
    int free = 0;
    for (int i = 0; i < dims.length; i++) {
      boolean limited = space.most()[i] >= 0;
      long length = Math.max(space.dims()[i], limited ? space.most()[i] : 0);
      counts[i] = Math.max(1, length / dims[i] + (length % dims[i] == 0 ? 0 : 1));
      free = limited ? free : i;
    }
    this.unlimited = free;
  }

  long count() {
    long n = 1;
    for (long c : counts) {
      n = Math.multiplyExact(n, c);
    }
    return n;
  }

  /** Returns the index of the first element of a chunk. */
  long[] offset(long chunk) {
    long[] offset = new long[dims.length];
    long rest = chunk;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (i != unlimited) {
        offset[i] = rest % counts[i] * dims[i];
        rest /= counts[i];
      }
    }
    offset[unlimited] = Math.multiplyExact(rest, dims[unlimited]);
    return offset;
  }
}
