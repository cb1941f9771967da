package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What was done to chunks before they were stored.
 *
 * @param steps in the order of writing
 */
record Filters(List<Step> steps) {
  static final Filters NONE = new Filters(List.of());

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER = 3;
  private static final int LZF = 32000;
  private static final int FIRST_NAMED = 256;
  private static final int MOST = 32;
  private static final int MAX_STORED = Integer.MAX_VALUE - 1024;

  /**
   * One filter.
   *
   * @param value its first parameter; 0 without any
   */
  record Step(int id, int value) {}

  /** Reads a filter message of either version. */
  static Filters read(ByteBuffer in) {
    int version = in.get();
    int count = in.get();
    if ((version != 1 && version != 2) || count < 0 || count > MOST) {
      throw new Damage("has " + count + " filters of version " + version);
    } else if (version == 1) {
      in.position(in.position() + 6);
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(step(in, version));
    }
    return new Filters(List.copyOf(steps));
  }

  private static Step step(ByteBuffer in, int version) {
    int id = in.getShort() & 0xffff;
    int name = version == 1 || id >= FIRST_NAMED ? in.getShort() & 0xffff : 0;
    in.getShort();
    int values = in.getShort() & 0xffff;
    in.position(in.position() + (version == 1 ? Bytes.padded(name) : name));
    int value = values == 0 ? 0 : in.getInt(in.position());
    in.position(in.position() + 4 * (version == 1 ? values + values % 2 : values));
    return new Step(id, value);
  }

  /**
   * Returns the bytes of a chunk as they were.
   *
   * @param bytes how many there have to be
   */
  ByteBuffer decode(Chunk chunk, int bytes, Source source) {
    if (bytes / ChunkLayout.MAX_RATIO > chunk.size()) {
      throw new Damage("a chunk stores " + chunk.size() + " bytes for " + bytes);
    }
    source.check(chunk.address(), chunk.size());
    byte[] data = source.data(chunk.address(), (int) Math.min(chunk.size(), MAX_STORED)).array();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (((chunk.skipped() >>> i) & 1) == 0) {
        data = undo(steps.get(i), data, bytes + 4 * steps.size());
      }
    }
    if (data.length < bytes) {
      throw new Damage("a chunk has " + data.length + " bytes, expected " + bytes);
    }
    return ByteBuffer.wrap(data);
  }

  private static byte[] undo(Step step, byte[] data, int most) {
    return switch (step.id) {
      case DEFLATE -> inflate(data, most);
      case SHUFFLE -> unshuffle(data, step.value);
      case FLETCHER -> Fletcher.check(data);
      case LZF -> Lzf.expand(data, most);
      default ->
          throw new Damage(
              "is compressed by filter "
                  + step.id
                  + ", which is not read; expected gzip, lzf, shuffle or fletcher32");
    };
  }

  private static byte[] inflate(byte[] data, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] out = new byte[most];
      int length = 0;
      while (!inflater.finished() && length < most) {
        int count = inflater.inflate(out, length, most - length);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new Damage("a chunk's compressed bytes are cut short");
        }
        length += count;
      }
      return Arrays.copyOf(out, length);
    } catch (DataFormatException e) {
      throw new Damage("a chunk's compressed bytes are damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  /** First come all first bytes of the elements, then all second ones, and so on. */
  private static byte[] unshuffle(byte[] data, int size) {
    if (size < 1) {
      throw new Damage("is shuffled by elements of " + size + " bytes");
    }
    byte[] out = data.clone();
    int n = data.length / size;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < size; j++) {
        out[i * size + j] = data[j * n + i];
      }
    }
    return out;
  }
}
