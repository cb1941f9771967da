package dev.ibex.savedmodel.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings of variable length and the references to them.
 *
 * <p>Used twice in the same order: first strings are gathered and references are blank, then, once
 * the place in the file is known, {@link #reference} says where each string went.
 */
final class HeapWriter {
  /** What libhdf5 makes its collections of at least. */
  private static final int SMALLEST = 4096;

  /** An index has 16 bits. */
  private static final int MOST = 60_000;

  private static final int ENOUGH = 1 << 20;
  private static final int HEADER = 16;

  private final List<List<byte[]>> collections = new ArrayList<>();
  private final List<Long> addresses = new ArrayList<>();
  private long used = ENOUGH;
  private boolean placed;
  private int collection;
  private int index;

  /** Appends the reference to a string. */
  void reference(Bytes out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      out.zeros(TypeWriter.REFERENCE);
    } else if (placed) {
      if (index == collections.get(collection).size()) {
        collection++;
        index = 0;
      }
      out.u32(bytes.length).u64(addresses.get(collection)).u32(++index);
    } else {
      add(bytes);
      out.zeros(TypeWriter.REFERENCE);
    }
  }

  private void add(byte[] bytes) {
    if (used >= ENOUGH || last().size() == MOST) {
      collections.add(new ArrayList<>());
      used = 0;
    }
    last().add(bytes);
    used += HEADER + Bytes.padded(bytes.length);
  }

  private List<byte[]> last() {
    return collections.get(collections.size() - 1);
  }

  /** Ends the gathering; returns the address after the heap. */
  long place(long address) {
    placed = true;
    long at = address;
    for (List<byte[]> c : collections) {
      addresses.add(at);
      at += size(c);
    }
    return at;
  }

  /** What is left of a collection is an object too, so there is room for its header. */
  private static long size(List<byte[]> strings) {
    return Math.max(SMALLEST, HEADER + content(strings) + HEADER);
  }

  private static long content(List<byte[]> strings) {
    return strings.stream().mapToLong(s -> HEADER + (long) Bytes.padded(s.length)).sum();
  }

  void write(OutputStream out) throws IOException {
    for (List<byte[]> strings : collections) {
      long size = size(strings);
      out.write(new Bytes().u8('G', 'C', 'O', 'L', 1, 0, 0, 0).u64(size).toArray());
      int i = 0;
      for (byte[] s : strings) {
        out.write(new Bytes().u16(++i).u16(0).u32(0).u64(s.length).padded(s).toArray());
      }
      long left = size - HEADER - content(strings);
      out.write(new Bytes().u64(0).u64(left).zeros((int) left - HEADER).toArray());
    }
  }
}
