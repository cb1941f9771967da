package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where everything of a file goes: superblock, headers, strings, elements. */
final class FileLayout {
  private static final int SUPERBLOCK = 96;

  private final List<OutNode> nodes = new ArrayList<>();
  private final Map<OutNode, Long> headers = new HashMap<>();
  private final Map<OutNode, Long> data = new HashMap<>();
  private final HeapWriter heap = new HeapWriter();
  private final long heapEnd;
  private final long size;

  FileLayout(OutNode root) {
    collect(root);
    HeaderWriter blank = new HeaderWriter(heap, n -> 0, n -> 0);
    long at = SUPERBLOCK;
    for (OutNode n : nodes) {
      headers.put(n, at);
      at += blank.header(n).length;
    }
    for (OutNode n : nodes) {
      if (n.value != null && n.value.dtype() == DType.STRING) {
        DataWriter.references(n.value.strings(), 0, n.value.size(), heap);
      }
    }
    heapEnd = heap.place(at);
    at = heapEnd;
    for (OutNode n : nodes) {
      if (n.value != null) {
        at = padded(at);
        data.put(n, at);
        at += (long) n.value.size() * TypeWriter.size(n.value.dtype());
      }
    }
    size = at;
  }

  private void collect(OutNode node) {
    nodes.add(node);
    node.members.values().forEach(this::collect);
  }

  private static long padded(long at) {
    return (at + 7) & ~7L;
  }

  private static long at(Map<OutNode, Long> places, OutNode node) {
    return java.util.Objects.requireNonNull(places.get(node));
  }

  long size() {
    return size;
  }

  void write(OutputStream out) throws IOException {
    out.write(superblock());
    HeaderWriter writer = new HeaderWriter(heap, n -> at(headers, n), n -> at(data, n));
    for (OutNode n : nodes) {
      out.write(writer.header(n));
    }
    heap.write(out);
    long at = heapEnd;
    for (OutNode n : nodes) {
      Array value = n.value;
      if (value != null) {
        long start = at(data, n);
        out.write(new byte[(int) (start - at)]);
        DataWriter.write(value, heap, out);
        at = start + (long) value.size() * TypeWriter.size(value.dtype());
      }
    }
  }

  private byte[] superblock() {
    Bytes out = new Bytes().raw(Hdf5File.SIGNATURE).u8(0, 0, 0, 0, 0, 8, 8, 0);
    out.u16(4).u16(16).u32(0).u64(0).u64(Bytes.UNDEFINED).u64(size).u64(Bytes.UNDEFINED);
    return out.u64(0).u64(SUPERBLOCK).u32(0).u32(0).zeros(16).toArray();
  }
}
