package dev.ibex.savedmodel.npy;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * Reads and writes NumPy's {@code .npy} files.
 *
 * <p>Numbers of either byte order in rows-first layout: float16, float32, float64, int32, int64,
 * uint8 and bool, which become the type of the same name. Source: NumPy's format description,
 * versions 1.0 to 3.0.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Returns the array of a file.
   *
   * @throws ModelFormatException if the file is damaged, of another type or columns-first
   * @throws UncheckedIOException if it cannot be read
   */
  public static Array read(Path file) {
    try {
      return decode(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the array of a file's content.
   *
   * @param file named in errors
   */
  static Array decode(Path file, byte[] content) {
    Place place = new Place(file, "");
    ByteBuffer in = ByteBuffer.wrap(content);
    return header(place, in).array(place, in.slice());
  }

  /** Returns the header of an array, and leaves the buffer behind it. */
  static NpyHeader header(Place place, ByteBuffer in) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    int size = in.remaining();
    if (size < 10 || !in.slice().limit(MAGIC.length).slice().equals(ByteBuffer.wrap(MAGIC))) {
      throw place.fail("it does not begin as .npy files do");
    }
    int major = in.get(MAGIC.length);
    if (major < 1 || major > 3) {
      throw place.fail("version " + major + " of the format is not known");
    }
    int start = major == 1 ? 10 : 12;
    long length = major == 1 ? in.getShort(8) & 0xffff : 0xffffffffL;
    if (major > 1 && size >= start) {
      length = in.getInt(8) & 0xffffffffL;
    }
    if (start + length > size) {
      throw place.fail("it ends inside its header");
    }
    byte[] text = new byte[(int) length];
    in.position(start).get(text);
    return NpyHeader.parse(place, new String(text, StandardCharsets.ISO_8859_1));
  }

  /**
   * Writes an array; half precision as float16, bfloat16 as float32. A file that is there is
   * replaced in one step.
   *
   * @throws IllegalArgumentException if the type is none of those that are read
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Array array) {
    byte[] content = encode(array);
    AtomicFile.write(file, out -> out.write(content));
  }

  static byte[] encode(Array array) {
    Array a = array.dtype() == DType.BFLOAT16 ? array.cast(DType.FLOAT32) : array;
    NpyType type = NpyType.of(a.dtype());
    long[] dims = a.shape().asArray();
    String shape =
        Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", "))
            + (dims.length == 1 ? "," : "");
    String text =
        "{'descr': '" + type.descr() + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int padded = (10 + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(padded, Math.multiplyExact(a.size(), type.bytes())))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - 10));
    out.put(text.getBytes(StandardCharsets.ISO_8859_1));
    while (out.position() < padded - 1) {
      out.put((byte) ' ');
    }
    out.put((byte) '\n');
    type.write(a, out);
    return out.array();
  }

  /** Returns the number of elements of a shape; -1 where no int can hold it. */
  static long elements(Shape shape) {
    long n = 1;
    for (long d : shape.asArray()) {
      if (d < 0 || (d > 0 && n > Integer.MAX_VALUE / d)) {
        return -1;
      }
      n *= d;
    }
    return n;
  }
}
