package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;

/**
 * Reads the array of chunks of a dataset that can grow along one axis: some elements in the index
 * block, the others in blocks of growing size, in super blocks from a certain one on.
 */
final class ExtensibleArray {
  private static final int PREFIX = 14;
  private static final int CHECKSUM = 4;

  private final Source source;
  private final ArrayElement to;
  private final int size;
  private final int offsetBytes;
  private final int least;
  private final long page;
  private final long count;
  private long next;

  private ExtensibleArray(Source source, ByteBuffer header, ArrayElement to) {
    this.source = source;
    this.to = to;
    this.size = header.get(6) & 0xff;
    int bits = header.get(7) & 0xff;
    this.least = header.get(9) & 0xff;
    int pageBits = header.get(11) & 0xff;
    this.count = header.getLong(44);
    int pointers = header.get(10) & 0xff;
    if (size < 8
        || bits > 62
        || pageBits > 30
        || Integer.bitCount(least) != 1
        || count < 0
        || Integer.bitCount(pointers) != 1) {
      throw new Damage("has an array of chunks of impossible size");
    }
    this.offsetBytes = (bits + 7) / 8;
    this.page = 1L << pageBits;
  }

  static void read(Source source, long address, ArrayElement to) {
    ByteBuffer in = source.read(address, 68);
    Signature.check(in, Signature.EXTENSIBLE_ARRAY, "array of chunks");
    if (in.getLong(60) != Bytes.UNDEFINED) {
      new ExtensibleArray(source, in, to).index(in);
    }
  }

  private void index(ByteBuffer header) {
    int direct = header.get(8) & 0xff;
    int pointers = header.get(10) & 0xff;
    int supers = 1 + (header.get(7) & 0xff) - log2(least);
    int first = 2 * log2(pointers);
    long at = header.getLong(60);
    Signature.check(source.read(at, 4), Signature.EXTENSIBLE_INDEX, "array of chunks");
    at += PREFIX;
    elements(at, direct);
    at += (long) direct * size;
    for (int s = 0; s < supers && next < count; s++) {
      long blocks = 1L << (s / 2);
      long length = (long) least << ((s + 1) / 2);
      if (s < first) {
        blocks(at, blocks, length);
        at += 8 * blocks;
      } else {
        superBlock(source.read(at, 8).getLong(), blocks, length);
        at += 8;
      }
    }
  }

  private static int log2(int n) {
    return 31 - Integer.numberOfLeadingZeros(n);
  }

  private void superBlock(long address, long blocks, long length) {
    if (address == Bytes.UNDEFINED) {
      next += blocks * length;
      return;
    }
    Signature.check(source.read(address, 4), Signature.EXTENSIBLE_SUPER, "array of chunks");
    long pages = length > page ? blocks * ((length / page + 7) / 8) : 0;
    blocks(address + PREFIX + offsetBytes + pages, blocks, length);
  }

  /** Reads the blocks of one size whose addresses lie one after the other. */
  private void blocks(long addresses, long blocks, long length) {
    for (long b = 0; b < blocks && next < count; b++) {
      long block = source.read(addresses + 8 * b, 8).getLong();
      if (block == Bytes.UNDEFINED) {
        next += length;
      } else {
        Signature.check(source.read(block, 4), Signature.EXTENSIBLE_BLOCK, "array of chunks");
        block(block + PREFIX + offsetBytes, length);
      }
    }
  }

  private void block(long at, long length) {
    if (length <= page) {
      elements(at, length);
      return;
    }
    long start = at + CHECKSUM;
    for (long done = 0; done < length; done += page) {
      elements(start, page);
      start += page * size + CHECKSUM;
    }
  }

  /** Takes as many of so many elements as the array has; what comes after is only room. */
  private void elements(long at, long length) {
    long used = Math.max(0, Math.min(length, count - next));
    FixedArray.elements(source.read(at, used * size), next, size, to);
    next += length;
  }
}
