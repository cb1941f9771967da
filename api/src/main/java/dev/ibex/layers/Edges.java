package dev.ibex.layers;

import dev.ibex.core.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.ndarray.Shape;

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

  /** Returns the numbers for all axes, as TensorFlow's op Pad takes them. */
  static int[][] ofAllAxes(List<List<Integer>> edges, DataFormat format) {
    List<List<Integer>> all = new ArrayList<>(edges);
    List<Integer> none = List.of(0, 0);
    all.add(0, none);
    all.add(format.channelAxis(edges.size() + 2), none);
    return all.stream().map(e -> new int[] {e.get(0), e.get(1)}).toArray(int[][]::new);
  }
}
