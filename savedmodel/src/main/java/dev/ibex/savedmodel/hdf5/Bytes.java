package dev.ibex.savedmodel.hdf5;

import java.io.ByteArrayOutputStream;

/** Collects numbers, least significant byte first, as HDF5 structures have them. */
final class Bytes {
  /** An address of nothing. */
  static final long UNDEFINED = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static int padded(int length) {
    return (length + 7) & ~7;
  }

  Bytes u8(int... values) {
    for (int v : values) {
      out.write(v);
    }
    return this;
  }

  Bytes u16(int value) {
    return number(value, 2);
  }

  Bytes u32(long value) {
    return number(value, 4);
  }

  Bytes u64(long value) {
    return number(value, 8);
  }

  private Bytes number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    return this;
  }

  /** Adds bytes and zeros up to the next multiple of eight. */
  Bytes padded(byte[] bytes) {
    return raw(bytes).zeros(padded(bytes.length) - bytes.length);
  }

  Bytes zeros(int count) {
    for (int i = 0; i < count; i++) {
      out.write(0);
    }
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
