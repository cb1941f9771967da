package dev.ibex.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A block of a {@link SortedTable}: records, each the number of bytes that its key has in common
 * with the one before, the sizes of the rest and of the value, and these two; behind them a list of
 * records with whole keys, for searches.
 */
final class TableBlock {
  /** What an object needs beside its bytes. */
  private static final int OVERHEAD = 32;

  private final SortedTable table;
  private final int size;
  private final ByteBuffer records;
  private byte[] key = {};
  private ByteBuffer value = ByteBuffer.allocate(0);

  /**
   * @param block its bytes, least significant first
   */
  TableBlock(ByteBuffer block, SortedTable table) {
    this.table = table;
    this.size = block.limit();
    long end = size - (long) Integer.BYTES;
    if (end >= 0) {
      end -= Integer.toUnsignedLong(block.getInt((int) end)) * Integer.BYTES;
    }
    if (end < 0) {
      throw table.damaged("a block of " + size + " bytes is shorter than its list of records");
    }
    this.records = block.slice(0, (int) end);
  }

  /** Returns the size in bytes, without what follows a block. */
  int size() {
    return size;
  }

  /** Moves to the next record, the first time to the first one; returns false if there is none. */
  boolean next() {
    if (!records.hasRemaining()) {
      return false;
    }
    long shared = table.varint(records);
    long rest = table.varint(records);
    long length = table.varint(records);
    if (shared < 0 || shared > key.length) {
      throw table.damaged("a key begins with " + shared + " bytes of one with " + key.length);
    }
    if (rest < 0 || length < 0 || rest > records.remaining() - length) {
      throw table.damaged("a record reaches over the end of its block");
    }
    table.take(shared + rest + length + OVERHEAD);
    byte[] next = Arrays.copyOf(key, (int) (shared + rest));
    records.get(next, (int) shared, (int) rest);
    key = next;
    value = records.slice(records.position(), (int) length);
    records.position(records.position() + (int) length);
    return true;
  }

  /** Returns the key of the record. */
  byte[] key() {
    return key;
  }

  /** Returns the value of the record. */
  ByteBuffer value() {
    return value;
  }
}
