package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.numbers.Brain;
import dev.ibex.savedmodel.numbers.Half;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tensorflow.ndarray.Shape;

/** Stored elements on their way into an array. */
final class Elements {
  private final ElementType type;
  private final TextReader texts;
  private final Object data;

  /** Takes the memory, which has to be no more than the file backs. */
  Elements(ElementType type, int count, GlobalHeap heap) {
    this.type = type;
    this.texts = new TextReader(type, heap);
    this.data = allocate(type, count);
  }

  private static Object allocate(ElementType type, int count) {
    return switch (type.dtype()) {
      case FLOAT16, BFLOAT16, FLOAT32 -> new float[count];
      case FLOAT64 -> new double[count];
      case INT64, UINT32 -> new long[count];
      case BOOL -> new boolean[count];
      case STRING -> {
        String[] a = new String[count];
        Arrays.fill(a, "");
        yield a;
      }
      default -> new int[count];
    };
  }

  ElementType type() {
    return type;
  }

  /** Takes the next elements of a buffer. */
  void put(ByteBuffer in, int from, int count) {
    in.order(type.order());
    int to = from + count;
    if (data instanceof float[] a && type.size() == 4) {
      in.asFloatBuffer().get(a, from, count);
      in.position(in.position() + 4 * count);
    } else if (data instanceof float[] a) {
      for (int i = from; i < to; i++) {
        a[i] = half(in);
      }
    } else if (data instanceof double[] a) {
      in.asDoubleBuffer().get(a, from, count);
      in.position(in.position() + 8 * count);
    } else if (data instanceof long[] a && type.size() == 8) {
      in.asLongBuffer().get(a, from, count);
      in.position(in.position() + 8 * count);
    } else if (data instanceof long[] a) {
      for (int i = from; i < to; i++) {
        a[i] = Integer.toUnsignedLong(in.getInt());
      }
    } else if (data instanceof boolean[] a) {
      for (int i = from; i < to; i++) {
        a[i] = in.get() != 0;
      }
    } else if (data instanceof int[] a) {
      for (int i = from; i < to; i++) {
        a[i] = integer(in);
      }
    } else if (data instanceof String[] a) {
      in.order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int i = from; i < to; i++) {
        a[i] = texts.next(in);
      }
    }
  }

  private float half(ByteBuffer in) {
    short bits = in.getShort();
    return type.dtype() == DType.FLOAT16 ? Half.toFloat(bits) : Brain.toFloat(bits);
  }

  private int integer(ByteBuffer in) {
    return switch (type.dtype()) {
      case INT8 -> in.get();
      case UINT8 -> in.get() & 0xff;
      case INT16 -> in.getShort();
      case UINT16 -> in.getShort() & 0xffff;
      default -> in.getInt();
    };
  }

  Array array(Shape shape) {
    if (data instanceof float[] a) {
      return Array.of(shape, a).cast(type.dtype());
    } else if (data instanceof double[] a) {
      return Array.of(shape, a);
    } else if (data instanceof long[] a) {
      return Array.of(shape, a).cast(type.dtype());
    } else if (data instanceof boolean[] a) {
      return Array.of(shape, a);
    } else if (data instanceof int[] a) {
      return Array.of(shape, a).cast(type.dtype());
    }
    return Array.of(shape, (String[]) data);
  }
}
