package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;

/** Reads the array of chunks of a dataset that cannot grow. */
final class FixedArray {
  private static final int PREFIX = 14;
  private static final int CHECKSUM = 4;
  private static final int MAX_PAGE_BITS = 30;

  private FixedArray() {}

  static void read(Source source, long address, ArrayElement to) {
    ByteBuffer in = source.read(address, 24);
    Signature.check(in, Signature.FIXED_ARRAY, "array of chunks");
    int size = in.get(6) & 0xff;
    int bits = in.get(7);
    long count = in.getLong(8);
    long block = in.getLong(16);
    if (size < 8 || bits < 0 || bits > MAX_PAGE_BITS) {
      throw new Damage("has an array of chunks of impossible size");
    } else if (block == Bytes.UNDEFINED) {
      return;
    }
    source.check(0, Math.multiplyExact(count, size));
    Signature.check(source.read(block, 4), Signature.FIXED_ARRAY_BLOCK, "array of chunks");
    long page = 1L << bits;
    if (count <= page) {
      elements(source.read(block + PREFIX, count * size), 0, size, to);
      return;
    }
    long pages = (count + page - 1) / page;
    ByteBuffer present = source.read(block + PREFIX, (pages + 7) / 8);
    long at = block + PREFIX + (pages + 7) / 8 + CHECKSUM;
    for (long p = 0; p < pages; p++) {
      long length = Math.min(page, count - p * page) * size;
      if ((present.get((int) (p / 8)) & (0x80 >> (p % 8))) != 0) {
        elements(source.read(at, length), p * page, size, to);
      }
      at += length + CHECKSUM;
    }
  }

  /** Hands out all elements of a buffer. */
  static void elements(ByteBuffer in, long first, int size, ArrayElement to) {
    for (long i = first; in.remaining() >= size; i++) {
      to.take(i, Numbers.take(in, size));
    }
  }
}
