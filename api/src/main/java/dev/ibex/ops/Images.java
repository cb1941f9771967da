package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** What operations of images have in common: one image or a batch, channels last or first. */
final class Images {
  /** The name of the argument. */
  static final String NAME = "images";

  private Images() {}

  /** Returns whether the channels are the last axis, as where nothing is said. */
  static boolean channelsLast(OperationCall c) {
    if (c.isNone("data_format")) {
      return true;
    }
    String format = c.text("data_format");
    Check.that(
        format.equals("channels_last") || format.equals("channels_first"),
        "data_format: expected \"channels_last\" or \"channels_first\", got \"%s\"",
        format);
    return format.equals("channels_last");
  }

  /** Returns the spec of images. */
  static TensorSpec spec(OperationCall c) {
    TensorSpec spec = c.spec(NAME);
    if (spec.rank() != 3 && spec.rank() != 4) {
      throw new ShapeException("images: expected one image or a batch of such, got " + spec);
    }
    return spec;
  }

  /** Returns the axis of the rows; the columns are the next one. */
  static int height(OperationCall c) {
    return c.rank(NAME) - (channelsLast(c) ? 3 : 2);
  }

  /** Returns the axis of the channels. */
  static int channels(OperationCall c) {
    return c.rank(NAME) - (channelsLast(c) ? 1 : 3);
  }

  /** Applies a function of images with channels last. */
  static Operand<TNumber> channelsLast(
      OperationCall c, String name, UnaryOperator<Operand<TNumber>> f) {
    Operand<TNumber> x = c.operand(name);
    if (channelsLast(c)) {
      return f.apply(x);
    }
    int rank = c.rank(name);
    int first = rank - 3;
    int[] order =
        IntStream.range(0, rank).map(i -> i < first ? i : i == rank - 1 ? first : i + 1).toArray();
    Operand<TNumber> y = f.apply(Sizes.permute(c.tf(), x, order));
    return Sizes.permute(c.tf(), y, Sizes.inverse(order));
  }

  /** Applies a function of a batch of images with channels last. */
  static Operand<TNumber> batched(OperationCall c, UnaryOperator<Operand<TNumber>> f) {
    if (c.rank(NAME) == 4) {
      return channelsLast(c, NAME, f);
    }
    return channelsLast(
        c,
        NAME,
        x -> {
          Operand<TNumber> y = f.apply(c.tf().expandDims(x, c.tf().constant(0)));
          return c.tf().gather(y, c.tf().constant(0), c.tf().constant(0));
        });
  }
}
