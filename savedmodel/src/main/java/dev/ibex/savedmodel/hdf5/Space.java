package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/** The axes of a dataset or attribute. */
final class Space {
  private final long[] dims;
  private final long[] most;

  Space(long[] dims, long[] most) {
    this.dims = dims;
    this.most = most;
  }

  /** Returns the lengths of the axes. */
  long[] dims() {
    return dims;
  }

  /** Returns what the axes can grow to; -1 where that is not limited. */
  long[] most() {
    return most;
  }

  private static final int MAX_RANK = 32;
  private static final int NULL = 2;

  static Space read(ByteBuffer in) {
    int version = in.get();
    int rank = in.get();
    int flags = in.get();
    int kind = in.get();
    if ((version != 1 && version != 2) || rank < 0 || rank > MAX_RANK) {
      throw new Damage("its shape has version " + version + " and " + rank + " axes");
    } else if (version == 1) {
      in.getInt();
    } else if (kind == NULL) {
      return new Space(new long[] {0}, new long[] {0});
    }
    long[] dims = numbers(in, rank);
    long[] most = (flags & 1) == 0 ? dims : numbers(in, rank);
    if (Arrays.stream(dims).anyMatch(d -> d < 0)) {
      throw new Damage("its shape " + Arrays.toString(dims) + " has axes of less than nothing");
    }
    return new Space(dims, most);
  }

  private static long[] numbers(ByteBuffer in, int count) {
    long[] a = new long[count];
    for (int i = 0; i < count; i++) {
      a[i] = in.getLong();
    }
    return a;
  }

  /**
   * Returns the number of elements.
   *
   * @throws Damage if no array can hold them
   */
  int count() {
    if (Arrays.stream(dims).anyMatch(d -> d == 0)) {
      return 0;
    }
    long n = 1;
    for (long d : dims) {
      if (d > (Integer.MAX_VALUE - 8) / n) {
        throw new Damage("its shape " + Arrays.toString(dims) + " has more elements than an array");
      }
      n *= d;
    }
    return (int) n;
  }

  Shape shape() {
    return Shape.of(dims);
  }
}
