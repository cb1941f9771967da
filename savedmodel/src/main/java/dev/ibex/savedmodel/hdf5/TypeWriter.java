package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.DType;
import java.nio.charset.StandardCharsets;

/** Writes what a datatype message says. */
final class TypeWriter {
  /** Bytes of a reference to a string in the heap. */
  static final int REFERENCE = 16;

  private static final int INTEGER = 0x10;
  private static final int FLOAT = 0x11;
  private static final int TEXT = 0x13;
  private static final int OPAQUE = 0x15;
  private static final int ENUM = 0x18;
  private static final int VARIABLE = 0x19;
  private static final int SIGNED = 8;
  private static final int UTF_8 = 0x10;

  private TypeWriter() {}

  /** Returns the bytes of one element. */
  static int size(DType dtype) {
    return dtype == DType.STRING ? REFERENCE : dtype.bytes();
  }

  /** Returns the type of a dataset's elements, least significant byte first. */
  static byte[] of(DType dtype) {
    Bytes out = new Bytes();
    switch (dtype) {
      case FLOAT16 -> real(out, 2, 5, 10, 15);
      case FLOAT32 -> real(out, 4, 8, 23, 127);
      case FLOAT64 -> real(out, 8, 11, 52, 1023);
      case BFLOAT16 -> out.u8(OPAQUE, 0, 0, 0).u32(2);
      case BOOL -> truth(out);
      case STRING -> variable(out);
      case INT8, INT16, INT32, INT64 -> integer(out, SIGNED, dtype.bytes());
      case UINT8, UINT16, UINT32 -> integer(out, 0, dtype.bytes());
    }
    return out.toArray();
  }

  /** Returns the type of strings that have so many bytes each, zeros after the last character. */
  static byte[] text(int length) {
    return new Bytes().u8(TEXT, 1, 0, 0).u32(length).toArray();
  }

  private static void integer(Bytes out, int sign, int size) {
    out.u8(INTEGER, sign, 0, 0).u32(size).u16(0).u16(8 * size);
  }

  private static void real(Bytes out, int size, int exponent, int fraction, int bias) {
    out.u8(FLOAT, 0x20, 8 * size - 1, 0).u32(size).u16(0).u16(8 * size);
    out.u8(fraction, exponent, 0, fraction).u32(bias);
  }

  /** What h5py takes for bool. */
  private static void truth(Bytes out) {
    out.u8(ENUM, 2, 0, 0).u32(1);
    integer(out, SIGNED, 1);
    for (String name : new String[] {"FALSE", "TRUE"}) {
      out.padded((name + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    out.u8(0, 1);
  }

  private static void variable(Bytes out) {
    out.u8(VARIABLE, 1, 1, 0).u32(REFERENCE).u8(TEXT, UTF_8, 0, 0).u32(1);
  }
}
