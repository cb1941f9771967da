package dev.ibex.graph;

import java.util.zip.CRC32C;

/** The checksum of TensorFlow's files: that of data which has checksums in it would be weak. */
final class MaskedCrc {
  private static final int MASK = 0xa282ead8;

  private MaskedCrc() {}

  static int of(byte[] data) {
    return of(data, 0, data.length);
  }

  static int of(byte[] data, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
