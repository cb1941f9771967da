package dev.ibex.savedmodel.numbers;

/** A brain float (bfloat16): the upper half of a float. */
public final class Brain {
  private Brain() {}

  /** Returns the number that 16 bits stand for. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Rounds to the nearest, ties to even. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
