package dev.ibex.savedmodel.numbers;

/** IEEE half precision as 16 bits; Java has it from 20 on only. */
public final class Half {
  private Half() {}

  /** Returns the number that 16 bits stand for. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float tiny = fraction * 0x1p-24f;
      return sign == 0 ? tiny : -tiny;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }

  /** Rounds to the nearest, ties to even. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    } else if (size >= 65520) {
      return (short) (sign | 0x7c00);
    } else if (size < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int rest = Float.floatToRawIntBits(size) - ((127 - 15) << 23);
    int rounded = (rest + 0xfff + ((rest >> 13) & 1)) >> 13;
    return (short) (sign | rounded);
  }
}
