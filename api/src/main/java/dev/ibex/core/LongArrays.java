package dev.ibex.core;

import java.util.stream.LongStream;

/** Small helpers on arrays of axis sizes. */
final class LongArrays {
  private LongArrays() {}

  static long[] concat(long[] a, long[] b) {
    return LongStream.concat(LongStream.of(a), LongStream.of(b)).toArray();
  }
}
