package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.family.TNumber;

/** The pixels of each window of images, as channels. */
final class Patches {
  private Patches() {}

  static void add(Rows rows) {
    rows.one(
        "ExtractPatches(images; size, strides=None, dilation_rate=1, padding='valid',"
            + " data_format=None)",
        Patches::infer,
        c -> Images.batched(c, x -> extract(c, x)));
  }

  private static int[] two(OperationCall c, String name) {
    int[] given = c.integers(name);
    if (given.length > 2 || given.length < 1 || given[0] < 1 || given[given.length - 1] < 1) {
      throw c.expected(name, "one or two positive numbers");
    }
    return new int[] {given[0], given[given.length - 1]};
  }

  private static int[] strides(OperationCall c) {
    return two(c, c.isNone("strides") ? "size" : "strides");
  }

  private static boolean valid(OperationCall c) {
    String padding = c.text("padding");
    Check.that(
        padding.equals("valid") || padding.equals("same"),
        "padding: expected \"valid\" or \"same\", got \"%s\"",
        padding);
    return padding.equals("valid");
  }

  private static int channels(OperationCall c) {
    int[] size = two(c, "size");
    return size[0] * size[1] * Specs.known(c, Images.NAME, Images.channels(c));
  }

  private static TensorSpec infer(OperationCall c) {
    TensorSpec in = Images.spec(c);
    Specs.floating(c, Images.NAME);
    int[] strides = strides(c);
    int[] dilation = two(c, "dilation_rate");
    Check.that(
        Math.max(strides[0], strides[1]) == 1 || Math.max(dilation[0], dilation[1]) == 1,
        "dilation_rate: expected 1 for strides greater than 1");
    long[] sizes = in.shape().asArray();
    for (int i = 0; i < 2; i++) {
      int axis = Images.height(c) + i;
      int window = valid(c) ? (two(c, "size")[i] - 1) * dilation[i] + 1 : 1;
      if (sizes[axis] >= 0 && sizes[axis] < window) {
        throw new ShapeException("size: expected windows that " + in + " has room for");
      }
      sizes[axis] = sizes[axis] < 0 ? -1 : (sizes[axis] - window) / strides[i] + 1;
    }
    sizes[Images.channels(c)] = channels(c);
    return in.withShape(Shape.of(sizes));
  }

  /** A convolution whose filters each take one pixel. */
  private static Operand<TNumber> extract(OperationCall c, Operand<TNumber> x) {
    Ops tf = c.tf();
    int[] size = two(c, "size");
    int[] dilation = two(c, "dilation_rate");
    int all = channels(c);
    float[][] one = new float[all][all];
    for (int i = 0; i < all; i++) {
      one[i][i] = 1;
    }
    Operand<TNumber> kernel =
        Sizes.reshape(
            tf,
            Numbers.cast(tf, tf.constant(one), Numbers.dtype(x)),
            size[0],
            size[1],
            all / (size[0] * size[1]),
            all);
    return tf.nn.conv2d(
        x,
        kernel,
        strides(strides(c)),
        c.text("padding").toUpperCase(Locale.ROOT),
        Conv2d.dilations(strides(dilation)));
  }

  private static List<Long> strides(int[] two) {
    return List.of(1L, (long) two[0], (long) two[1], 1L);
  }
}
