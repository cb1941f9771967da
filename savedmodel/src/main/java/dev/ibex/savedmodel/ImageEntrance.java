package dev.ibex.savedmodel;

import dev.ibex.Model;
import dev.ibex.ModelFunctions;
import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.FunctionBody;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** A model's images out of encoded ones; each is decoded by itself, for sizes may differ. */
final class ImageEntrance implements ModelFunctions.Entrance {
  private static final String DECODE = "__inference_decode_image_0";
  private static final Set<Long> CHANNELS = Set.of(1L, 3L, 4L);

  private final TensorSpec image;
  private final double factor;

  ImageEntrance(Model model, double factor) {
    Check.that(
        model.inputs().size() == 1, "images: the model has %d inputs", model.inputs().size());
    Check.that(Double.isFinite(factor), "factor: expected a number, got %s", factor);
    this.image = model.inputs().get(0).spec();
    this.factor = factor;
    boolean fits =
        image.rank() == 4
            && !image.shape().tail().hasUnknownDimension()
            && CHANNELS.contains(image.shape().get(3));
    Check.that(
        fits,
        "images: expected an input (?, height, width, 1, 3 or 4) of known size, got %s",
        TensorSpec.text(image.shape()));
  }

  @Override
  public Map<String, TensorSpec> inputs() {
    return Map.of("image_bytes", new TensorSpec(Shape.of(-1), DType.STRING));
  }

  @Override
  public List<Operand<?>> emit(Ops tf, List<Operand<?>> in) {
    Graph graph = (Graph) tf.scope().env();
    graph.importGraphDef(
        GraphDef.newBuilder()
            .setLibrary(FunctionDefLibrary.newBuilder().addFunction(decoder().definition()))
            .build());
    Operation mapped =
        tf.scope()
            .apply(graph.opBuilder("MapDefun", tf.scope().makeOpName("decode_images"), tf.scope()))
            .addInputList(new Output<?>[] {in.get(0).asOutput()})
            .addInputList(new Output<?>[0])
            .setAttr("Targuments", new DataType[] {DataType.DT_STRING})
            .setAttr("Tcaptured", new DataType[0])
            .setAttr("output_types", new DataType[] {DataType.DT_FLOAT})
            .setAttr("output_shapes", new Shape[] {image.shape().tail()})
            .setAttr(
                "f",
                AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(DECODE)).build())
            .setAttr("max_intra_op_parallelism", 1L)
            .build();
    Operand<?> scaled =
        factor == 1
            ? mapped.output(0)
            : tf.math.mul(
                Numbers.of(mapped.output(0)), Numbers.constant(tf, DType.FLOAT32, factor));
    return List.of(Numbers.cast(tf, scaled, image.dtype()));
  }

  /** Returns the function from one encoded image to its pixels. */
  private FunctionBody decoder() {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      Operand<TString> bytes = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      Operand<?> pixels =
          tf.image.decodeImage(
              bytes,
              TUint8.class,
              DecodeImage.channels(image.shape().get(3)),
              DecodeImage.expandAnimations(false));
      int[] size = {(int) image.shape().get(1), (int) image.shape().get(2)};
      Operand<TFloat32> resized =
          tf.image.resizeBilinear(
              Numbers.of(tf.expandDims(pixels, tf.constant(0))),
              tf.constant(size),
              org.tensorflow.op.image.ResizeBilinear.halfPixelCenters(true));
      Operand<TFloat32> one = tf.squeeze(resized, org.tensorflow.op.core.Squeeze.axis(List.of(0L)));
      return session.body(DECODE, List.of(bytes), List.of(one));
    }
  }
}
