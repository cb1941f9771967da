package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Blocks of pixels that become channels, and channels that become blocks. */
final class Pixels {
  private Pixels() {}

  static void add(Rows rows) {
    String settings = "(x; block_size, data_format='channels_last')";
    rows.one("DepthToSpace" + settings, c -> infer(c, false), c -> emit(c, false));
    rows.one("SpaceToDepth" + settings, c -> infer(c, true), c -> emit(c, true));
  }

  private static TensorSpec infer(OperationCall c, boolean toDepth) {
    if (c.rank("x") != 4) {
      throw new ShapeException("x: expected [batch, height, width, channels], got " + c.spec("x"));
    }
    boolean last = Images.channelsLast(c);
    int block = Check.positive("block_size", c.integer("block_size"));
    Shape x = c.shape("x");
    long[] sizes = x.asArray();
    int channels = last ? 3 : 1;
    int height = last ? 1 : 2;
    for (int axis = height; axis < height + 2; axis++) {
      sizes[axis] = toDepth ? divided(c, axis, block) : Specs.times(x.get(axis), block);
    }
    sizes[channels] =
        toDepth
            ? Specs.times(x.get(channels), (long) block * block)
            : divided(c, channels, block * block);
    return c.spec("x").withShape(Shape.of(sizes));
  }

  private static long divided(OperationCall c, int axis, int by) {
    long size = c.shape("x").get(axis);
    if (size >= 0 && size % by != 0) {
      throw new ShapeException(
          "block_size: axis " + axis + " of " + c.spec("x") + " must be a multiple of " + by);
    }
    return size < 0 ? -1 : size / by;
  }

  private static Operand<TNumber> emit(OperationCall c, boolean toDepth) {
    Ops tf = c.tf();
    long block = c.integer("block_size");
    UnaryOperator<Operand<TNumber>> f =
        x -> toDepth ? tf.nn.spaceToDepth(x, block) : tf.nn.depthToSpace(x, block);
    return block == 1 ? c.operand("x") : Images.channelsLast(c, "x", f);
  }
}
