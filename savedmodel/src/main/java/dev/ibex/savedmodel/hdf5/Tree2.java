package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the records of a tree of version 2. */
final class Tree2 {
  private static final int PREFIX = 6;
  private static final int CHECKSUM = 4;
  private static final int MAX_DEPTH = 16;

  private final Source source;
  private final int record;
  private final int[] childCount;
  private final List<ByteBuffer> records = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();

  private Tree2(Source source, int node, int record, int depth) {
    this.source = source;
    this.record = record;
    this.childCount = widths(node, record, depth);
  }

  /** Returns the records in their order. */
  static List<ByteBuffer> records(Source source, long address) {
    ByteBuffer in = source.read(address, 34);
    Signature.check(in, Signature.TREE_2, "tree");
    int record = in.getShort(10) & 0xffff;
    int depth = in.getShort(12) & 0xffff;
    int node = in.getInt(6);
    if (record == 0 || depth > MAX_DEPTH || node < PREFIX + CHECKSUM + record) {
      throw new Damage("has a tree of impossible size");
    }
    Tree2 tree = new Tree2(source, node, record, depth);
    if (in.getLong(16) != Bytes.UNDEFINED) {
      tree.node(in.getLong(16), depth, in.getShort(24) & 0xffff);
    }
    return tree.records;
  }

  /** The bytes of a child's numbers of records: its own, then all below for each depth. */
  private static int[] widths(int node, int record, int depth) {
    int[] widths = new int[depth + 1];
    long room = (long) node - PREFIX - CHECKSUM;
    long most = room / record;
    long below = most;
    widths[0] = bytes(most);
    for (int d = 1; d <= depth; d++) {
      int pointer = 8 + widths[0] + (d == 1 ? 0 : widths[d - 1]);
      long count = (room - pointer) / (record + pointer);
      below = (count + 1) * below + count;
      widths[d] = bytes(below);
    }
    return widths;
  }

  private static int bytes(long limit) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, limit))) / 8 + 1;
  }

  private void node(long address, int depth, int count) {
    if (!seen.add(address)) {
      throw new Damage("has a tree that goes in circles");
    }
    int all = depth > 1 ? childCount[depth - 1] : 0;
    long pointers = depth == 0 ? 0 : (count + 1L) * (8 + childCount[0] + all);
    ByteBuffer in = source.read(address, PREFIX + (long) count * record + pointers);
    Signature.check(in, depth == 0 ? Signature.TREE_2_LEAF : Signature.TREE_2_INNER, "tree");
    in.getShort();
    for (int i = 0; i < count; i++) {
      records.add(Numbers.take(in, record));
    }
    for (int i = 0; depth > 0 && i <= count; i++) {
      long child = in.getLong();
      int records = (int) Numbers.unsigned(in, childCount[0]);
      Numbers.unsigned(in, all);
      node(child, depth - 1, records);
    }
  }
}
