package dev.ibex.savedmodel.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several texts in as many bytes each, as NumPy stores them and Keras what it has to split. */
final class FixedTexts {
  private final int count;
  private final int width;
  private final byte[] content;

  FixedTexts(int count, int width, byte[] content) {
    this.count = count;
    this.width = width;
    this.content = content;
  }

  /** Returns the number of texts. */
  int count() {
    return count;
  }

  /** Returns the bytes of each. */
  int width() {
    return width;
  }

  /** Returns the texts one after the other, with zeros after the shorter ones. */
  byte[] content() {
    return content;
  }

  /** What Keras stores in one attribute; a header's message has less than 64 kB. */
  private static final int LIMIT = 64_512;

  /**
   * Returns the attributes that hold the texts: one or, where they are too large for that, numbered
   * ones. Source: Keras's save_attributes_to_hdf5_group.
   *
   * @throws IllegalArgumentException if a single text is too large
   */
  static Map<String, FixedTexts> split(String name, List<String> texts) {
    List<byte[]> all = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    int width = Math.max(1, all.stream().mapToInt(b -> b.length).max().orElse(1));
    if (width > LIMIT) {
      throw new IllegalArgumentException(
          "texts: one of attribute \""
              + name
              + "\" has "
              + width
              + " bytes; HDF5 attributes of several texts hold at most "
              + LIMIT
              + " in each");
    }
    int most = LIMIT / width;
    int parts = Math.max(1, (all.size() + most - 1) / most);
    Map<String, FixedTexts> split = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < parts; i++) {
      int count = all.size() / parts + (i < all.size() % parts ? 1 : 0);
      split.put(parts == 1 ? name : name + i, of(all.subList(at, at + count), width));
      at += count;
    }
    return split;
  }

  private static FixedTexts of(List<byte[]> texts, int width) {
    Bytes out = new Bytes();
    texts.forEach(t -> out.raw(t).zeros(width - t.length));
    return new FixedTexts(texts.size(), width, out.toArray());
  }
}
