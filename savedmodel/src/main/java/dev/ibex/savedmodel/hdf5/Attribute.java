package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said about a group or dataset.
 *
 * @param type the datatype
 * @param space how many values there are
 * @param data the values
 */
record Attribute(String name, ByteBuffer type, Space space, ByteBuffer data) {
  /** Reads an attribute message of any version. */
  static Attribute read(ByteBuffer in) {
    int version = in.get();
    int flags = in.get();
    if (version < 1 || version > 3) {
      throw new Damage("an attribute has version " + version + ", expected 1 to 3");
    } else if (version > 1 && (flags & 3) != 0) {
      throw new Damage("an attribute has a type or shape that is stored elsewhere; not read");
    }
    int name = in.getShort() & 0xffff;
    int type = in.getShort() & 0xffff;
    int space = in.getShort() & 0xffff;
    if (version == 3) {
      in.get();
    }
    boolean padded = version == 1;
    return new Attribute(
        Numbers.text(part(in, name, padded)),
        part(in, type, padded),
        Space.read(part(in, space, padded)),
        in.slice().order(in.order()));
  }

  private static ByteBuffer part(ByteBuffer in, int length, boolean padded) {
    return Numbers.take(in, padded ? Bytes.padded(length) : length);
  }

  /**
   * Returns the texts.
   *
   * @throws Damage if there are values that are no texts
   */
  List<String> texts(GlobalHeap heap) {
    int count = space.count();
    if (count == 0) {
      return List.of();
    }
    ElementType of = TypeReader.read(type.duplicate().order(type.order()), () -> "");
    if (!of.isText()) {
      throw new Damage(
          "has an attribute \"" + name + "\" of type " + of.dtype().lowerName() + ", not text");
    } else if (count > data.remaining() / of.size()) {
      throw new Damage("has an attribute \"" + name + "\" that is cut short");
    }
    TextReader reader = new TextReader(of, heap);
    ByteBuffer in = data.duplicate().order(data.order());
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(reader.next(in));
    }
    return List.copyOf(texts);
  }
}
