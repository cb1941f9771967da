package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** More or fewer pixels at the edges of images. */
final class Framing {
  private Framing() {}

  static void add(Rows rows) {
    rows.one(
        "PadImages(images; top_padding=None, left_padding=None, bottom_padding=None,"
            + " right_padding=None, target_height=None, target_width=None, data_format=None)",
        c -> infer(c, true),
        Framing::pad);
    rows.one(
        "CropImages(images; top_cropping=None, left_cropping=None, bottom_cropping=None,"
            + " right_cropping=None, target_height=None, target_width=None, data_format=None)",
        c -> infer(c, false),
        Framing::crop);
  }

  /**
   * What happens along one axis.
   *
   * @param before how many pixels are added or left out before; -1 if unknown
   * @param after how many after; -1 if unknown
   * @param target how many there are then; -1 if unknown
   */
  private record Edges(long before, long after, long target) {}

  private static Edges edges(OperationCall c, boolean pads, int direction) {
    String word = pads ? "_padding" : "_cropping";
    List<String> names =
        direction == 0
            ? List.of("top" + word, "bottom" + word, "target_height")
            : List.of("left" + word, "right" + word, "target_width");
    Check.that(
        names.stream().filter(c::isNone).count() == 1,
        "expected exactly two of %s",
        String.join(", ", names));
    long[] given = names.stream().mapToLong(n -> c.isNone(n) ? -1 : c.integer(n)).toArray();
    names.forEach(n -> Check.that(c.isNone(n) || c.integer(n) >= 0, "%s: expected at least 0", n));
    long size = c.shape(Images.NAME).get(Images.height(c) + direction);
    if (size < 0) {
      return new Edges(given[0], given[1], given[2]);
    }
    long sign = pads ? 1 : -1;
    long[] known =
        Stream.of(0, 1, 2)
            .mapToLong(
                i ->
                    given[i] >= 0
                        ? given[i]
                        : i == 2
                            ? size + sign * (given[0] + given[1])
                            : sign * (given[2] - size) - given[1 - i])
            .toArray();
    if (Stream.of(0, 1, 2).anyMatch(i -> known[i] < 0)) {
      throw new ShapeException(String.join(", ", names) + ": do not fit " + c.spec(Images.NAME));
    }
    return new Edges(known[0], known[1], known[2]);
  }

  private static TensorSpec infer(OperationCall c, boolean pads) {
    TensorSpec in = Images.spec(c);
    long[] sizes = in.shape().asArray();
    for (int i = 0; i < 2; i++) {
      Edges edges = edges(c, pads, i);
      if (!pads && edges.target < 0) {
        Specs.known(c, Images.NAME, Images.height(c) + i);
      }
      sizes[Images.height(c) + i] = edges.target;
    }
    return in.withShape(Shape.of(sizes));
  }

  private static Operand<TNumber> pad(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand(Images.NAME);
    int rank = c.rank(Images.NAME);
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    List<Operand<TInt32>> widths = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int direction = i - Images.height(c);
      boolean here = direction == 0 || direction == 1;
      widths.add(here ? width(c, x, edges(c, true, direction), i) : none);
    }
    return tf.pad(x, tf.stack(widths), Sizes.like(tf, x, 0));
  }

  /** Returns how many pixels come before and after; one of both may be what is left. */
  private static Operand<TInt32> width(OperationCall c, Operand<TNumber> x, Edges e, int axis) {
    Ops tf = c.tf();
    if (e.before >= 0 && e.after >= 0) {
      return tf.constant(new int[] {(int) e.before, (int) e.after});
    }
    Operand<TInt32> given = tf.constant((int) Math.max(e.before, e.after));
    Operand<TInt32> rest =
        tf.math.sub(tf.math.sub(tf.constant((int) e.target), Sizes.at(tf, x, axis)), given);
    return tf.stack(e.before >= 0 ? List.of(given, rest) : List.of(rest, given));
  }

  private static Operand<TNumber> crop(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> y = c.operand(Images.NAME);
    for (int i = 0; i < 2; i++) {
      Edges e = edges(c, false, i);
      int axis = Images.height(c) + i;
      y =
          e.before >= 0
              ? Parts.between(tf, y, axis, (int) e.before, (int) (e.before + e.target))
              : fromEnd(tf, y, axis, e);
    }
    return y;
  }

  private static Operand<TNumber> fromEnd(Ops tf, Operand<TNumber> x, int axis, Edges e) {
    int start = (int) -(e.after + e.target);
    return e.after == 0
        ? Parts.from(tf, x, axis, start)
        : Parts.between(tf, x, axis, start, (int) -e.after);
  }
}
