package dev.ibex.graph;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;

/**
 * An n-dimensional array on the Java heap, row major; never to be closed.
 *
 * <p>The elements are one primitive array: {@code float[]} for the three shorter floating types,
 * {@code double[]}, {@code int[]} for the integers that it can hold, {@code long[]} for int64 and
 * uint32 and {@code boolean[]}; strings are bytes, {@code byte[][]}. Factories keep the array they
 * are given, but for texts: whoever changes it later changes this array. Safe for use by several
 * threads as long as nobody does.
 */
public final class Array {
  private final DType dtype;
  private final Shape shape;
  private final Object data;
  private final int size;

  private Array(DType dtype, Shape shape, Object data) {
    long expected = shape.size();
    int length = java.lang.reflect.Array.getLength(data);
    if (expected != length) {
      throw new IllegalArgumentException(
          "data: shape " + shape + " has " + expected + " elements, but " + length + " were given");
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
    this.size = length;
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, float... data) {
    return new Array(DType.FLOAT32, shape, data);
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, double... data) {
    return new Array(DType.FLOAT64, shape, data);
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, int... data) {
    return new Array(DType.INT32, shape, data);
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, long... data) {
    return new Array(DType.INT64, shape, data);
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, boolean... data) {
    return new Array(DType.BOOL, shape, data);
  }

  /** Returns an array of the given shape over {@code data}. */
  public static Array of(Shape shape, String... data) {
    byte[][] bytes = new byte[data.length][];
    Arrays.setAll(bytes, i -> data[i].getBytes(StandardCharsets.UTF_8));
    return ofBytes(shape, bytes);
  }

  /** Returns strings that are bytes, such as encoded images, of the given shape. */
  public static Array ofBytes(Shape shape, byte[]... data) {
    return new Array(DType.STRING, shape, data);
  }

  /** Returns a vector over {@code data}. */
  public static Array of(float[] data) {
    return of(Shape.of(data.length), data);
  }

  /** Returns a vector over {@code data}. */
  public static Array of(double[] data) {
    return of(Shape.of(data.length), data);
  }

  /** Returns a vector over {@code data}. */
  public static Array of(int[] data) {
    return of(Shape.of(data.length), data);
  }

  /** Returns a vector over {@code data}. */
  public static Array of(long[] data) {
    return of(Shape.of(data.length), data);
  }

  /** Returns a vector over {@code data}. */
  public static Array of(String[] data) {
    return of(Shape.of(data.length), data);
  }

  /** Returns a copy of a matrix. */
  public static Array of(float[][] data) {
    Shape shape = StdArrays.shapeOf(data);
    float[] flat = new float[length(shape)];
    int at = 0;
    for (float[] row : data) {
      System.arraycopy(row, 0, flat, at, row.length);
      at += row.length;
    }
    return of(shape, flat);
  }

  /** Returns a copy of a rank 3 array. */
  public static Array of(float[][][] data) {
    return concat(StdArrays.shapeOf(data), Arrays.stream(data).map(Array::of));
  }

  /** Returns a copy of a rank 4 array, such as images {@code [batch][height][width][channels]}. */
  public static Array of(float[][][][] data) {
    return concat(StdArrays.shapeOf(data), Arrays.stream(data).map(Array::of));
  }

  /** Returns a copy of a matrix. */
  public static Array of(double[][] data) {
    Shape shape = StdArrays.shapeOf(data);
    length(shape);
    return of(shape, Arrays.stream(data).flatMapToDouble(Arrays::stream).toArray());
  }

  /** Returns a copy of a matrix. */
  public static Array of(int[][] data) {
    Shape shape = StdArrays.shapeOf(data);
    length(shape);
    return of(shape, Arrays.stream(data).flatMapToInt(Arrays::stream).toArray());
  }

  /**
   * Returns arrays one after the other along the first axis; a single one itself.
   *
   * @throws IllegalArgumentException unless all have one type, and one shape but for the first axis
   */
  public static Array concat(List<Array> parts) {
    Array first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    for (Array p : parts) {
      if (p.shape.numDimensions() == 0
          || p.dtype != first.dtype
          || !p.shape.tail().equals(first.shape.tail())) {
        throw new IllegalArgumentException(
            "expected arrays of one type and of one shape but for the first axis, got "
                + first.dtype.lowerName()
                + Arrays.toString(first.shape.asArray())
                + " and "
                + p.dtype.lowerName()
                + Arrays.toString(p.shape.asArray()));
      }
    }
    int rows = parts.stream().mapToInt(Array::rows).sum();
    Object all = first.newData(rows, first.rows() == 0 ? 0 : first.size / first.rows());
    int at = 0;
    for (Array p : parts) {
      System.arraycopy(p.data, 0, all, at, p.size);
      at += p.size;
    }
    return new Array(first.dtype, first.withRows(rows), all);
  }

  private static Array concat(Shape shape, java.util.stream.Stream<Array> parts) {
    float[] flat = new float[length(shape)];
    int[] at = {0};
    parts.forEach(
        p -> {
          System.arraycopy((float[]) p.data, 0, flat, at[0], p.size);
          at[0] += p.size;
        });
    return of(shape, flat);
  }

  private static int length(Shape shape) {
    long size = shape.size();
    if (size < 0) {
      throw new IllegalArgumentException(
          "data: the rows of the array have different lengths; every row needs as many elements");
    }
    return Math.toIntExact(size);
  }

  /** Returns a scalar. */
  public static Array scalar(float value) {
    return of(Shape.scalar(), value);
  }

  /**
   * Returns an array of one value of any numeric type, floats and bools included.
   *
   * @throws ArithmeticException if an integer type cannot hold it
   */
  public static Array filled(DType dtype, Shape shape, double value) {
    return generate(dtype, shape, i -> value);
  }

  /**
   * Returns an array whose elements are computed from their row-major index. Integers are the
   * numbers without their fractions.
   *
   * @throws ArithmeticException if an integer type cannot hold one
   */
  public static Array generate(DType dtype, Shape shape, IntToDoubleFunction value) {
    int n = Math.toIntExact(shape.size());
    Object data;
    switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 -> {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
          a[i] = (float) value.applyAsDouble(i);
        }
        data = a;
      }
      case FLOAT64 -> {
        double[] a = new double[n];
        Arrays.setAll(a, value);
        data = a;
      }
      case INT64, UINT32 -> {
        long[] a = new long[n];
        Arrays.setAll(a, i -> (long) whole(dtype, value.applyAsDouble(i)));
        data = a;
      }
      case BOOL -> {
        boolean[] a = new boolean[n];
        for (int i = 0; i < n; i++) {
          a[i] = value.applyAsDouble(i) != 0;
        }
        data = a;
      }
      case STRING -> throw new IllegalArgumentException("dtype: numbers cannot become strings");
      default -> {
        int[] a = new int[n];
        Arrays.setAll(a, i -> (int) whole(dtype, value.applyAsDouble(i)));
        data = a;
      }
    }
    return new Array(dtype, shape, data);
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p63;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  /** Returns a number without its fraction, if an integer type can hold that. */
  private static double whole(DType dtype, double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    if (!dtype.holds(whole)) {
      throw new ArithmeticException(dtype.lowerName() + " cannot hold " + text(value));
    }
    return whole;
  }

  /** Returns the type of the elements. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the shape; every axis is known. */
  public Shape shape() {
    return shape;
  }

  /** Returns the number of elements. */
  public int size() {
    return size;
  }

  /** Returns the length of the first axis; 1 for a scalar. */
  public int rows() {
    return shape.numDimensions() == 0 ? 1 : (int) shape.get(0);
  }

  /**
   * Returns element {@code i} in row-major order as a number; true is 1.
   *
   * @throws IllegalStateException if the elements are strings
   */
  public double number(int i) {
    if (data instanceof float[] a) {
      return a[i];
    } else if (data instanceof double[] a) {
      return a[i];
    } else if (data instanceof int[] a) {
      return a[i];
    } else if (data instanceof long[] a) {
      return a[i];
    } else if (data instanceof boolean[] a) {
      return a[i] ? 1 : 0;
    }
    throw new IllegalStateException("the elements are strings, not numbers");
  }

  /** Returns the elements as floats in row-major order; the array itself where it holds floats. */
  public float[] floats() {
    if (data instanceof float[] a) {
      return a;
    }
    float[] a = new float[size];
    for (int i = 0; i < size; i++) {
      a[i] = (float) number(i);
    }
    return a;
  }

  /** Returns the elements as doubles in row-major order; the array itself where it holds them. */
  public double[] doubles() {
    if (data instanceof double[] a) {
      return a;
    }
    double[] a = new double[size];
    Arrays.setAll(a, this::number);
    return a;
  }

  /**
   * Returns the elements as ints in row-major order; the array itself where it holds ints.
   *
   * @throws ArithmeticException if a 64-bit element does not fit
   */
  public int[] ints() {
    if (data instanceof int[] a) {
      return a;
    } else if (data instanceof long[] a) {
      return Arrays.stream(a).mapToInt(Math::toIntExact).toArray();
    }
    int[] a = new int[size];
    Arrays.setAll(a, i -> (int) number(i));
    return a;
  }

  /** Returns the elements as longs in row-major order; the array itself where it holds longs. */
  public long[] longs() {
    if (data instanceof long[] a) {
      return a;
    }
    long[] a = new long[size];
    Arrays.setAll(a, i -> (long) number(i));
    return a;
  }

  /** Returns the strings in row-major order, read as UTF-8; numbers are formatted. */
  public String[] strings() {
    String[] a = new String[size];
    if (data instanceof byte[][] bytes) {
      Arrays.setAll(a, i -> new String(bytes[i], StandardCharsets.UTF_8));
    } else {
      Arrays.setAll(a, i -> String.valueOf(java.lang.reflect.Array.get(data, i)));
    }
    return a;
  }

  /**
   * Returns the strings in row-major order as they are, without a copy.
   *
   * @throws IllegalStateException if the elements are numbers
   */
  public byte[][] bytes() {
    if (data instanceof byte[][] bytes) {
      return bytes;
    }
    throw new IllegalStateException("the elements are numbers, not strings");
  }

  /**
   * Returns the elements as rows.
   *
   * @throws IllegalStateException unless the rank is 2
   */
  public float[][] floats2d() {
    if (shape.numDimensions() != 2) {
      throw new IllegalStateException(
          "floats2d: needs rank 2, but the shape is " + shape + "; use floats() or reshape(...)");
    }
    int width = (int) shape.get(1);
    float[] flat = floats();
    float[][] rows = new float[rows()][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }

  /**
   * Returns for each row of the last axis the index of its largest element; the first of equals.
   */
  public int[] argmax() {
    if (shape.numDimensions() == 0) {
      return new int[] {0};
    }
    int width = (int) shape.get(shape.numDimensions() - 1);
    int[] best = new int[width == 0 ? 0 : size / width];
    for (int r = 0; r < best.length; r++) {
      for (int i = 1; i < width; i++) {
        if (number(r * width + i) > number(r * width + best[r])) {
          best[r] = i;
        }
      }
    }
    return best;
  }

  /** Returns the same elements in another shape of the same size. */
  public Array reshape(Shape to) {
    return new Array(dtype, to, data);
  }

  /** Returns an array of its own elements. */
  public Array copy() {
    Object elements = java.lang.reflect.Array.newInstance(data.getClass().getComponentType(), size);
    System.arraycopy(data, 0, elements, 0, size);
    return new Array(dtype, shape, elements);
  }

  /** Returns a copy of the rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Array slice(int from, int to) {
    if (from < 0 || to < from || to > rows()) {
      throw new IllegalArgumentException(
          "from, to: expected a part of 0 to " + rows() + ", got " + from + " to " + to);
    }
    int width = rows() == 0 ? 0 : size / rows();
    Object part = newData(to - from, width);
    System.arraycopy(data, from * width, part, 0, (to - from) * width);
    return new Array(dtype, withRows(to - from), part);
  }

  /** Returns a copy of the given rows, in that order. */
  public Array rows(int... index) {
    for (int i : index) {
      if (i < 0 || i >= rows()) {
        throw new IllegalArgumentException(
            "index: expected rows from 0 to " + (rows() - 1) + ", got " + i);
      }
    }
    int width = rows() == 0 ? 0 : size / rows();
    Object part = newData(index.length, width);
    for (int i = 0; i < index.length; i++) {
      System.arraycopy(data, index[i] * width, part, i * width, width);
    }
    return new Array(dtype, withRows(index.length), part);
  }

  private Object newData(int rows, int width) {
    return java.lang.reflect.Array.newInstance(
        data.getClass().getComponentType(), Math.multiplyExact(rows, width));
  }

  private Shape withRows(int rows) {
    long[] dims = shape.asArray();
    dims[0] = rows;
    return Shape.of(dims);
  }

  /**
   * Returns the elements in another numeric type; this array if it has that type already, and one
   * over the same elements if both types are held alike.
   *
   * <p>Integers are the numbers without their fractions. Floats are rounded, at the latest when a
   * tensor is made of them; what is too large for a shorter type becomes infinite.
   *
   * @throws ArithmeticException if an integer type cannot hold an element, such as int8 300, uint8
   *     -1 or any one NaN
   */
  public Array cast(DType to) {
    if (to == dtype) {
      return this;
    }
    if (to == DType.INT64 && data instanceof int[]) {
      return new Array(to, shape, longs());
    }
    if (data.getClass() == held(to)) {
      if (to.isInteger()) {
        requireRange(to);
      }
      return new Array(to, shape, data);
    }
    return generate(to, shape, this::number);
  }

  private void requireRange(DType to) {
    for (int i = 0; i < size; i++) {
      whole(to, number(i));
    }
  }

  private static Class<?> held(DType dtype) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16, FLOAT32 -> float[].class;
      case FLOAT64 -> double[].class;
      case INT64, UINT32 -> long[].class;
      case BOOL -> boolean[].class;
      case STRING -> byte[][].class;
      default -> int[].class;
    };
  }

  /** Copies the elements into a new native tensor, which the caller closes. */
  public Tensor toTensor() {
    return switch (dtype) {
      case FLOAT16 -> TFloat16.tensorOf(shape, DataBuffers.of((float[]) data));
      case BFLOAT16 -> TBfloat16.tensorOf(shape, DataBuffers.of((float[]) data));
      case FLOAT32, FLOAT64, INT32, INT64 -> {
        Tensor tensor = Tensor.of(dtype.type(), shape);
        copyTo(tensor);
        yield tensor;
      }
      case BOOL -> TBool.tensorOf(shape, DataBuffers.of((boolean[]) data));
      case STRING ->
          TString.tensorOfBytes(NdArrays.wrap(shape, DataBuffers.ofObjects((byte[][]) data)));
      case UINT8 -> TUint8.tensorOf(shape, DataBuffers.of(bytes((int[]) data)));
      case UINT16 -> TUint16.tensorOf(shape, DataBuffers.of(shorts((int[]) data)));
      default ->
          throw new IllegalArgumentException(
              "dtype: TensorFlow Java has no tensor class for " + dtype.lowerName());
    };
  }

  /** Returns whether {@link #copyTo} can write the elements into a tensor. */
  public boolean copyable() {
    return dtype == DType.FLOAT32
        || dtype == DType.FLOAT64
        || dtype == DType.INT32
        || dtype == DType.INT64;
  }

  /**
   * Copies the elements into a native tensor of the same type and shape.
   *
   * @throws IllegalArgumentException if the array is not {@link #copyable()}
   */
  public void copyTo(Tensor tensor) {
    ByteDataBuffer to = tensor.asRawTensor().data();
    switch (dtype) {
      case FLOAT32 -> to.asFloats().write((float[]) data);
      case FLOAT64 -> to.asDoubles().write((double[]) data);
      case INT32 -> to.asInts().write((int[]) data);
      case INT64 -> to.asLongs().write((long[]) data);
      default -> throw new IllegalArgumentException("dtype: " + dtype.lowerName());
    }
  }

  private static byte[] bytes(int[] data) {
    byte[] a = new byte[data.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = (byte) data[i];
    }
    return a;
  }

  private static short[] shorts(int[] data) {
    short[] a = new short[data.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = (short) data[i];
    }
    return a;
  }

  /** Copies a native tensor to the heap; the tensor stays the caller's. */
  public static Array of(Tensor tensor) {
    DType dtype = DType.of(tensor.dataType());
    Shape shape = tensor.shape();
    int n = Math.toIntExact(shape.size());
    return new Array(dtype, shape, elements(tensor, n));
  }

  private static Object elements(Tensor tensor, int n) {
    if (tensor instanceof TFloat32) {
      float[] a = new float[n];
      tensor.asRawTensor().data().asFloats().read(a);
      return a;
    } else if (tensor instanceof TFloat64) {
      double[] a = new double[n];
      tensor.asRawTensor().data().asDoubles().read(a);
      return a;
    } else if (tensor instanceof TInt32) {
      int[] a = new int[n];
      tensor.asRawTensor().data().asInts().read(a);
      return a;
    } else if (tensor instanceof TInt64) {
      long[] a = new long[n];
      tensor.asRawTensor().data().asLongs().read(a);
      return a;
    } else if (tensor instanceof TFloat16 t) {
      float[] a = new float[n];
      t.copyTo(DataBuffers.of(a));
      return a;
    } else if (tensor instanceof TBfloat16 t) {
      float[] a = new float[n];
      t.copyTo(DataBuffers.of(a));
      return a;
    } else if (tensor instanceof TBool t) {
      boolean[] a = new boolean[n];
      t.copyTo(DataBuffers.of(a));
      return a;
    } else if (tensor instanceof TString t) {
      byte[][] a = new byte[n][];
      t.asBytes().copyTo(DataBuffers.of(a, false, false));
      return a;
    } else if (tensor instanceof TUint8 t) {
      byte[] bytes = new byte[n];
      t.copyTo(DataBuffers.of(bytes));
      int[] a = new int[n];
      Arrays.setAll(a, i -> bytes[i] & 0xff);
      return a;
    } else if (tensor instanceof TUint16 t) {
      short[] shorts = new short[n];
      t.copyTo(DataBuffers.of(shorts));
      int[] a = new int[n];
      Arrays.setAll(a, i -> shorts[i] & 0xffff);
      return a;
    }
    throw new IllegalArgumentException("tensor: " + tensor.dataType() + " cannot be read");
  }

  /** Returns whether the other is an array of the same type, shape and elements. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Array a
        && dtype == a.dtype
        && shape.equals(a.shape)
        && Arrays.deepEquals(new Object[] {data}, new Object[] {a.data});
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.deepHashCode(new Object[] {data});
  }

  /** Returns type, shape and, of small arrays, the elements. */
  @Override
  public String toString() {
    String head = dtype.lowerName() + shape;
    return size <= 16 ? head + Arrays.toString(strings()) : head;
  }
}
