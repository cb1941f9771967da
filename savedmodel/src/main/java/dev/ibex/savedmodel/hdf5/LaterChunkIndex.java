package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds chunks in the ways that HDF5 has had since 1.10; h5py writes them with libver="latest". */
final class LaterChunkIndex {
  private static final int SINGLE = 1;
  private static final int IMPLICIT = 2;
  private static final int FIXED = 3;
  private static final int EXTENSIBLE = 4;
  private static final int TREE = 5;
  private static final int FILTERED_SINGLE = 2;

  private final Source source;
  private final long[] dims;
  private final long bytes;
  private final List<Chunk> chunks = new ArrayList<>();

  private LaterChunkIndex(Source source, long[] dims, long bytes) {
    this.source = source;
    this.dims = dims;
    this.bytes = bytes;
  }

  /** Reads the layout after its first two bytes; one axis too many is for an element's bytes. */
  static ChunkLayout read(Source source, ByteBuffer in, Space space, ElementType type) {
    int flags = in.get();
    int rank = in.get() - 1;
    int width = in.get();
    if (rank < 1 || rank != space.dims().length || width < 1 || width > 8) {
      throw new Damage("its chunks have another rank than its shape");
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = Numbers.unsigned(in, width);
    }
    Numbers.unsigned(in, width);
    long bytes = ChunkLayout.bytes(dims, type.size());
    LaterChunkIndex index = new LaterChunkIndex(source, dims, bytes);
    index.read(in, flags, space);
    return new ChunkLayout(dims, index.chunks);
  }

  private void read(ByteBuffer in, int flags, Space space) {
    int kind = in.get();
    if (kind == SINGLE) {
      boolean filtered = (flags & FILTERED_SINGLE) != 0;
      long size = filtered ? in.getLong() : bytes;
      int skipped = filtered ? in.getInt() : 0;
      add(new long[dims.length], in.getLong(), size, skipped);
      return;
    }
    int parameters =
        switch (kind) {
          case IMPLICIT -> 0;
          case FIXED -> 1;
          case EXTENSIBLE -> 5;
          case TREE -> 6;
          default -> throw new Damage("has an index of chunks of unknown kind " + kind);
        };
    in.position(in.position() + parameters);
    long address = in.getLong();
    if (address == Bytes.UNDEFINED) {
      return;
    } else if (kind == TREE) {
      Tree2.records(source, address).forEach(this::record);
      return;
    }
    Grid grid = new Grid(space, dims);
    switch (kind) {
      case IMPLICIT -> implicit(address, grid);
      case FIXED -> FixedArray.read(source, address, (i, e) -> element(grid, i, e));
      default -> ExtensibleArray.read(source, address, (i, e) -> element(grid, i, e));
    }
  }

  private void implicit(long address, Grid grid) {
    long count = grid.count();
    source.check(address, Math.multiplyExact(count, bytes));
    for (long i = 0; i < count; i++) {
      add(grid.offset(i), address + i * bytes, bytes, 0);
    }
  }

  /** An address, and for compressed chunks their size and the filters that were skipped. */
  private void element(Grid grid, long index, ByteBuffer element) {
    int width = element.remaining() - 12;
    long address = element.getLong();
    if (address != Bytes.UNDEFINED) {
      long size = width < 0 ? bytes : Numbers.unsigned(element, width);
      add(grid.offset(index), address, size, width < 0 ? 0 : element.getInt());
    }
  }

  private void record(ByteBuffer in) {
    int width = in.remaining() - 12 - 8 * dims.length;
    long address = in.getLong();
    long size = width < 0 ? bytes : Numbers.unsigned(in, width);
    int skipped = width < 0 ? 0 : in.getInt();
    long[] offset = new long[dims.length];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = Math.multiplyExact(in.getLong(), dims[i]);
    }
    add(offset, address, size, skipped);
  }

  private void add(long[] offset, long address, long size, int skipped) {
    if (address != Bytes.UNDEFINED) {
      chunks.add(new Chunk(offset, address, size, skipped));
    }
  }
}
