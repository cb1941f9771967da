package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads parts of structures. */
final class Numbers {
  private Numbers() {}

  /** Returns an unsigned number of one to eight bytes; negative if a long cannot hold it. */
  static long unsigned(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in.get() & 0xffL) << (8 * i);
    }
    return value;
  }

  /** Returns the next bytes and moves on behind them. */
  static ByteBuffer take(ByteBuffer in, int length) {
    ByteBuffer part = in.slice(in.position(), length).order(in.order());
    in.position(in.position() + length);
    return part;
  }

  /** Returns the UTF-8 text up to the end or the first zero. */
  static String text(ByteBuffer in) {
    int length = 0;
    while (length < in.remaining() && in.get(in.position() + length) != 0) {
      length++;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(take(in, length)).toString();
    } catch (CharacterCodingException e) {
      throw new Damage("a text is not UTF-8");
    }
  }
}
