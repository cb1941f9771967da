package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;

/** Reads datatype messages. */
final class TypeReader {
  private static final int INTEGER = 0;
  private static final int FLOAT = 1;
  private static final int TEXT = 3;
  private static final int OPAQUE = 5;
  private static final int ENUM = 8;
  private static final int VARIABLE = 9;
  private static final int SIGNED = 8;
  private static final List<String> CLASSES =
      List.of(
          "integer",
          "float",
          "time",
          "text",
          "bit field",
          "opaque",
          "compound",
          "reference",
          "enumeration",
          "sequence",
          "array",
          "complex");

  private final ByteBuffer in;
  private final int version;
  private final int kind;
  private final int bits;
  private final long size;

  private TypeReader(ByteBuffer in) {
    this.in = in;
    int first = in.get() & 0xff;
    this.version = first >> 4;
    this.kind = first & 0xf;
    this.bits = (int) Numbers.unsigned(in, 3);
    this.size = Integer.toUnsignedLong(in.getInt());
  }

  /**
   * Returns the type of a message.
   *
   * @param name says what opaque elements are
   * @throws Damage if it has no counterpart
   */
  static ElementType read(ByteBuffer in, Supplier<String> name) {
    return new TypeReader(in).type(name);
  }

  private ElementType type(Supplier<String> name) {
    return switch (kind) {
      case INTEGER -> integer();
      case FLOAT -> real();
      case TEXT -> text();
      case OPAQUE -> opaque(name.get());
      case ENUM -> truth();
      case VARIABLE -> variable();
      default -> throw refused(kind < CLASSES.size() ? CLASSES.get(kind) : "class " + kind);
    };
  }

  private Damage refused(String what) {
    return new Damage(
        "has elements of "
            + size
            + " bytes and type "
            + what
            + ", which are not read; expected floats, integers up to 64 bits (unsigned up to 32),"
            + " bools or texts");
  }

  private ByteOrder order() {
    return (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private ElementType integer() {
    int offset = in.getShort();
    int precision = in.getShort();
    boolean signed = (bits & SIGNED) != 0;
    if (offset != 0 || precision != 8 * size) {
      throw refused("integer of " + precision + " bits at bit " + offset);
    }
    DType dtype =
        switch ((int) size) {
          case 1 -> signed ? DType.INT8 : DType.UINT8;
          case 2 -> signed ? DType.INT16 : DType.UINT16;
          case 4 -> signed ? DType.INT32 : DType.UINT32;
          case 8 -> DType.INT64;
          default -> throw refused("integer");
        };
    if (!signed && dtype == DType.INT64) {
      throw refused("unsigned integer");
    }
    return ElementType.number(dtype, order());
  }

  /** The bits of each known type: sign, exponent at, exponent bits, fraction at, its bits, bias. */
  private ElementType real() {
    if ((bits & 0x40) != 0) {
      throw refused("float of the VAX");
    }
    List<Integer> found =
        List.of(
            (bits >> 8) & 0xff,
            in.get(12) & 0xff,
            in.get(13) & 0xff,
            in.get(14) & 0xff,
            in.get(15) & 0xff,
            in.getInt(16));
    DType dtype =
        switch ((int) size) {
          case 2 ->
              found.equals(List.of(15, 7, 8, 0, 7, 127))
                  ? DType.BFLOAT16
                  : same(found, DType.FLOAT16, List.of(15, 10, 5, 0, 10, 15));
          case 4 -> same(found, DType.FLOAT32, List.of(31, 23, 8, 0, 23, 127));
          case 8 -> same(found, DType.FLOAT64, List.of(63, 52, 11, 0, 52, 1023));
          default -> throw refused("float");
        };
    return ElementType.number(dtype, order());
  }

  private DType same(List<Integer> found, DType dtype, List<Integer> expected) {
    if (!found.equals(expected)) {
      throw refused("float that is not of IEEE 754");
    }
    return dtype;
  }

  private ElementType text() {
    if (size == 0 || size > Integer.MAX_VALUE) {
      throw refused("text");
    }
    ElementType.Padding padding =
        (bits & 0xf) == 2 ? ElementType.Padding.SPACES : ElementType.Padding.ZEROS;
    return new ElementType(DType.STRING, ByteOrder.LITTLE_ENDIAN, (int) size, padding);
  }

  private ElementType variable() {
    if ((bits & 0xf) != 1 || size != TypeWriter.REFERENCE) {
      throw refused("sequence");
    }
    return new ElementType(
        DType.STRING, ByteOrder.LITTLE_ENDIAN, TypeWriter.REFERENCE, ElementType.Padding.NONE);
  }

  /** Two bytes without a type are what h5py stores a bfloat16 as; Keras 3 says so beside them. */
  private ElementType opaque(String name) {
    if (size != 2 || !(name.isEmpty() || name.equals(DType.BFLOAT16.lowerName()))) {
      throw refused("opaque");
    }
    return ElementType.number(DType.BFLOAT16, ByteOrder.LITTLE_ENDIAN);
  }

  /** An enumeration of FALSE and TRUE, which is what h5py stores a bool as. */
  private ElementType truth() {
    TypeReader base = new TypeReader(in);
    if ((bits & 0xffff) != 2 || size != 1 || base.kind != INTEGER || base.size != 1) {
      throw refused("enumeration");
    }
    in.getInt();
    boolean names = name().equals("FALSE") && name().equals("TRUE");
    if (!names || in.get() != 0 || in.get() != 1) {
      throw refused("enumeration");
    }
    return ElementType.number(DType.BOOL, ByteOrder.LITTLE_ENDIAN);
  }

  private String name() {
    int start = in.position();
    String name = Numbers.text(in);
    int length = in.position() + 1 - start;
    in.position(start + (version < 3 ? Bytes.padded(length) : length));
    return name;
  }
}
