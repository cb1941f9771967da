package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TNumber;

/** Colours in other words. */
final class Colors {
  /** How bright red, green and blue are. */
  private static final float[] BRIGHTNESS = {0.2989f, 0.5870f, 0.1140f};

  private Colors() {}

  static void add(Rows rows) {
    rows.one("RGBToGrayscale(images; data_format=None)", Colors::gray, Colors::grayscale);
    rows.one(
        "RGBToHSV(images; data_format=None)",
        Colors::floating,
        c -> Images.channelsLast(c, Images.NAME, x -> c.tf().image.rgbToHsv(x)));
    rows.one(
        "HSVToRGB(images; data_format=None)",
        Colors::floating,
        c -> Images.channelsLast(c, Images.NAME, x -> c.tf().image.hsvToRgb(x)));
  }

  private static TensorSpec three(OperationCall c, boolean orOne) {
    TensorSpec spec = Images.spec(c);
    long channels = spec.shape().get(Images.channels(c));
    if (channels != 3 && !(orOne && channels == 1)) {
      throw new ShapeException(
          "images: expected 3 channels" + (orOne ? ", or 1" : "") + ", got " + spec);
    }
    return spec;
  }

  private static TensorSpec floating(OperationCall c) {
    three(c, false);
    return Specs.floating(c, Images.NAME);
  }

  private static TensorSpec gray(OperationCall c) {
    TensorSpec spec = three(c, true);
    return spec.withShape(Shapes.with(spec.shape(), Images.channels(c), 1));
  }

  private static Operand<TNumber> grayscale(OperationCall c) {
    Ops tf = c.tf();
    int axis = Images.channels(c);
    Operand<TNumber> x = c.operand(Images.NAME);
    if (c.shape(Images.NAME).get(axis) == 1) {
      return x;
    }
    DType type = Numbers.dtype(x);
    DType compute = Promotion.withFraction(type);
    int[] line = new int[c.rank(Images.NAME)];
    Arrays.fill(line, 1);
    line[axis] = 3;
    Operand<TNumber> weights =
        Sizes.reshape(tf, Numbers.cast(tf, tf.constant(BRIGHTNESS), compute), line);
    Operand<TNumber> sum =
        tf.sum(
            tf.math.mul(Numbers.cast(tf, x, compute), weights),
            tf.constant(axis),
            Sum.keepDims(true));
    return Numbers.cast(tf, sum, type);
  }
}
