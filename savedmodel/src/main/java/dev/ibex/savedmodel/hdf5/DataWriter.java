package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.numbers.Brain;
import dev.ibex.savedmodel.numbers.Half;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the elements of a dataset in pieces. */
final class DataWriter {
  private static final int PIECE = 1 << 13;

  private DataWriter() {}

  static void write(Array array, HeapWriter heap, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8 * PIECE).order(ByteOrder.LITTLE_ENDIAN);
    int n = array.size();
    for (int at = 0; at < n; ) {
      int end = at + Math.min(PIECE, n - at);
      if (array.dtype() == DType.STRING) {
        out.write(references(array.strings(), at, end, heap));
      } else {
        put(array, at, end, buffer.clear());
        out.write(buffer.array(), 0, buffer.position());
      }
      at = end;
    }
  }

  static byte[] references(String[] texts, int from, int to, HeapWriter heap) {
    Bytes out = new Bytes();
    for (int i = from; i < to; i++) {
      heap.reference(out, texts[i]);
    }
    return out.toArray();
  }

  private static void put(Array array, int from, int to, ByteBuffer out) {
    DType dtype = array.dtype();
    int count = to - from;
    switch (dtype) {
      case FLOAT32 -> out.asFloatBuffer().put(array.floats(), from, count);
      case FLOAT64 -> out.asDoubleBuffer().put(array.doubles(), from, count);
      case INT32 -> out.asIntBuffer().put(array.ints(), from, count);
      case INT64 -> out.asLongBuffer().put(array.longs(), from, count);
      case FLOAT16, BFLOAT16 -> halves(array, from, to, out);
      case UINT32 -> {
        long[] a = array.longs();
        for (int i = from; i < to; i++) {
          out.putInt((int) a[i]);
        }
      }
      default -> integers(array, from, to, out);
    }
    out.position(count * dtype.bytes());
  }

  private static void halves(Array array, int from, int to, ByteBuffer out) {
    float[] a = array.floats();
    for (int i = from; i < to; i++) {
      out.putShort(array.dtype() == DType.FLOAT16 ? Half.of(a[i]) : Brain.of(a[i]));
    }
  }

  private static void integers(Array array, int from, int to, ByteBuffer out) {
    boolean wide = array.dtype().bytes() == 2;
    for (int i = from; i < to; i++) {
      int value = (int) array.number(i);
      if (wide) {
        out.putShort((short) value);
      } else {
        out.put((byte) value);
      }
    }
  }
}
