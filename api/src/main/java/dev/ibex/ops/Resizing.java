package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Images of another size. */
final class Resizing {
  private static final List<String> WAYS =
      List.of("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5");

  private Resizing() {}

  static void add(Rows rows) {
    rows.one(
        "Resize(images; size, interpolation='bilinear', antialias=False,"
            + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant',"
            + " fill_value=0.0, data_format=None)",
        Resizing::infer,
        c -> Images.batched(c, x -> resize(c, framed(c, x))));
  }

  private static int[] size(OperationCall c) {
    int[] size = c.integers("size");
    Check.that(
        size.length == 2 && size[0] > 0 && size[1] > 0,
        "size: expected height and width, got %s",
        Arrays.toString(size));
    return size;
  }

  private static TensorSpec infer(OperationCall c) {
    TensorSpec in = Images.spec(c);
    String way = c.text("interpolation");
    Check.that(WAYS.contains(way), "interpolation: expected one of %s, got %s", WAYS, way);
    Check.that(
        c.text("fill_mode").equals("constant"),
        "fill_mode: expected \"constant\", got \"%s\"",
        c.text("fill_mode"));
    Check.that(
        !c.flag("crop_to_aspect_ratio") || !c.flag("pad_to_aspect_ratio"),
        "pad_to_aspect_ratio: expected one of this and crop_to_aspect_ratio, got both");
    Check.that(
        in.dtype() == DType.FLOAT32 || way.equals("nearest"),
        "images: expected float32 for the interpolation %s, which gives such, got %s; cast them"
            + " first",
        way,
        in);
    if (c.flag("crop_to_aspect_ratio") || c.flag("pad_to_aspect_ratio")) {
      Specs.known(c, Images.NAME, Images.height(c));
      Specs.known(c, Images.NAME, Images.height(c) + 1);
    }
    int height = Images.height(c);
    return in.withShape(
        Shapes.with(Shapes.with(in.shape(), height, size(c)[0]), height + 1, size(c)[1]));
  }

  /** Returns the largest part of that ratio, or the image in the smallest frame of it. */
  private static Operand<TNumber> framed(OperationCall c, Operand<TNumber> x) {
    if (!c.flag("crop_to_aspect_ratio") && !c.flag("pad_to_aspect_ratio")) {
      return x;
    }
    int[] size = size(c);
    int height = Specs.known(c, Images.NAME, Images.height(c));
    int width = Specs.known(c, Images.NAME, Images.height(c) + 1);
    int high = (int) ((float) (width * size[0]) / size[1]);
    int wide = (int) ((float) (height * size[1]) / size[0]);
    return c.flag("crop_to_aspect_ratio")
        ? cropped(c.tf(), x, new int[] {height, width}, new int[] {high, wide})
        : padded(c, x, (Math.max(height, high) - height) / 2, (Math.max(width, wide) - width) / 2);
  }

  private static Operand<TNumber> cropped(Ops tf, Operand<TNumber> x, int[] sizes, int[] wanted) {
    Operand<TNumber> y = x;
    for (int i = 0; i < 2; i++) {
      int size = Math.max(1, Math.min(sizes[i], wanted[i]));
      int start = (sizes[i] - size) / 2;
      y = Parts.between(tf, y, i + 1, start, start + size);
    }
    return y;
  }

  private static Operand<TNumber> padded(
      OperationCall c, Operand<TNumber> x, int rows, int columns) {
    Operand<TInt32> widths =
        c.tf().constant(new int[][] {{0, 0}, {rows, rows}, {columns, columns}, {0, 0}});
    return c.tf().pad(x, widths, c.operand("fill_value", Numbers.dtype(x)));
  }

  private static Operand<TNumber> resize(OperationCall c, Operand<TNumber> x) {
    Ops tf = c.tf();
    int[] size = size(c);
    String way = c.text("interpolation");
    if (x.shape().get(1) == size[0] && x.shape().get(2) == size[1]) {
      return x;
    }
    Operand<TInt32> to = tf.constant(size);
    boolean smooth = c.flag("antialias");
    return Numbers.of(
        switch (way) {
          case "nearest" ->
              tf.image.resizeNearestNeighbor(x, to, ResizeNearestNeighbor.halfPixelCenters(true));
          case "bilinear" ->
              smooth
                  ? scaled(tf, x, to, "triangle", true)
                  : tf.image.resizeBilinear(x, to, ResizeBilinear.halfPixelCenters(true));
          case "bicubic" ->
              smooth
                  ? scaled(tf, x, to, "keyscubic", true)
                  : tf.image.resizeBicubic(x, to, ResizeBicubic.halfPixelCenters(true));
          default -> scaled(tf, x, to, way, smooth);
        });
  }

  private static Operand<TFloat32> scaled(
      Ops tf, Operand<TNumber> x, Operand<TInt32> to, String kernel, boolean smooth) {
    Operand<TInt32> from = Sizes.between(tf, x, 1, 3);
    return tf.image.scaleAndTranslate(
        x,
        to,
        tf.math.div(tf.dtypes.cast(to, TFloat32.class), tf.dtypes.cast(from, TFloat32.class)),
        tf.constant(new float[] {0, 0}),
        ScaleAndTranslate.kernelType(kernel),
        ScaleAndTranslate.antialias(smooth));
  }
}
