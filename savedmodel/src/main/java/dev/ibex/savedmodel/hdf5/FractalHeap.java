package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.List;

/** Objects of a group or dataset that are too many for its header. */
final class FractalHeap {
  private static final int MANAGED = 0;
  private static final int HUGE = 1;
  private static final int TINY = 2;
  private static final int MAX_DEPTH = 64;

  private final Source source;
  private final ByteBuffer header;
  private final int width;
  private final long start;
  private final long largest;
  private final int offsetBytes;
  private final int lengthBytes;

  FractalHeap(Source source, long address) {
    this.source = source;
    this.header = source.read(address, 142);
    Signature.check(header, Signature.FRACTAL_HEAP, "heap");
    this.width = header.getShort(110) & 0xffff;
    this.start = header.getLong(112);
    this.largest = header.getLong(120);
    int bits = header.getShort(128) & 0xffff;
    if (width == 0 || Long.bitCount(start) != 1 || largest < start || bits == 0 || bits > 64) {
      throw new Damage("has a heap of impossible size");
    } else if (header.getShort(7) != 0) {
      throw new Damage("has a compressed heap, which is not read");
    }
    this.offsetBytes = (bits + 7) / 8;
    int most = log2(Math.max(1, Integer.toUnsignedLong(header.getInt(10)))) / 8 + 1;
    this.lengthBytes = Math.min((log2(largest) + 7) / 8, most);
  }

  private static int log2(long n) {
    return 63 - Long.numberOfLeadingZeros(n);
  }

  /** Returns the object of an identifier. */
  ByteBuffer object(ByteBuffer id) {
    int flags = id.get();
    return switch ((flags >> 4) & 3) {
      case MANAGED -> {
        long offset = Numbers.unsigned(id, offsetBytes);
        yield managed(offset, Numbers.unsigned(id, lengthBytes));
      }
      case HUGE -> huge(Numbers.unsigned(id, Math.min(8, id.remaining())));
      case TINY -> Numbers.take(id, (flags & 0xf) + 1);
      default -> throw new Damage("has an object of unknown kind in its heap");
    };
  }

  private ByteBuffer huge(long key) {
    List<ByteBuffer> records = Tree2.records(source, header.getLong(22));
    for (ByteBuffer r : records) {
      if (r.getLong(16) == key) {
        return source.read(r.getLong(0), r.getLong(8));
      }
    }
    throw new Damage("misses an object in its heap");
  }

  /** Blocks lie in rows of equal size; each row after the second has blocks of twice the size. */
  private ByteBuffer managed(long offset, long length) {
    long address = header.getLong(132);
    int rows = header.getShort(140) & 0xffff;
    long rest = offset;
    for (int depth = 0; rows > 0; depth++) {
      Signature.check(source.read(address, 4), Signature.INDIRECT_BLOCK, "block of a heap");
      int row = 0;
      long size = start;
      while (row < rows && rest >= width * size) {
        rest -= width * size;
        size = row == 0 ? size : 2 * size;
        row++;
      }
      if (row == rows || rest < 0 || size <= 0 || depth == MAX_DEPTH) {
        throw new Damage("has an object outside its heap");
      }
      long entry = address + 13 + offsetBytes + 8 * (row * (long) width + rest / size);
      rest %= size;
      address = source.read(entry, 8).getLong();
      rows = size <= largest ? 0 : log2(size) - log2(start * width) + 1;
    }
    Signature.check(source.read(address, 4), Signature.DIRECT_BLOCK, "block of a heap");
    return source.read(Math.addExact(address, rest), length);
  }
}
