package dev.ibex.savedmodel.npy;

import dev.ibex.graph.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/**
 * What a header says.
 *
 * @param descr byte order and type, such as {@code <f4}
 * @param shape the shape
 */
record NpyHeader(String descr, Shape shape) {
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,20})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*((?:\\d{1,18}L?\\s*,?\\s*){0,64})\\)");

  /** Reads the text, a Python dictionary. */
  static NpyHeader parse(Place place, String text) {
    String descr = find(DESCR, text, place, "descr");
    boolean columnsFirst = find(ORDER, text, place, "fortran_order").equals("True");
    String dims = find(SHAPE, text, place, "shape").replace("L", "").trim();
    Shape shape =
        dims.isEmpty()
            ? Shape.scalar()
            : Shape.of(
                Arrays.stream(dims.split("\\s*,\\s*|\\s+")).mapToLong(Long::parseLong).toArray());
    if (columnsFirst && shape.numDimensions() > 1) {
      throw place.fail("its layout is columns first; write numpy.ascontiguousarray(x) in Python");
    }
    return new NpyHeader(descr, shape);
  }

  private static String find(Pattern pattern, String text, Place place, String key) {
    Matcher m = pattern.matcher(text);
    if (!m.find()) {
      throw place.fail("its header has no readable \"" + key + "\"");
    }
    return m.group(1);
  }

  /** Returns whether a pickle of one object follows. */
  boolean isObject() {
    return descr.equals("|O") && shape.numDimensions() == 0;
  }

  /** Returns the array whose elements follow the header. */
  Array array(Place place, ByteBuffer data) {
    NpyType type =
        NpyType.of(descr)
            .orElseThrow(
                () ->
                    place.fail(
                        "elements of type "
                            + descr
                            + " cannot be read; convert them in Python, for example by"
                            + " x.astype(\"float32\")"));
    long n = Npy.elements(shape);
    if (n < 0 || n * type.bytes() != data.remaining()) {
      throw place.fail(
          "the shape "
              + shape
              + " of "
              + descr
              + " does not fit the "
              + data.remaining()
              + " bytes that follow the header");
    }
    data.order(descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return type.read(shape, (int) n, data);
  }
}
