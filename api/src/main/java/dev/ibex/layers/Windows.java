package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Windows that move over the axes between batch and channels: convolution and pooling. */
record Windows(
    List<Integer> size,
    List<Integer> strides,
    List<Integer> dilation,
    Padding padding,
    DataFormat format) {

  /** Returns one size an axis; a single one stands for all. */
  static List<Integer> sizes(String name, List<Integer> given, int axes) {
    List<Integer> all =
        given.size() == 1 ? Collections.nCopies(axes, given.get(0)) : List.copyOf(given);
    Check.that(
        all.size() == axes && all.stream().allMatch(i -> i > 0),
        "%s: expected %d positive integers, got %s",
        name,
        axes,
        given);
    return all;
  }

  /** As {@link #outputShape(Shape, long)}, with the channels of the input. */
  Shape outputShape(Shape in) {
    return outputShape(in, checked(in).get(format.channelAxis(size.size() + 2)));
  }

  private Shape checked(Shape in) {
    int rank = size.size() + 2;
    if (in.numDimensions() != rank) {
      String axes =
          switch (size.size()) {
            case 1 -> "steps";
            case 2 -> "height, width";
            default -> "depth, height, width";
          };
      throw new ShapeException(
          "expected an input of rank "
              + rank
              + " ["
              + (format == DataFormat.CHANNELS_LAST
                  ? "batch, " + axes + ", channels"
                  : "batch, channels, " + axes)
              + "], got "
              + TensorSpec.text(in)
              + (size.size() == 2 && format == DataFormat.CHANNELS_LAST
                  ? "; give the model such an input, for example Input.of(28, 28, 1) for gray images"
                  : ""));
    }
    return in;
  }

  /**
   * Returns the shape of the output.
   *
   * @throws ShapeException if the rank is another, or no window fits
   */
  Shape outputShape(Shape in, long channels) {
    int rank = size.size() + 2;
    long[] dims = checked(in).asArray();
    dims[format.channelAxis(rank)] = channels;
    for (int i = 0; i < size.size(); i++) {
      int axis = format.firstSpatialAxis() + i;
      if (dims[axis] >= 0) {
        dims[axis] = steps(in, axis, i);
      }
    }
    return Shape.of(dims);
  }

  private long steps(Shape in, int axis, int i) {
    long span = padding == Padding.SAME ? 1 : (size.get(i) - 1L) * dilation.get(i) + 1;
    if (in.get(axis) < span) {
      throw new ShapeException(
          "a window spans "
              + span
              + " along axis "
              + axis
              + ", more than the input "
              + TensorSpec.text(in)
              + " has; use a smaller window or padding SAME");
    }
    return (in.get(axis) - span) / strides.get(i) + 1;
  }

  /** Returns numbers for all axes as TensorFlow's ops take them, with channels last. */
  static List<Long> ofAllAxes(List<Integer> spatial) {
    List<Long> all = new ArrayList<>();
    all.add(1L);
    spatial.forEach(i -> all.add(i.longValue()));
    all.add(1L);
    return all;
  }
}
