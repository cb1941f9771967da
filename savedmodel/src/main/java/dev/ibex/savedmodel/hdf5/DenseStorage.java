package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.List;

/** Links and attributes that are too many for a header: messages in a heap, found by a tree. */
final class DenseStorage {
  private static final int LINK_HASH = 4;

  private DenseStorage() {}

  /** Returns the link messages that a link info message leads to. */
  static List<ByteBuffer> links(Source source, ByteBuffer info) {
    info.get();
    int skipped = (info.get() & 1) == 0 ? 0 : 8;
    info.position(info.position() + skipped);
    return objects(source, info, LINK_HASH);
  }

  /** Returns the attribute messages that an attribute info message leads to. */
  static List<ByteBuffer> attributes(Source source, ByteBuffer info) {
    info.get();
    int skipped = (info.get() & 1) == 0 ? 0 : 2;
    info.position(info.position() + skipped);
    return objects(source, info, 0);
  }

  /** Each record of the tree has the identifier of an object of the heap. */
  private static List<ByteBuffer> objects(Source source, ByteBuffer info, int before) {
    long heap = info.getLong();
    long tree = info.getLong();
    if (heap == Bytes.UNDEFINED) {
      return List.of();
    }
    FractalHeap objects = new FractalHeap(source, heap);
    return Tree2.records(source, tree).stream()
        .map(r -> objects.object(r.position(before).slice().order(r.order())))
        .toList();
  }
}
