package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.Set;

/** Trees of version 1, which hold the names of a group or the chunks of a dataset. */
final class Tree {
  static final int GROUP = 0;
  static final int CHUNKS = 1;
  static final int MAX_LEVEL = 64;

  private static final int HEADER = 24;

  private Tree() {}

  /**
   * One node.
   *
   * @param level 0 for a leaf
   * @param body keys and addresses in turn
   */
  record Node(int level, int count, int key, ByteBuffer body) {
    long child(int i) {
      return body.getLong(i * (key + 8) + key);
    }

    /** Returns the key before a child. */
    ByteBuffer key(int i) {
      return body.slice(i * (key + 8), key).order(body.order());
    }
  }

  /**
   * Reads a node.
   *
   * @param key the bytes of a key
   * @param above the level of the node above
   * @param seen the addresses of the nodes that were read before
   */
  static Node read(Source source, long address, int kind, int key, int above, Set<Long> seen) {
    ByteBuffer head = source.read(address, HEADER);
    Signature.check(head, Signature.TREE, "tree");
    int found = head.get();
    int level = head.get() & 0xff;
    int count = head.getShort() & 0xffff;
    if (found != kind || level >= above || !seen.add(address)) {
      throw new Damage("has a tree that is damaged or goes in circles");
    }
    return new Node(level, count, key, source.read(address + HEADER, (long) count * (key + 8)));
  }
}
