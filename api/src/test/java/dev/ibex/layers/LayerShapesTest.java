package dev.ibex.layers;

import static dev.ibex.activations.Activations.GLU;
import static dev.ibex.activations.Activations.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.applications.CustomScaleLayer;
import dev.ibex.applications.LayerScale;
import dev.ibex.applications.StochasticDepth;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** The shape that is inferred, and the one that comes out, with and without unknown axes. */
class LayerShapesTest {
  private static Arguments row(Layer layer, Shape... inputs) {
    return Arguments.of(layer, List.of(inputs));
  }

  static Stream<Arguments> layers() {
    Shape steps = Shape.of(7, 4);
    Shape image = Shape.of(7, 9, 4);
    Shape volume = Shape.of(3, 4, 5, 2);
    DataFormat first = DataFormat.CHANNELS_FIRST;
    return Stream.of(
        row(Dense.of(3), Shape.of(4)),
        row(Dense.of(3).activation(SOFTMAX), Shape.of(2, 4)),
        row(Dense.of(3), Shape.of(2, 5, 4)),
        row(Activation.of(SOFTMAX), Shape.of(2, 5)),
        row(Conv1D.of(6, 3), steps),
        row(Conv1D.of(6, 3).strides(2).padding(Padding.SAME), steps),
        row(Conv1D.of(6, 3).strides(2).padding(Padding.CAUSAL), steps),
        row(Conv1D.of(6, 2).dilationRate(3).padding(Padding.CAUSAL).groups(2), steps),
        row(Conv1D.of(6, 3).dataFormat(first).padding(Padding.CAUSAL), Shape.of(4, 7)),
        row(Conv2D.of(6, 3), image),
        row(Conv2D.of(6, 3).strides(2).padding(Padding.SAME), image),
        row(Conv2D.of(6, 2, 3).strides(3, 2), image),
        row(Conv2D.of(6, 3).dilationRate(2, 3), image),
        row(Conv2D.of(6, 3).groups(2), image),
        row(Conv2D.of(6, 3).dataFormat(first), Shape.of(4, 7, 9)),
        row(Conv3D.of(3, 2), volume),
        row(Conv3D.of(2, 2, 1, 3).strides(2, 1, 3).padding(Padding.SAME), volume),
        row(Conv3D.of(4, 2).dilationRate(1, 2, 1).groups(2), volume),
        row(Conv3D.of(3, 2).dilationRate(2).padding(Padding.SAME), volume),
        row(Conv3D.of(3, 2).dataFormat(first).strides(2), Shape.of(2, 3, 4, 5)),
        row(Conv1DTranspose.of(6, 3), steps),
        row(Conv1DTranspose.of(6, 2).strides(3), steps),
        row(Conv1DTranspose.of(6, 3).strides(2).padding(Padding.SAME), steps),
        row(Conv1DTranspose.of(6, 4).strides(3).outputPadding(2), steps),
        row(Conv1DTranspose.of(6, 2).dilationRate(3), steps),
        row(Conv1DTranspose.of(6, 3).strides(2).dataFormat(first), Shape.of(4, 7)),
        row(Conv2DTranspose.of(3, 3), Shape.of(3, 4, 2)),
        row(Conv2DTranspose.of(3, 2, 3).strides(3, 2).padding(Padding.SAME), Shape.of(3, 4, 2)),
        row(Conv2DTranspose.of(3, 3).outputPadding(0, 1).strides(2), Shape.of(3, 4, 2)),
        row(
            Conv2DTranspose.of(3, 3).strides(2).outputPadding(0).padding(Padding.SAME),
            Shape.of(3, 4, 2)),
        row(Conv2DTranspose.of(3, 2).dilationRate(2, 3).padding(Padding.SAME), Shape.of(3, 4, 2)),
        row(Conv2DTranspose.of(3, 2).dilationRate(1, 2).dataFormat(first), Shape.of(2, 3, 4)),
        row(Conv3DTranspose.of(2, 2), Shape.of(2, 1, 3, 2)),
        row(Conv3DTranspose.of(2, 1, 3, 2).strides(2, 1, 3), Shape.of(2, 1, 3, 2)),
        row(
            Conv3DTranspose.of(2, 2).strides(2).padding(Padding.SAME).outputPadding(1),
            Shape.of(2, 1, 3, 2)),
        row(Conv3DTranspose.of(2, 2).dilationRate(2, 1, 3), Shape.of(2, 1, 3, 2)),
        row(Conv3DTranspose.of(2, 2).dataFormat(first).strides(2), Shape.of(2, 2, 1, 3)),
        row(DepthwiseConv1D.of(3), steps),
        row(DepthwiseConv1D.of(3).strides(2).depthMultiplier(2).padding(Padding.SAME), steps),
        row(DepthwiseConv1D.of(2).dilationRate(2).strides(3), steps),
        row(DepthwiseConv1D.of(3).strides(2).dataFormat(first), Shape.of(4, 7)),
        row(SeparableConv1D.of(6, 3), steps),
        row(SeparableConv1D.of(6, 3).strides(2).dilationRate(2).padding(Padding.SAME), steps),
        row(SeparableConv1D.of(3, 2).depthMultiplier(2).dataFormat(first), Shape.of(4, 7)),
        row(DepthwiseConv2D.of(3), image),
        row(DepthwiseConv2D.of(2, 3).strides(3, 2).depthMultiplier(2), image),
        row(DepthwiseConv2D.of(3).strides(2).padding(Padding.SAME), image),
        row(DepthwiseConv2D.of(2).strides(2).dilationRate(3, 2).padding(Padding.SAME), image),
        row(DepthwiseConv2D.of(3).dilationRate(2).dataFormat(first), Shape.of(4, 7, 9)),
        row(SeparableConv2D.of(6, 3), image),
        row(SeparableConv2D.of(6, 3).strides(2).dilationRate(2), image),
        row(SeparableConv2D.of(3, 2, 3).depthMultiplier(2).dataFormat(first), Shape.of(4, 7, 9)),
        row(Cropping2D.of(), image),
        row(Cropping2D.of(1, 2, 3, 0), image),
        row(Cropping2D.of(2, 1).dataFormat(first), Shape.of(4, 7, 9)),
        row(Cropping1D.of(2, 0), steps),
        row(Cropping3D.of(1), volume),
        row(Cropping3D.of(0, 1, 1, 0, 2, 0).dataFormat(first), Shape.of(2, 3, 4, 5)),
        row(ZeroPadding1D.of(), steps),
        row(ZeroPadding1D.of(0, 2).dataFormat(first), steps),
        row(ZeroPadding3D.of(), Shape.of(2, 1, 2, 3)),
        row(ZeroPadding3D.of(0, 1, 1, 0, 2, 0).dataFormat(first), Shape.of(2, 2, 1, 3)),
        row(UpSampling1D.of(3), steps),
        row(UpSampling3D.of(2, 1, 3), Shape.of(2, 3, 1, 2)),
        row(UpSampling3D.of().dataFormat(first), Shape.of(2, 2, 1, 3)),
        row(MaxPooling3D.of(), volume),
        row(MaxPooling3D.of(2, 1, 3).strides(1, 2, 1).padding(Padding.SAME), volume),
        row(MaxPooling3D.of(2).dataFormat(first), Shape.of(2, 3, 4, 5)),
        row(AveragePooling3D.of(2), volume),
        row(AveragePooling3D.of(3, 2, 1).strides(2).padding(Padding.SAME), volume),
        row(AveragePooling3D.of(1, 2, 2).dataFormat(first), Shape.of(2, 3, 4, 5)),
        row(GlobalMaxPooling3D.of(), volume),
        row(GlobalMaxPooling3D.of().dataFormat(first).keepdims(true), volume),
        row(GlobalAveragePooling3D.of(), volume),
        row(GlobalAveragePooling3D.of().dataFormat(first).keepdims(true), volume),
        row(AdaptiveMaxPooling1D.of(5), steps),
        row(AdaptiveMaxPooling1D.of(7).dataFormat(first), Shape.of(2, 5)),
        row(AdaptiveMaxPooling2D.of(4, 3), image),
        row(AdaptiveMaxPooling2D.of(3).dataFormat(first), Shape.of(2, 4, 6)),
        row(AdaptiveMaxPooling3D.of(2), volume),
        row(AdaptiveMaxPooling3D.of(3, 5, 1).dataFormat(first), Shape.of(2, 2, 3, 4)),
        row(AdaptiveAveragePooling1D.of(5), Shape.of(8, 2)),
        row(AdaptiveAveragePooling1D.of(5).dataFormat(first), Shape.of(2, 3)),
        row(AdaptiveAveragePooling2D.of(4, 3), image),
        row(AdaptiveAveragePooling2D.of(3).dataFormat(first), Shape.of(2, 4, 6)),
        row(AdaptiveAveragePooling3D.of(2), volume),
        row(AdaptiveAveragePooling3D.of(3, 5, 1).dataFormat(first), Shape.of(2, 2, 3, 4)),
        row(Resizing.of(3, 5), Shape.of(4, 4, 2)),
        row(Resizing.of(3, 5).interpolation(Interpolation.NEAREST), Shape.of(4, 4, 2)),
        row(
            Resizing.of(3, 5).interpolation(Interpolation.LANCZOS3).antialias(true),
            Shape.of(4, 4, 2)),
        row(Resizing.of(2, 3).cropToAspectRatio(true), Shape.of(4, 7, 2)),
        row(Resizing.of(2, 3).padToAspectRatio(true).dataFormat(first), Shape.of(2, 4, 7)),
        row(CenterCrop.of(2, 3), Shape.of(4, 5, 2)),
        row(CenterCrop.of(2, 3).dataFormat(first), Shape.of(2, 5, 3)),
        row(MaxPooling1D.of(), steps),
        row(MaxPooling1D.of(3).strides(2).padding(Padding.SAME).dataFormat(first), Shape.of(4, 7)),
        row(AveragePooling1D.of(2), steps),
        row(
            AveragePooling1D.of(3).strides(2).padding(Padding.SAME).dataFormat(first),
            Shape.of(4, 7)),
        row(AveragePooling2D.of(2), image),
        row(AveragePooling2D.of(3, 2).strides(2, 1).padding(Padding.SAME), image),
        row(AveragePooling2D.of(2).dataFormat(first), Shape.of(4, 7, 9)),
        row(GlobalAveragePooling2D.of(), image),
        row(GlobalAveragePooling2D.of().dataFormat(first).keepdims(true), image),
        row(GlobalMaxPooling1D.of(), steps),
        row(GlobalMaxPooling1D.of().dataFormat(first).keepdims(true), steps),
        row(GlobalMaxPooling2D.of(), image),
        row(GlobalMaxPooling2D.of().dataFormat(first).keepdims(true), image),
        row(MaxPooling2D.of(), image),
        row(MaxPooling2D.of(3).strides(2).padding(Padding.SAME), image),
        row(MaxPooling2D.of(2, 3).dataFormat(first), Shape.of(4, 7, 9)),
        row(ZeroPadding2D.of(), image),
        row(ZeroPadding2D.of(1, 0, 2, 3).dataFormat(first), Shape.of(4, 3, 2)),
        row(UpSampling2D.of(), Shape.of(2, 3, 4)),
        row(UpSampling2D.of(3, 1).dataFormat(first), Shape.of(4, 2, 3)),
        row(UpSampling2D.of(2, 3).interpolation(Interpolation.BILINEAR), Shape.of(2, 3, 4)),
        row(UpSampling2D.of(3).interpolation(Interpolation.BICUBIC), Shape.of(2, 3, 4)),
        row(UpSampling2D.of(2).interpolation(Interpolation.LANCZOS3), Shape.of(3, 4, 2)),
        row(UpSampling2D.of(2, 3).interpolation(Interpolation.LANCZOS5), Shape.of(3, 4, 2)),
        row(ReLU.of(), image),
        row(ReLU.of().maxValue(1.5).negativeSlope(0.25).threshold(0.5), steps),
        row(LeakyReLU.of(), steps),
        row(ELU.of(0.5), steps),
        row(PReLU.of(), Shape.of(3)),
        row(PReLU.of().sharedAxes(1, 2), image),
        row(Softmax.of(), steps),
        row(Softmax.of().axis(1, -1), image),
        row(LayerNormalization.of(), image),
        row(LayerNormalization.of().axis(1), steps),
        row(LayerNormalization.of().axis(1, -1), image),
        row(LayerNormalization.of().rmsScaling(true), steps),
        row(Flatten.of(), image),
        row(Flatten.of().dataFormat(first), image),
        row(Flatten.of(), Shape.scalar()),
        row(Dropout.of(0.5), Shape.of(3)),
        row(Dropout.of(0.5).noiseShape(-1, 1, 3), Shape.of(2, 3)),
        row(SpatialDropout1D.of(0.5), Shape.of(2, 3)),
        row(SpatialDropout2D.of(0.5), image),
        row(SpatialDropout2D.of(0.5).dataFormat(DataFormat.CHANNELS_FIRST), Shape.of(4, 7, 9)),
        row(SpatialDropout3D.of(0.5), Shape.of(2, 3, 2, 2)),
        row(SpatialDropout3D.of(0.5).dataFormat(first), Shape.of(2, 3, 2, 2)),
        row(AlphaDropout.of(0.5), Shape.of(3)),
        row(AlphaDropout.of(0.5).noiseShape(-1, 1, 3), Shape.of(2, 3)),
        row(GaussianDropout.of(0.5), Shape.of(2, 3)),
        row(GaussianNoise.of(0.5), Shape.of(2, 3)),
        row(ActivityRegularization.of().l1(0.5).l2(0.25), Shape.of(2, 3)),
        row(Rescaling.of(0.5).offset(2), image),
        row(Rescaling.of(new double[] {1, 2, 3}).offset(new double[] {0.5}), Shape.of(2, 3)),
        row(Normalization.of(), Shape.of(2, 3)),
        row(Normalization.of().axis().invert(true), Shape.of(2, 3)),
        row(Normalization.of().axis(), Shape.scalar()),
        row(Normalization.of().mean(0.5).variance(2), Shape.of(2, 3)),
        row(Reshape.of(9, 7, 4), image),
        row(Reshape.of(6, -1), Shape.of(4, 3)),
        row(Reshape.of(-1), Shape.scalar()),
        row(Permute.of(2, 1), Shape.of(2, 3)),
        row(Permute.of(3, 1, 2), image),
        row(RepeatVector.of(3), Shape.of(4)),
        row(TimeDistributed.of(Dense.of(3)), Shape.of(2, 4)),
        row(TimeDistributed.of(Conv2D.of(2, 3)), Shape.of(2, 4, 5, 3)),
        row(TimeDistributed.of(Dense.of(3).activation(SOFTMAX)), Shape.of(2, 5, 4)),
        row(TimeDistributed.of(BatchNormalization.of()), Shape.of(2, 3)),
        row(BatchNormalization.of(), image),
        row(BatchNormalization.of().axis(1), Shape.of(3, 4)),
        row(GroupNormalization.of(2), image),
        row(GroupNormalization.of(-1), steps),
        row(GroupNormalization.of(3).axis(2), Shape.of(2, 6, 3)),
        row(GroupNormalization.of(1).axis(-2), Shape.of(2, 3)),
        row(UnitNormalization.of(), steps),
        row(UnitNormalization.of().axis(1, -1), steps),
        row(RMSNormalization.of(), image),
        row(RMSNormalization.of().axis(-2, -1), Shape.of(2, 3)),
        // the layer inside keeps its own type, which the derivatives want precise
        row(SpectralNormalization.of(Dense.of(3).dtype(DTypePolicy.FLOAT64)), Shape.of(2, 4)),
        row(
            SpectralNormalization.of(Conv2D.of(2, 3).dtype(DTypePolicy.FLOAT64)).powerIterations(2),
            Shape.of(4, 5, 3)),
        row(Embedding.of(20, 3), Shape.of(5)),
        row(ReversibleEmbedding.of(20, 3).tieWeights(false), Shape.of(5)),
        row(EinsumDense.of("ab,bc->ac", 3), Shape.of(4)),
        row(EinsumDense.of("abc,cd->abd", -1, 3).biasAxes("d"), steps),
        row(EinsumDense.of("abcd,de->abce", -1, -1, 3).biasAxes("e"), image),
        row(EinsumDense.of("...x,xy->...y", 3).biasAxes("y"), image),
        row(EinsumDense.of("...x,xyz->...yz", 3, 2).biasAxes("yz"), steps),
        row(Identity.of(), steps),
        row(Lambda.of((tf, x) -> tf.math.square(x)), steps),
        row(Lambda.ofAll((tf, xs) -> tf.concat(xs, tf.constant(2))), steps, steps),
        row(Dense.of(6).activation(GLU), steps),
        row(Conv1D.of(6, 3).activation(GLU), steps),
        row(Conv1D.of(6, 3).activation(GLU).dataFormat(first), steps),
        row(Conv1DTranspose.of(6, 3).activation(GLU), steps),
        row(DepthwiseConv1D.of(3).activation(GLU), steps),
        row(SeparableConv1D.of(6, 3).activation(GLU), steps),
        row(Activation.of(GLU), steps),
        row(Concatenate.of(), steps),
        row(Masking.of(), Shape.of(2, 3)),
        row(GlobalAveragePooling1D.of(), Shape.of(2, 3)),
        row(GlobalAveragePooling1D.of().keepdims(true), Shape.of(2, 3)),
        row(GlobalAveragePooling1D.of().dataFormat(first).keepdims(true), Shape.of(2, 3)),
        row(Add.of(), Shape.of(2, 3), Shape.of(3)),
        row(Multiply.of(), Shape.of(2, 3), Shape.of(3), Shape.of(1, 3)),
        row(Average.of(), Shape.of(2, 3), Shape.of(3), Shape.of(1, 3)),
        row(Maximum.of(), Shape.of(2, 3), Shape.of(3)),
        row(Minimum.of(), Shape.of(3), Shape.of(2, 3)),
        row(Subtract.of(), Shape.of(2, 3), Shape.of(3)),
        row(Dot.of(-1), Shape.of(3), Shape.of(3)),
        row(Dot.of(1, 2).normalize(true), Shape.of(3, 2), Shape.of(4, 3)),
        row(Dot.of(3, 1), Shape.of(2, 4, 3), Shape.of(3, 4)),
        row(Dot.of(1, 3), Shape.of(3, 2), Shape.of(2, 4, 3)),
        row(LayerScale.of(0.5, 4), image),
        row(StochasticDepth.of(0.5), image),
        row(CustomScaleLayer.of(0.5), image, image),
        row(Concatenate.of(), Shape.of(2, 3), Shape.of(2, 1)),
        row(Concatenate.of().axis(1), Shape.of(2, 3), Shape.of(1, 3)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void the_inferred_shape_is_the_one_that_comes_out(Layer layer, List<Shape> samples) {
    check(layer, samples, samples, true);
  }

  /** Channels and features stay known: weights need them. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void unknown_axes_are_found_at_run_time(Layer layer, List<Shape> samples) {
    List<Shape> unknown = new ArrayList<>();
    for (Shape s : samples) {
      long[] dims = s.asArray();
      Set<Integer> known = known(layer, dims.length);
      IntStream.range(0, dims.length).filter(i -> !known.contains(i)).forEach(i -> dims[i] = -1);
      unknown.add(Shape.of(dims));
    }
    check(layer.copyOf(layer.config()), samples, unknown, false);
  }

  /** Returns the axes of a sample, without the batch, on which weights depend. */
  private static Set<Integer> known(Layer layer, int rank) {
    if (layer.config() instanceof BatchNormalization.Config c && c.axis() == 1) {
      return Set.of(0);
    }
    if (layer.config() instanceof GroupNormalization.Config c) {
      return known(List.of(c.axis()), rank);
    }
    if (layer.config() instanceof LayerNormalization.Config c) {
      return known(c.axis(), rank);
    }
    if (layer.config() instanceof RMSNormalization.Config c) {
      return known(c.axis(), rank);
    }
    if (layer.config() instanceof AdaptivePoolingLayer.Config) {
      return IntStream.range(0, rank).boxed().collect(Collectors.toSet());
    }
    boolean first = LayerOptionsTest.has(layer, "dataFormat", DataFormat.CHANNELS_FIRST);
    return Set.of(first ? 0 : rank - 1);
  }

  private static Set<Integer> known(List<Integer> axes, int rank) {
    return axes.stream().map(a -> a > 0 ? a - 1 : rank + a).collect(Collectors.toSet());
  }

  private static void check(Layer layer, List<Shape> samples, List<Shape> described, boolean all) {
    List<Input> inputs = new ArrayList<>();
    Data data = Data.inputs("in0", array(layer, samples.get(0)));
    for (int i = 0; i < samples.size(); i++) {
      Array x = array(layer, samples.get(i));
      inputs.add(Input.of(described.get(i).asArray()).dtype(x.dtype()).named("in" + i));
      data = i == 0 ? data : data.input("in" + i, x);
    }
    SymbolicTensor y = layer.apply(inputs.toArray(Symbolic[]::new));
    try (Model model = Model.of(inputs, List.of(y))) {
      Array out = model.predict(data).array();
      assertThat(NetworkLayer.fits(out.shape(), y.shape()))
          .as("inferred %s, got %s", y.shape(), out.shape())
          .isTrue();
      assertThat(y.shape().tail().hasUnknownDimension()).isEqualTo(!all && unknown(y.shape()));
      assertThat(out.dtype()).isEqualTo(y.spec().dtype());
      assertThat(layer.dtype()).isEqualTo(DTypePolicy.FLOAT32);
    }
  }

  private static boolean unknown(Shape shape) {
    return shape.tail().hasUnknownDimension();
  }

  private static Array array(Layer layer, Shape sample) {
    DType dtype = layer instanceof EmbeddingLayer<?> ? DType.INT32 : DType.FLOAT32;
    return Array.generate(dtype, Shape.of(2).append(sample), i -> i % 7);
  }
}
