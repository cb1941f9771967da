package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Numbers of rows at the two ends of each axis between batch and channels. */
final class Edges {
  private Edges() {}

  /** Returns two numbers an axis; one number stands for both ends, one axis for all. */
  static List<List<Integer>> of(String name, List<List<Integer>> given, int axes) {
    List<List<Integer>> all =
        given.size() == 1 && given.get(0).size() == 1
            ? Collections.nCopies(axes, given.get(0))
            : given;
    Check.that(
        all.size() == axes
            && all.stream().allMatch(e -> e.size() == 1 || e.size() == 2)
            && all.stream().flatMap(List::stream).allMatch(n -> n >= 0),
        "%s: expected %d pairs of numbers of at least 0, got %s",
        name,
        axes,
        given);
    return all.stream().map(e -> List.of(e.get(0), e.get(e.size() - 1))).toList();
  }

  /** Returns the numbers of the two ends of one axis; one number stands for both. */
  static List<Integer> of(String name, List<Integer> given) {
    Check.that(
        (given.size() == 1 || given.size() == 2) && given.stream().allMatch(n -> n >= 0),
        "%s: expected two numbers of at least 0, got %s",
        name,
        given);
    return List.of(given.get(0), given.get(given.size() - 1));
  }

  /** Returns the numbers, two an axis. */
  static List<List<Integer>> pairs(int... ends) {
    return IntStream.range(0, ends.length / 2)
        .mapToObj(i -> List.of(ends[2 * i], ends[2 * i + 1]))
        .toList();
  }

  /** Returns a shape with the edges added. */
  static Shape widened(Shape in, List<List<Integer>> edges, DataFormat format) {
    long[] dims = format.checked(in, edges.size()).asArray();
    for (int i = 0; i < edges.size(); i++) {
      int axis = format.firstSpatialAxis() + i;
      dims[axis] = dims[axis] < 0 ? -1 : edges.get(i).get(0) + dims[axis] + edges.get(i).get(1);
    }
    return Shape.of(dims);
  }

  /**
   * Returns a shape without the edges.
   *
   * @throws ShapeException if nothing is left
   */
  static Shape narrowed(Shape in, List<List<Integer>> edges, DataFormat format) {
    long[] dims = format.checked(in, edges.size()).asArray();
    for (int i = 0; i < edges.size(); i++) {
      int axis = format.firstSpatialAxis() + i;
      long less = (long) edges.get(i).get(0) + edges.get(i).get(1);
      if (dims[axis] >= 0 && dims[axis] <= less) {
        throw new ShapeException(
            "cropping takes "
                + less
                + " along axis "
                + axis
                + " and leaves nothing of the input "
                + TensorSpec.text(in)
                + "; take less");
      }
      dims[axis] = dims[axis] < 0 ? -1 : dims[axis] - less;
    }
    return Shape.of(dims);
  }

  /** Emits x without the edges. */
  static Operand<TNumber> cropped(
      Ops tf, Operand<TNumber> x, List<List<Integer>> edges, DataFormat format) {
    int[][] all = ofAllAxes(edges, format);
    int[] begin = new int[all.length];
    int[] end = new int[all.length];
    int[] step = new int[all.length];
    long toTheEnd = 0;
    for (int i = 0; i < all.length; i++) {
      begin[i] = all[i][0];
      end[i] = -all[i][1];
      step[i] = 1;
      toTheEnd |= all[i][1] == 0 ? 1L << i : 0;
    }
    return tf.stridedSlice(
        x, tf.constant(begin), tf.constant(end), tf.constant(step), StridedSlice.endMask(toTheEnd));
  }

  /** Emits the middle of images with channels last; of an odd rest the larger half goes after. */
  static Operand<TNumber> middle(Ops tf, Operand<TNumber> x, int height, int width) {
    return tf.slice(
        x,
        tf.stack(
            List.of(
                tf.constant(0), before(tf, x, 1, height), before(tf, x, 2, width), tf.constant(0))),
        tf.constant(new int[] {-1, height, width, -1}));
  }

  private static Operand<TInt32> before(Ops tf, Operand<TNumber> x, int axis, int size) {
    return tf.math.floorDiv(tf.math.sub(Dims.size(tf, x, axis), tf.constant(size)), tf.constant(2));
  }

  /** Emits x with edges of zeros. */
  static Operand<TNumber> padded(
      Ops tf, Operand<TNumber> x, List<List<Integer>> edges, DataFormat format) {
    return tf.pad(x, tf.constant(ofAllAxes(edges, format)), Numbers.constant(tf, x, 0));
  }

  /** Returns the numbers for all axes, as TensorFlow's op Pad takes them. */
  static int[][] ofAllAxes(List<List<Integer>> edges, DataFormat format) {
    List<List<Integer>> all = new ArrayList<>(edges);
    List<Integer> none = List.of(0, 0);
    all.add(0, none);
    all.add(format.channelAxis(edges.size() + 2), none);
    return all.stream().map(e -> new int[] {e.get(0), e.get(1)}).toArray(int[][]::new);
  }
}
