package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The checksum of filter 3, in the last four bytes. */
final class Fletcher {
  private static final int WIDTH = 4;

  private Fletcher() {}

  /**
   * Returns the bytes before the checksum.
   *
   * @throws Damage if they have another one
   */
  static byte[] check(byte[] data) {
    int length = data.length - WIDTH;
    if (length < 0) {
      throw new Damage("a chunk is too short for its checksum");
    }
    int stored = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    if (sum(data, length) != stored) {
      throw new Damage("a chunk's checksum is wrong; its values are damaged");
    }
    return Arrays.copyOf(data, length);
  }

  private static int sum(byte[] data, int length) {
    long first = 0;
    long second = 0;
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? data[i + 1] & 0xff : 0;
      first = folded(first + (((data[i] & 0xff) << 8) | low));
      second = folded(second + first);
    }
    return (int) ((second << 16) | first);
  }

  private static long folded(long sum) {
    return (sum & 0xffff) + (sum >> 16);
  }
}
