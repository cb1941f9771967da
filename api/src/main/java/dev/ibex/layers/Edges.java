package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
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

  /** Emits x without so many numbers at the two ends of each axis. */
  static Operand<TNumber> cropped(Ops tf, Operand<TNumber> x, int[][] edges) {
    int[] begin = new int[edges.length];
    int[] end = new int[edges.length];
    int[] step = new int[edges.length];
    long toTheEnd = 0;
    for (int i = 0; i < edges.length; i++) {
      begin[i] = edges[i][0];
      end[i] = -edges[i][1];
      step[i] = 1;
      toTheEnd |= edges[i][1] == 0 ? 1L << i : 0;
    }
    return tf.stridedSlice(
        x, tf.constant(begin), tf.constant(end), tf.constant(step), StridedSlice.endMask(toTheEnd));
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
