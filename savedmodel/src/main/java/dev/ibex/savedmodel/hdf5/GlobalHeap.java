package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The strings of variable length. */
final class GlobalHeap {
  private static final int HEADER = 16;

  private final Source source;
  private final Map<Long, Map<Integer, ByteBuffer>> collections = new HashMap<>();

  GlobalHeap(Source source) {
    this.source = source;
  }

  /** Reads strings that belong together; what they have in sum is limited by the file's size. */
  final class Strings {
    private long left = source.size();

    /** Returns the string that a reference of 16 bytes stands for. */
    String next(ByteBuffer reference) {
      long length = Integer.toUnsignedLong(reference.getInt());
      long address = reference.getLong();
      int index = reference.getInt();
      if (length == 0 || address == 0 || address == Bytes.UNDEFINED) {
        return "";
      }
      left -= length;
      ByteBuffer object = collection(address).get(index);
      if (object == null || length > object.remaining() || left < 0) {
        throw new Damage("a text's place in the heap of texts is wrong");
      }
      return Numbers.text(object.slice(0, (int) length));
    }
  }

  private Map<Integer, ByteBuffer> collection(long address) {
    return collections.computeIfAbsent(address, this::parse);
  }

  private Map<Integer, ByteBuffer> parse(long address) {
    ByteBuffer head = source.read(address, HEADER);
    Signature.check(head, Signature.GLOBAL_HEAP, "heap of texts");
    ByteBuffer in = source.read(address, head.getLong(8)).position(HEADER);
    Map<Integer, ByteBuffer> objects = new HashMap<>();
    while (in.remaining() >= HEADER) {
      int index = in.getShort() & 0xffff;
      in.position(in.position() + 6);
      long length = in.getLong();
      if (index == 0) {
        break;
      } else if (length < 0 || length > in.remaining()) {
        throw new Damage("a text is longer than the heap of texts that it lies in");
      }
      objects.put(index, in.slice(in.position(), (int) length));
      in.position(Math.min(in.limit(), in.position() + Bytes.padded((int) length)));
    }
    return objects;
  }
}
