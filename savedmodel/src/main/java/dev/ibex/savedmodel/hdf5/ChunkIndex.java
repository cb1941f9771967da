package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds chunks in a tree of version 1, which is what h5py writes unless told otherwise. */
final class ChunkIndex {
  private final Source source;
  private final int rank;
  private final List<Chunk> chunks = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();

  private ChunkIndex(Source source, int rank) {
    this.source = source;
    this.rank = rank;
  }

  /** Reads the layout after its first two bytes; one axis too many is for an element's bytes. */
  static ChunkLayout tree(Source source, ByteBuffer in, int size) {
    int rank = in.get() - 1;
    long address = in.getLong();
    if (rank < 1) {
      throw new Damage("has chunks without axes");
    }
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = Integer.toUnsignedLong(in.getInt());
    }
    ChunkLayout.bytes(dims, size);
    ChunkIndex index = new ChunkIndex(source, rank);
    if (address != Bytes.UNDEFINED) {
      index.node(address, Tree.MAX_LEVEL);
    }
    return new ChunkLayout(dims, index.chunks);
  }

  private void node(long address, int above) {
    Tree.Node node = Tree.read(source, address, Tree.CHUNKS, 8 + 8 * (rank + 1), above, seen);
    for (int i = 0; i < node.count(); i++) {
      if (node.level() > 0) {
        node(node.child(i), node.level());
      } else {
        chunks.add(chunk(node.key(i), node.child(i)));
      }
    }
  }

  private Chunk chunk(ByteBuffer key, long address) {
    long size = Integer.toUnsignedLong(key.getInt());
    int skipped = key.getInt();
    long[] offset = new long[rank];
    for (int i = 0; i < rank; i++) {
      offset[i] = key.getLong();
    }
    return new Chunk(offset, address, size, skipped);
  }
}
