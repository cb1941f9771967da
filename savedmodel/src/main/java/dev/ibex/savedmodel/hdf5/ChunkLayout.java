package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.List;

/** The parts that a dataset is stored in. */
final class ChunkLayout {
  private final long[] dims;
  private final List<Chunk> chunks;

  ChunkLayout(long[] dims, List<Chunk> chunks) {
    this.dims = dims;
    this.chunks = chunks;
  }

  /** Returns the lengths of each part's axes. */
  long[] dims() {
    return dims;
  }

  /** Returns the stored parts. */
  List<Chunk> chunks() {
    return chunks;
  }

  /** What values may take of each stored byte; deflate makes at most 1032 bytes of one. */
  static final int MAX_RATIO = 1100;

  static ChunkLayout read(
      Source source, ByteBuffer in, int version, Space space, ElementType type) {
    ChunkLayout layout =
        version == 3
            ? ChunkIndex.tree(source, in, type.size())
            : LaterChunkIndex.read(source, in, space, type);
    if (layout.dims.length != space.dims().length) {
      throw new Damage("its chunks have another rank than its shape");
    }
    return layout;
  }

  /** Returns the bytes of a part before compression. */
  int bytes(ElementType type) {
    return (int) bytes(dims, type.size());
  }

  /**
   * Returns the bytes of a part.
   *
   * @throws Damage if it has none or more than a buffer
   */
  static long bytes(long[] dims, int size) {
    long n = size;
    for (long d : dims) {
      if (d <= 0 || d > (Integer.MAX_VALUE - 1024) / n) {
        throw new Damage("its chunks are empty or larger than 2 GB");
      }
      n *= d;
    }
    return n;
  }

  /**
   * Makes sure that the stored bytes can be those of the values.
   *
   * @throws Damage if there are too few, or more than the file has
   */
  void check(long values, long file) {
    long stored = 0;
    for (Chunk c : chunks) {
      stored += c.size();
      if (c.size() < 0 || stored < 0 || stored > file) {
        throw new Damage("has chunks that lie over each other or outside the file");
      }
    }
    if (values / MAX_RATIO > stored) {
      throw new Damage(
          "declares " + values + " bytes of values, but stores only " + stored + " for them");
    }
  }

  /** Puts the elements of a part where they belong; what is beyond the dataset's edge is none. */
  void scatter(Chunk chunk, ByteBuffer in, Space space, Elements to) {
    int rank = dims.length;
    long[] counts = new long[rank];
    for (int i = 0; i < rank; i++) {
      long at = chunk.offset()[i];
      if (at < 0 || at % dims[i] != 0) {
        throw new Damage("has a chunk at an impossible index");
      } else if (at >= space.dims()[i]) {
        return;
      }
      counts[i] = Math.min(dims[i], space.dims()[i] - at);
    }
    rows(new long[rank], counts, chunk, in, space, to);
  }

  private void rows(
      long[] index, long[] counts, Chunk chunk, ByteBuffer in, Space space, Elements to) {
    int last = dims.length - 1;
    int axis;
    do {
      long from = 0;
      long at = 0;
      for (int i = 0; i <= last; i++) {
        from = from * dims[i] + index[i];
        at = at * space.dims()[i] + chunk.offset()[i] + index[i];
      }
      in.position((int) from * to.type().size());
      to.put(in, (int) at, (int) counts[last]);
      axis = last - 1;
      while (axis >= 0 && ++index[axis] == counts[axis]) {
        index[axis--] = 0;
      }
    } while (axis >= 0);
  }
}
