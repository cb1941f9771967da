package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TNumber;

/** Windows that move over the axes between batch and channels: convolution and pooling. */
record Windows(
    List<Integer> size,
    List<Integer> strides,
    List<Integer> dilation,
    Padding padding,
    DataFormat format) {

  /** Returns the windows that a layer's record describes. */
  static Windows of(Kernelled config) {
    return new Windows(
        config.kernelSize(),
        config.strides(),
        config.dilationRate(),
        config.padding(),
        config.dataFormat());
  }

  /** Returns one size an axis; a single one stands for all. */
  static List<Integer> sizes(String name, List<Integer> given, int axes) {
    List<Integer> all = ofEach(given, axes);
    Check.that(
        all.size() == axes && all.stream().allMatch(i -> i > 0),
        "%s: expected %s, got %s",
        name,
        axes == 1 ? "a positive integer" : axes + " positive integers",
        all);
    return all;
  }

  /** Returns one number an axis; a single one stands for all. */
  static List<Integer> ofEach(List<Integer> given, int axes) {
    return given.size() == 1 ? Collections.nCopies(axes, given.get(0)) : List.copyOf(given);
  }

  /** Returns how many steps a window spans along an axis of windows. */
  int span(int axis) {
    return (size.get(axis) - 1) * dilation.get(axis) + 1;
  }

  /** Returns the shape of a kernel that has an array of the given shape at each place. */
  Shape kernel(long... each) {
    Shape places = Shape.of(size.stream().mapToLong(Integer::longValue).toArray());
    return places.append(Shape.of(each));
  }

  /** Returns whether zeros make up for what windows lack at the edges. */
  private boolean padded() {
    return padding != Padding.VALID;
  }

  /** As {@link #outputShape(Shape, long)}, with the channels of the input. */
  Shape outputShape(Shape in) {
    return outputShape(in, channels(in));
  }

  /** Returns the number of channels of an input, -1 where it is unknown. */
  long channels(Shape in) {
    return format.checked(in, size.size()).get(format.channelAxis(size.size() + 2));
  }

  /**
   * Returns the shape of the output.
   *
   * @throws ShapeException if the rank is another, or no window fits
   */
  Shape outputShape(Shape in, long channels) {
    int rank = size.size() + 2;
    long[] dims = format.checked(in, size.size()).asArray();
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
    int least = leastSize(i);
    if (in.get(axis) < least) {
      throw new ShapeException(
          tooLarge(least, axis)
              + " "
              + TensorSpec.text(in)
              + " has; use a smaller window or padding SAME");
    }
    return (in.get(axis) - least) / strides.get(i) + 1;
  }

  /** Returns the smallest size of an axis of windows that gives an output. */
  int leastSize(int axis) {
    return padded() ? 1 : span(axis);
  }

  /** Returns the beginning of the text of an error. */
  static String tooLarge(int span, int axis) {
    return "a window spans " + span + " along axis " + axis + ", more than the input";
  }

  /**
   * Emits f on x in the form that TensorFlow's kernels take: with channels last and, where there is
   * one axis of windows, another of size 1 before it.
   */
  Operand<TNumber> apply(Ops tf, Operand<TNumber> x, UnaryOperator<Operand<TNumber>> f) {
    Operand<TNumber> last = format.toLast(tf, x);
    Operand<TNumber> y =
        size.size() > 1
            ? f.apply(last)
            : tf.squeeze(f.apply(tf.expandDims(last, tf.constant(1))), Squeeze.axis(List.of(1L)));
    return format.fromLast(tf, y);
  }

  /** Returns these windows as {@link #apply} lets f see them. */
  Windows planar() {
    return size.size() > 1
        ? this
        : new Windows(
            List.of(1, size.get(0)),
            List.of(1, strides.get(0)),
            List.of(1, dilation.get(0)),
            padding,
            format);
  }

  /** Returns a kernel as {@link #planar} windows have it. */
  Operand<TNumber> planar(Ops tf, Operand<TNumber> kernel) {
    return size.size() > 1 ? kernel : tf.expandDims(kernel, tf.constant(0));
  }

  /** Returns these windows at every place inside, without gaps. */
  Windows dense() {
    List<Integer> ones = Collections.nCopies(size.size(), 1);
    return new Windows(size, ones, ones, Padding.VALID, format);
  }

  /** Returns these windows along some of the axes. */
  Windows along(List<Integer> axes) {
    return new Windows(
        axes.stream().map(size::get).toList(),
        axes.stream().map(strides::get).toList(),
        axes.stream().map(dilation::get).toList(),
        padding,
        format);
  }

  /** Returns these windows without padding. */
  Windows valid() {
    return new Windows(size, strides, dilation, Padding.VALID, format);
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
