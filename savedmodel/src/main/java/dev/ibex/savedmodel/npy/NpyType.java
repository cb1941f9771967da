package dev.ibex.savedmodel.npy;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.numbers.Brain;
import dev.ibex.savedmodel.numbers.Half;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** An element type that files can have. */
enum NpyType {
  F2("f2", 2, DType.FLOAT16),
  F4("f4", 4, DType.FLOAT32),
  F8("f8", 8, DType.FLOAT64),
  I4("i4", 4, DType.INT32),
  I8("i8", 8, DType.INT64),
  U1("u1", 1, DType.UINT8),
  B1("b1", 1, DType.BOOL),
  /** Of the library ml_dtypes; {@code .npy} files have no text for it. */
  BF16("bfloat16", 2, DType.BFLOAT16);

  private final String code;
  private final int bytes;
  private final DType dtype;

  NpyType(String code, int bytes, DType dtype) {
    this.code = code;
    this.bytes = bytes;
    this.dtype = dtype;
  }

  int bytes() {
    return bytes;
  }

  /** Returns the text that headers name the type by. */
  String descr() {
    return (bytes == 1 ? "|" : "<") + code;
  }

  /** Returns the type of a text such as {@code <f4}. */
  static Optional<NpyType> of(String descr) {
    return Arrays.stream(values())
        .filter(
            t ->
                !descr.isEmpty()
                    && "<>|=".indexOf(descr.charAt(0)) >= 0
                    && descr.substring(1).equals(t.code))
        .findFirst();
  }

  static NpyType of(DType dtype) {
    return Arrays.stream(values())
        .filter(t -> t.dtype == dtype)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "array: " + dtype.lowerName() + " cannot be written as .npy; cast it first"));
  }

  Array read(Shape shape, int n, ByteBuffer in) {
    switch (this) {
      case F8 -> {
        double[] a = new double[n];
        in.asDoubleBuffer().get(a);
        return Array.of(shape, a);
      }
      case F2, BF16, F4 -> {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
          a[i] = real(in);
        }
        return Array.of(shape, a).cast(dtype);
      }
      case I8 -> {
        long[] a = new long[n];
        in.asLongBuffer().get(a);
        return Array.of(shape, a);
      }
      case I4, U1 -> {
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
          a[i] = this == I4 ? in.getInt() : in.get() & 0xff;
        }
        return Array.of(shape, a).cast(dtype);
      }
      default -> {
        boolean[] a = new boolean[n];
        for (int i = 0; i < n; i++) {
          a[i] = in.get() != 0;
        }
        return Array.of(shape, a);
      }
    }
  }

  private float real(ByteBuffer in) {
    return switch (this) {
      case F2 -> Half.toFloat(in.getShort());
      case BF16 -> Brain.toFloat(in.getShort());
      default -> in.getFloat();
    };
  }

  void write(Array a, ByteBuffer out) {
    switch (this) {
      case F8 -> out.asDoubleBuffer().put(a.doubles());
      case F4 -> out.asFloatBuffer().put(a.floats());
      case I8 -> out.asLongBuffer().put(a.longs());
      case I4 -> out.asIntBuffer().put(a.ints());
      case F2 -> {
        for (float f : a.floats()) {
          out.putShort(Half.of(f));
        }
      }
      default -> {
        for (int i = 0; i < a.size(); i++) {
          out.put((byte) a.number(i));
        }
      }
    }
  }
}
