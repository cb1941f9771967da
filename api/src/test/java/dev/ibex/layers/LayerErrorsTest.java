package dev.ibex.layers;

import static dev.ibex.activations.Activations.GLU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.applications.CustomScaleLayer;
import dev.ibex.applications.LayerScale;
import dev.ibex.applications.StochasticDepth;
import dev.ibex.core.Layer;
import dev.ibex.core.ShapeException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class LayerErrorsTest {
  private static Arguments argument(Supplier<?> made, String text) {
    return Arguments.of(made, text);
  }

  static Stream<Arguments> arguments() {
    return Stream.of(
        argument(() -> Dense.of(0), "units: expected a positive integer, got 0"),
        argument(() -> Conv2D.of(-1, 3), "filters: expected a positive integer, got -1"),
        argument(() -> Conv2D.of(2, 3, 0), "kernelSize: expected 2 positive integers, got [3, 0]"),
        argument(
            () -> Conv2D.of(2, 3).strides(0), "strides: expected 2 positive integers, got [0, 0]"),
        argument(
            () -> Conv2D.of(4, 3).groups(3), "groups: expected a divisor of filters = 4, got 3"),
        argument(
            () -> MaxPooling2D.of(2, -2), "poolSize: expected 2 positive integers, got [2, -2]"),
        argument(
            () -> Conv2D.of(4, 3).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(
            () -> DepthwiseConv2D.of(0, 2), "kernelSize: expected 2 positive integers, got [0, 2]"),
        argument(
            () -> DepthwiseConv2D.of(2).depthMultiplier(0),
            "depthMultiplier: expected a positive integer, got 0"),
        argument(
            () -> DepthwiseConv2D.of(2).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(() -> SeparableConv2D.of(0, 3), "filters: expected a positive integer, got 0"),
        argument(
            () -> Cropping2D.of(0, -1),
            "cropping: expected 2 pairs of numbers of at least 0, got [[0, 0], [-1, -1]]"),
        argument(
            () -> MaxPooling3D.of(2, 0, 1),
            "poolSize: expected 3 positive integers, got [2, 0, 1]"),
        argument(
            () -> AveragePooling3D.of(2).strides(1, 1, 0),
            "strides: expected 3 positive integers, got [1, 1, 0]"),
        argument(
            () -> AveragePooling3D.of(2).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(
            () -> AdaptiveMaxPooling1D.of(0), "outputSize: expected a positive integer, got [0]"),
        argument(
            () -> AdaptiveAveragePooling2D.of(0),
            "outputSize: expected 2 positive integers, got [0, 0]"),
        argument(
            () -> AdaptiveAveragePooling3D.of(2, -1, 2),
            "outputSize: expected 3 positive integers, got [2, -1, 2]"),
        argument(
            () -> Cropping1D.of(-1, 1),
            "cropping: expected two numbers of at least 0, got [-1, 1]"),
        argument(
            () -> Cropping3D.of(0, -1, 0),
            "cropping: expected 3 pairs of numbers of at least 0, got [[0, 0], [-1, -1], [0, 0]]"),
        argument(
            () -> ZeroPadding1D.of(-2),
            "padding: expected two numbers of at least 0, got [-2, -2]"),
        argument(
            () -> ZeroPadding3D.of(1, 0, 0, 0, 0, -1),
            "padding: expected 3 pairs of numbers of at least 0, got [[1, 0], [0, 0], [0, -1]]"),
        argument(() -> UpSampling1D.of(0), "size: expected a positive integer, got 0"),
        argument(
            () -> UpSampling3D.of(1, 0, 2), "size: expected 3 positive integers, got [1, 0, 2]"),
        argument(() -> CenterCrop.of(0, 2), "height: expected a positive integer, got 0"),
        argument(() -> Resizing.of(2, -2), "width: expected a positive integer, got -2"),
        argument(
            () -> Resizing.of(2, 2).cropToAspectRatio(true).padToAspectRatio(true),
            "padToAspectRatio: images are either cropped or padded to an aspect ratio; leave"
                + " cropToAspectRatio or padToAspectRatio false"),
        argument(() -> Conv1D.of(0, 3), "filters: expected a positive integer, got 0"),
        argument(() -> Conv1D.of(2, 0), "kernelSize: expected a positive integer, got [0]"),
        argument(
            () -> Conv3D.of(2, 1, 0, 1), "kernelSize: expected 3 positive integers, got [1, 0, 1]"),
        argument(
            () -> Conv3D.of(4, 3).groups(3), "groups: expected a divisor of filters = 4, got 3"),
        argument(
            () -> Conv3D.of(4, 3).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(() -> Conv1DTranspose.of(0, 3), "filters: expected a positive integer, got 0"),
        argument(
            () -> Conv1DTranspose.of(2, 0), "kernelSize: expected a positive integer, got [0]"),
        argument(
            () -> Conv1DTranspose.of(2, 3).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(
            () -> Conv1DTranspose.of(2, 3).outputPadding(-1),
            "outputPadding: expected an integer of at least 0, got [-1]"),
        argument(
            () -> Conv2DTranspose.of(2, 3).strides(2, 3).outputPadding(0, -1),
            "outputPadding: expected 2 integers of at least 0, got [0, -1]"),
        argument(
            () -> DepthwiseConv1D.of(2).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(
            () -> DepthwiseConv1D.of(2).depthMultiplier(-1),
            "depthMultiplier: expected a positive integer, got -1"),
        argument(
            () -> SeparableConv1D.of(2, 3).padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(() -> SeparableConv1D.of(-2, 3), "filters: expected a positive integer, got -2"),
        argument(() -> MaxPooling1D.of(0), "poolSize: expected a positive integer, got [0]"),
        argument(
            () -> MaxPooling1D.of().padding(Padding.CAUSAL),
            "padding: CAUSAL is for Conv1D alone; use VALID or SAME"),
        argument(
            () -> AveragePooling1D.of(2).strides(-1),
            "strides: expected a positive integer, got [-1]"),
        argument(
            () -> AveragePooling2D.of(0, 2), "poolSize: expected 2 positive integers, got [0, 2]"),
        argument(
            () -> ZeroPadding2D.of(1, -1, 0, 0),
            "padding: expected 2 pairs of numbers of at least 0, got [[1, -1], [0, 0]]"),
        argument(() -> UpSampling2D.of(0), "size: expected 2 positive integers, got [0, 0]"),
        argument(
            () -> ReLU.of().maxValue(-1), "maxValue: expected a number of at least 0, got -1.0"),
        argument(
            () -> ReLU.of().negativeSlope(-1),
            "negativeSlope: expected a number of at least 0, got -1.0"),
        argument(
            () -> ReLU.of().threshold(-1), "threshold: expected a number of at least 0, got -1.0"),
        argument(
            () -> LeakyReLU.of(-0.5), "negativeSlope: expected a number of at least 0, got -0.5"),
        argument(
            () -> PReLU.of().sharedAxes(1, 0),
            "sharedAxes: expected axes from 1, as 0 is the batch's, got [1, 0]"),
        argument(() -> Softmax.of().axis(), "axis: expected an axis, got none"),
        argument(() -> LayerNormalization.of().axis(), "axis: expected an axis, got none"),
        argument(
            () -> LayerNormalization.of().epsilon(-1),
            "epsilon: expected a number of 0 or more, got -1.0"),
        argument(
            () -> StochasticDepth.of(1),
            "dropPathRate: expected a number from 0 to below 1, got 1.0"),
        argument(() -> LayerScale.of(1, 0), "projectionDim: expected a positive integer, got 0"),
        argument(() -> Dropout.of(1.5), "rate: expected a number from 0 to 1, got 1.5"),
        argument(
            () -> Dropout.of(0.5).noiseShape(-1, 0),
            "noiseShape: expected positive sizes or -1, got (?, 0)"),
        argument(
            () -> BatchNormalization.of().momentum(2),
            "momentum: expected a number from 0 to 1, got 2.0"),
        argument(
            () -> BatchNormalization.of().epsilon(-1),
            "epsilon: expected a number of 0 or more, got -1.0"),
        argument(() -> SpatialDropout1D.of(-0.5), "rate: expected a number from 0 to 1, got -0.5"),
        argument(() -> SpatialDropout2D.of(2), "rate: expected a number from 0 to 1, got 2.0"),
        argument(() -> SpatialDropout3D.of(2), "rate: expected a number from 0 to 1, got 2.0"),
        argument(
            () -> EinsumDense.of("ab,bc->", 2),
            "equation: expected [X],[Y]->[Z], ...[X],[Y]->...[Z] or [X]...,[Y]->[Z]... with letters"
                + " for axes, got \"ab,bc->\""),
        argument(
            () -> EinsumDense.of("ab,bc->ad", 2),
            "equation: the axis d of the output \"ad\" is neither in the input \"ab\" nor in the"
                + " weight \"bc\""),
        argument(
            () -> EinsumDense.of("aab,bc->aac", -1, 3),
            "equation: expected each axis once in the output, got a twice in \"aac\""),
        argument(
            () -> EinsumDense.of("ab,bcd->ac", 2),
            "equation: the axis d of the weight \"bcd\" is neither in the input \"ab\" nor in the"
                + " output \"ac\""),
        argument(
            () -> EinsumDense.of("ab,bc->ac", 2).biasAxes("b"),
            "biasAxes: expected letters of the output \"ac\", got b"),
        argument(
            () -> EinsumDense.of("ab,bc->ac", 2).biasAxes(""),
            "biasAxes: expected letters of the output \"ac\""),
        argument(
            () -> ReversibleEmbedding.of(0, 2), "inputDim: expected a positive integer, got 0"),
        argument(
            () -> ReversibleEmbedding.of(2, 0), "outputDim: expected a positive integer, got 0"),
        argument(
            () -> ReversibleEmbedding.of(2, 2).reverseDtype(DType.INT32),
            "reverseDtype: expected a floating type, got INT32"),
        argument(() -> AlphaDropout.of(-1), "rate: expected a number from 0 to 1, got -1.0"),
        argument(
            () -> AlphaDropout.of(0.5).noiseShape(0, 1),
            "noiseShape: expected positive sizes or -1, got (0, 1)"),
        argument(() -> GaussianDropout.of(1.5), "rate: expected a number from 0 to 1, got 1.5"),
        argument(() -> GaussianNoise.of(1.5), "stddev: expected a number from 0 to 1, got 1.5"),
        argument(
            () -> GroupNormalization.of(0),
            "groups: expected a positive integer, or -1 for a group of each channel, got 0"),
        argument(
            () -> GroupNormalization.of(2).epsilon(-1),
            "epsilon: expected a number of 0 or more, got -1.0"),
        argument(() -> UnitNormalization.of().axis(), "axis: expected an axis, got none"),
        argument(() -> RMSNormalization.of().axis(), "axis: expected an axis, got none"),
        argument(
            () -> RMSNormalization.of().epsilon(-1),
            "epsilon: expected a number of 0 or more, got -1.0"),
        argument(
            () -> SpectralNormalization.of(Dense.of(2)).powerIterations(0),
            "powerIterations: expected a positive integer, got 0"),
        argument(
            () -> BatchNormalization.of().renormMomentum(-1),
            "renormMomentum: expected a number from 0 to 1, got -1.0"),
        argument(
            () ->
                BatchNormalization.of()
                    .renorm(true)
                    .renormClipping(RenormClipping.of().rmax(0.5).rmin(2)),
            "renormClipping: expected an rmax of at least rmin, got rmax 0.5 and rmin 2.0"),
        argument(
            () -> BatchNormalization.of().renormClipping(RenormClipping.of().dmax(-1)).renorm(true),
            "renormClipping: expected a dmax of at least 0, got -1.0"),
        argument(
            () -> ActivityRegularization.of().l1(-1),
            "l1: expected a number of 0 or more, got -1.0"),
        argument(
            () -> ActivityRegularization.of().l2(-1),
            "l2: expected a number of 0 or more, got -1.0"),
        argument(
            () -> Reshape.of(2, -2),
            "targetShape: expected sizes of at least 0, and -1 at most once, got [2, -2]"),
        argument(
            () -> Reshape.of(-1, -1),
            "targetShape: expected sizes of at least 0, and -1 at most once, got [-1, -1]"),
        argument(() -> Permute.of(1, 3), "dims: expected each number from 1 to 2 once, got [1, 3]"),
        argument(() -> Permute.of(0, 1), "dims: expected each number from 1 to 2 once, got [0, 1]"),
        argument(() -> RepeatVector.of(0), "n: expected a positive integer, got 0"),
        argument(
            () -> Dot.of(0), "axes: axis 0 is the batch, along which nothing is summed, got [0]"),
        argument(() -> Embedding.of(0, 2), "inputDim: expected a positive integer, got 0"),
        argument(() -> Embedding.of(2, 0), "outputDim: expected a positive integer, got 0"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("arguments")
  void a_wrong_argument_is_refused_by_its_name(Supplier<?> made, String text) {
    assertThat(catchThrowable(made::get))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }

  private static Arguments shape(Layer layer, String text, long... shape) {
    return Arguments.of(layer, shape, text);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape(
            Dense.of(2).named("d"),
            "weight \"kernel\": its size depends on an unknown axis: (?, 2); give the axis a size"
                + " where the model starts, for example Input.of(28, 28)",
            -1),
        shape(Dense.of(2).named("d"), "expected an input of rank 2 or more, got (?)"),
        shape(
            Conv2D.of(2, 3).named("d"),
            "expected an input of rank 4 [batch, height, width, channels], got (?, 5, 2); give the"
                + " model such an input, for example Input.of(28, 28, 1) for gray images",
            5,
            2),
        shape(
            MaxPooling2D.of(2).named("d"),
            "expected an input of rank 4 [batch, height, width, channels], got (?, 784); give the"
                + " model such an input, for example Input.of(28, 28, 1) for gray images",
            784),
        shape(
            MaxPooling2D.of(2).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 5, 2)",
            5,
            2),
        shape(
            Conv2D.of(4, 3).strides(1, 2).dilationRate(2).named("d"),
            "dilationRate: only 1 goes with strides above 1, got [2, 2] with strides [1, 2]",
            9,
            9,
            1),
        shape(
            Conv1D.of(2, 3).dilationRate(2).strides(3).named("d"),
            "dilationRate: only 1 goes with strides above 1, got [2] with strides [3]",
            9,
            1),
        shape(
            Conv3D.of(4, 3).dilationRate(1, 2, 1).strides(2).named("d"),
            "dilationRate: only 1 goes with strides above 1, got [1, 2, 1] with strides [2, 2, 2]",
            9,
            9,
            9,
            1),
        shape(
            Conv3DTranspose.of(2, 3).strides(2).dilationRate(1, 1, 2).named("d"),
            "dilationRate: only 1 goes with strides above 1, got [1, 1, 2] with strides [2, 2, 2]",
            9,
            9,
            9,
            1),
        shape(
            Conv2DTranspose.of(2, 3).strides(2, 3).outputPadding(2).named("d"),
            "outputPadding: expected less than the strides [2, 3], got [2, 2]",
            9,
            9,
            1),
        shape(
            Conv2DTranspose.of(2, 3, 2)
                .strides(2)
                .outputPadding(0)
                .padding(Padding.SAME)
                .named("d"),
            "outputPadding: expected more than 0 with padding SAME along each axis where a window"
                + " spans an even number of steps, got [0, 0] with kernelSize [3, 2]; leave it out"
                + " for outputs of the input's size times the strides",
            9,
            9,
            1),
        shape(
            Conv2D.of(2, 3).dilationRate(2).named("d"),
            "a window spans 5 along axis 1, more than the input (?, 4, 9, 1) has; use a smaller"
                + " window or padding SAME",
            4,
            9,
            1),
        shape(
            DepthwiseConv2D.of(3).named("d"),
            "a window spans 3 along axis 1, more than the input (?, 2, 4, 3) has; use a smaller"
                + " window or padding SAME",
            2,
            4,
            3),
        shape(
            DepthwiseConv2D.of(3).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 5, 2)",
            5,
            2),
        shape(
            Cropping2D.of(1, 2, 0, 0).named("d"),
            "cropping takes 3 along axis 1 and leaves nothing of the input (?, 3, 4, 1); take less",
            3,
            4,
            1),
        shape(
            Cropping1D.of(2, 1).named("d"),
            "cropping takes 3 along axis 1 and leaves nothing of the input (?, 3, 4); take less",
            3,
            4),
        shape(
            Cropping3D.of(0, 0, 2).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "cropping takes 4 along axis 4 and leaves nothing of the input (?, 2, 3, 3, 4); take"
                + " less",
            2,
            3,
            3,
            4),
        shape(
            ZeroPadding1D.of().named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 4)",
            4),
        shape(
            ZeroPadding3D.of().named("d"),
            "expected an input of rank 5 [batch, depth, height, width, channels], got (?, 2, 3, 4)",
            2,
            3,
            4),
        shape(
            UpSampling1D.of().named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 2, 3, 4)",
            2,
            3,
            4),
        shape(
            UpSampling3D.of().dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 5 [batch, channels, depth, height, width], got (?, 3)",
            3),
        shape(
            MaxPooling3D.of(3).named("d"),
            "a window spans 3 along axis 2, more than the input (?, 3, 2, 4, 1) has; use a smaller"
                + " window or padding SAME",
            3,
            2,
            4,
            1),
        shape(
            AveragePooling3D.of(2).named("d"),
            "expected an input of rank 5 [batch, depth, height, width, channels], got (?, 3)",
            3),
        shape(
            GlobalMaxPooling3D.of().named("d"),
            "expected an input of rank 5 [batch, depth, height, width, channels], got (?, 3)",
            3),
        shape(
            AdaptiveMaxPooling2D.of(2).named("d"),
            "the bins depend on the size of axis 2, which is unknown: (?, 4, ?, 3); give the axis a"
                + " size where the model starts",
            4,
            -1,
            3),
        shape(
            AdaptiveAveragePooling1D.of(2).named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 3)",
            3),
        shape(
            Resizing.of(2, 2).named("d"),
            "expected images of rank 4 [batch, height, width, channels] or one of rank 3, got (?,"
                + " 3)",
            3),
        shape(
            CenterCrop.of(2, 2).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected images of rank 4 [batch, channels, height, width] or one of rank 3, got (?,"
                + " 1, 2, 3, 4)",
            1,
            2,
            3,
            4),
        shape(
            Conv2D.of(4, 1).groups(2).named("d"),
            "2 groups do not divide the 3 channels of the input (?, 4, 4, 3)",
            4,
            4,
            3),
        shape(
            MaxPooling2D.of(3).named("d"),
            "a window spans 3 along axis 2, more than the input (?, 3, 2, 1) has; use a smaller"
                + " window or padding SAME",
            3,
            2,
            1),
        shape(
            BatchNormalization.of().axis(2).named("d"),
            "axis: expected an axis from -2 to 1 for an input of rank 2, got 2",
            3),
        shape(
            Dropout.of(0.5).noiseShape(-1, 2).named("d"),
            "noiseShape (?, 2) does not fit the input (?, 3); give each of its axes that size, 1"
                + " or -1",
            3),
        shape(
            Conv1D.of(2, 3).named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 4)",
            4),
        shape(
            Conv1D.of(2, 3).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "a window spans 3 along axis 2, more than the input (?, 4, 2) has; use a smaller window"
                + " or padding SAME",
            4,
            2),
        shape(
            Conv3D.of(2, 3).named("d"),
            "expected an input of rank 5 [batch, depth, height, width, channels], got (?, 5, 5, 2)",
            5,
            5,
            2),
        shape(
            Conv3D.of(2, 1, 1, 3).named("d"),
            "a window spans 3 along axis 3, more than the input (?, 5, 5, 2, 1) has; use a smaller"
                + " window or padding SAME",
            5,
            5,
            2,
            1),
        shape(
            Conv3D.of(4, 1).groups(2).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "2 groups do not divide the 3 channels of the input (?, 3, 4, 4, 4)",
            3,
            4,
            4,
            4),
        shape(
            Conv3D.of(2, 3).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "weight \"kernel\": its size depends on an unknown axis: (3, 3, 3, ?, 2); give the axis a"
                + " size where the model starts, for example Input.of(28, 28)",
            -1,
            5,
            5,
            5),
        shape(
            Conv1DTranspose.of(2, 3).named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 4)",
            4),
        shape(
            Conv2DTranspose.of(2, 3).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 5, 2)",
            5,
            2),
        shape(
            Conv3DTranspose.of(2, 3).named("d"),
            "weight \"kernel\": its size depends on an unknown axis: (3, 3, 3, 2, ?); give the axis a"
                + " size where the model starts, for example Input.of(28, 28)",
            5,
            5,
            5,
            -1),
        shape(
            DepthwiseConv1D.of(3).dilationRate(2).named("d"),
            "a window spans 5 along axis 1, more than the input (?, 4, 2) has; use a smaller window"
                + " or padding SAME",
            4,
            2),
        shape(
            SeparableConv1D.of(2, 3).named("d"),
            "weight \"pointwise_kernel\": its size depends on an unknown axis: (1, ?, 2); give the"
                + " axis a size where the model starts, for example Input.of(28, 28)",
            5,
            -1),
        shape(
            AveragePooling1D.of(3).named("d"),
            "a window spans 3 along axis 1, more than the input (?, 2, 4) has; use a smaller window"
                + " or padding SAME",
            2,
            4),
        shape(
            GlobalMaxPooling2D.of().dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 3)",
            3),
        shape(
            ZeroPadding2D.of().named("d"),
            "expected an input of rank 4 [batch, height, width, channels], got (?, 28, 28); give"
                + " the model such an input, for example Input.of(28, 28, 1) for gray images",
            28,
            28),
        shape(
            UpSampling2D.of().dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 3)",
            3),
        shape(
            PReLU.of().sharedAxes(2).named("d"),
            "sharedAxes: expected an axis from -2 to 1 for an input of rank 2, got 2",
            3),
        shape(
            PReLU.of().sharedAxes(1).named("d"),
            "weight \"alpha\": its size depends on an unknown axis: (1, ?); give the axis a size"
                + " where the model starts, for example Input.of(28, 28)",
            -1,
            -1),
        shape(
            Softmax.of().axis(1, -1).named("d"),
            "axis: expected each axis once for an input of rank 2, got [1, -1]",
            3),
        shape(
            LayerNormalization.of().axis(-3).named("d"),
            "axis: expected an axis from -2 to 1 for an input of rank 2, got -3",
            3),
        shape(
            LayerNormalization.of().axis(1, -1).named("d"),
            "axis: expected each axis once for an input of rank 2, got [-1, 1]",
            3),
        shape(
            EinsumDense.of("abc,cd->abd", -1, 2).named("d"),
            "expected an input of rank 3 for the axes \"abc\", got (?, 3)",
            3),
        shape(
            EinsumDense.of("abc,cd->abd", 4, 2).named("d"),
            "outputShape: the axis b is also one of the input, whose size there is 3, but 4 is given",
            3,
            5),
        shape(
            EinsumDense.of("abc,cd->abd", 2).named("d"),
            "outputShape: expected 2 sizes for the output \"abd\", without the batch, got (2)",
            3,
            5),
        shape(
            EinsumDense.of("...x,xy->...y", 3, 2).named("d"),
            "outputShape: expected 1 sizes for the output \"y\", without the batch and what dots"
                + " stand for, got (3, 2)",
            3,
            5),
        shape(
            Dense.of(3).activation(GLU).named("d"),
            "glu splits axis -1 into halves, but the input is (?, 3); give that axis an even size",
            3),
        shape(
            AlphaDropout.of(0.5).noiseShape(-1, 2).named("d"),
            "noiseShape (?, 2) does not fit the input (?, 3); give each of its axes that size, 1"
                + " or -1",
            3),
        shape(
            GroupNormalization.of(4).named("d"),
            "groups: expected a divisor of the 6 channels, got 4",
            6),
        shape(
            GroupNormalization.of(4).axis(0).named("d"),
            "axis: the channels must have a known size, but axis 0 of (?, 6) has none",
            6),
        shape(
            UnitNormalization.of().axis(2).named("d"),
            "axis: expected an axis from -2 to 1 for an input of rank 2, got 2",
            3),
        shape(
            UnitNormalization.of().axis(1, -1).named("d"),
            "axis: expected each axis once for an input of rank 2, got [1, -1]",
            3),
        shape(
            RMSNormalization.of().axis(-3).named("d"),
            "axis: expected an axis from -2 to 1 for an input of rank 2, got -3",
            3),
        shape(
            RMSNormalization.of().axis(1).named("d"),
            "axis: Keras matches the scale, here of shape (3), with the last axes of the input,"
                + " which it does not fit: (?, 3, 4); normalize along the last axes, or permute the"
                + " input",
            3,
            4),
        shape(
            SpectralNormalization.of(Flatten.of()).named("d"),
            "the layer inside must have a weight \"kernel\" or \"embeddings\", but Flatten has []",
            3),
        shape(
            SpatialDropout3D.of(0.5).named("d"),
            "expected an input of rank 5 [batch, depth, height, width, channels], got (?, 3)",
            3),
        shape(
            SpatialDropout1D.of(0.5).named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 3)",
            3),
        shape(
            SpatialDropout2D.of(0.5).named("d"),
            "expected an input of rank 4 [batch, height, width, channels], got (?, 3); give the"
                + " model such an input, for example Input.of(28, 28, 1) for gray images",
            3),
        shape(
            SpatialDropout2D.of(0.5).dataFormat(DataFormat.CHANNELS_FIRST).named("d"),
            "expected an input of rank 4 [batch, channels, height, width], got (?, 3)",
            3),
        shape(
            LayerScale.of(1, 4).named("d"),
            "expected an input with 4 channels in its last axis, got (?, 3)",
            3),
        shape(CustomScaleLayer.of(1).named("d"), "expected two inputs, got 1", 3),
        shape(
            Reshape.of(4, 2).named("d"),
            "a sample of (?, 9) has 9 elements, which do not fill the shape [4, 2]",
            9),
        shape(
            Reshape.of(4, -1).named("d"),
            "a sample of (?, 9) has 9 elements, which do not fill the shape [4, -1]",
            9),
        shape(
            Permute.of(2, 1).named("d"),
            "dims [2, 1] order the axes of an input of rank 3, got (?, 3)",
            3),
        shape(
            RepeatVector.of(2).named("d"),
            "expected an input of rank 2 [batch, features], got (?, 3, 2)",
            3,
            2),
        shape(
            Rescaling.of(new double[] {1, 2}).named("d"),
            "scale: numbers of shape (2) do not fit the last axes of the input (?, 3)",
            3),
        shape(
            Rescaling.of(1).offset(new double[] {1, 2}).named("d"),
            "offset: numbers of shape (2) do not fit the last axes of the input (?, 3)",
            3),
        shape(
            Normalization.of().axis(2).named("d"),
            "axis: expected an axis from -2 to 1 for an input of rank 2, got 2",
            3),
        shape(
            Normalization.of().axis(1, -1).named("d"),
            "axis: expected different axes, got [1, -1]",
            3),
        shape(
            Normalization.of().named("d"),
            "axis: a kept axis must have a known size, but axis 0 of (?) has none; axis() takes one"
                + " mean of all elements"),
        shape(
            Normalization.of().axis(1).named("d"),
            "axis: a kept axis must have a known size, but axis 1 of (?, ?, 2) has none",
            -1,
            2),
        shape(
            Normalization.of().mean(1).named("d"),
            "mean and variance are given together or not at all; variance is missing",
            3),
        shape(
            Normalization.of().variance(1).named("d"),
            "mean and variance are given together or not at all; mean is missing",
            3),
        shape(
            Normalization.of().mean(1).variance(new double[] {1, 2, 3}).named("d"),
            "mean and variance must have one shape, got () and (3)",
            3),
        shape(
            Normalization.of().mean(new double[2]).variance(new double[2]).named("d"),
            "mean and variance of shape (2) do not fit the axes [-1] of the input (?, 3)",
            3),
        shape(
            TimeDistributed.of(Dense.of(2)).named("d"),
            "expected an input of rank 3 or more [batch, steps, …], got (?, 3)",
            3),
        shape(Masking.of().named("d"), "expected an input of rank 2 or more, got (?)"),
        shape(
            GlobalAveragePooling1D.of().named("d"),
            "expected an input of rank 3 [batch, steps, channels], got (?, 3)",
            3));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("shapes")
  void a_wrong_shape_is_refused_where_the_layer_is_applied(Layer layer, long[] shape, String text) {
    assertThatThrownBy(() -> layer.apply(Input.of(shape)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("Layer \"d\" (" + layer.className() + ") ")
        .hasMessageEndingWith(": " + text);
  }

  @Test
  void inputs_that_cannot_be_joined_are_refused() {
    assertThatThrownBy(() -> Concatenate.of().apply(Input.of(2, 3), Input.of(3, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(
            "the shapes (?, 2, 3), (?, 3, 3) can be concatenated along axis 2 only if all other"
                + " axes agree");
    assertThatThrownBy(() -> Add.of().apply(Input.of(2), Input.of(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(
            "the shapes (?, 2), (?, 3) cannot be broadcast: an axis has sizes 2 and 3");
    assertThatThrownBy(() -> Subtract.of().apply(Input.of(2), Input.of(2), Input.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("expected two inputs, got 3");
    assertThatThrownBy(() -> Dot.of(1).apply(Input.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("expected two inputs, got 1");
    assertThatThrownBy(() -> Dot.of(2, 1).apply(Input.of(3, 4), Input.of(3, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("axis 2 of (?, 3, 4) and axis 1 of (?, 3, 4) must have one size");
    assertThatThrownBy(() -> Dot.of(2).apply(Input.of(3), Input.of(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("axes: expected an axis from -2 to 1 for an input of rank 2, got 2");
    assertThatThrownBy(() -> Dot.of(-2).apply(Input.of(3), Input.of(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(
            "axes: axis -2 of (?, 3) is the batch, along which nothing is summed");
  }

  @Test
  void the_layer_inside_names_itself_where_it_refuses_a_step() {
    assertThatThrownBy(() -> TimeDistributed.of(RepeatVector.of(2)).apply(Input.of(2, 3, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("Layer RepeatVector(2) ")
        .hasMessageEndingWith("expected an input of rank 2 [batch, features], got (?, 3, 4)");
  }

  @Test
  void a_mask_that_cannot_be_broadcast_stops_softmax() {
    Input x = Input.of(2, 3).named("x");
    Input mask = Input.of(2).dtype(DType.BOOL).named("mask");
    var y = Softmax.of().apply(dev.ibex.core.Arguments.of(x).with("mask", mask));
    try (Model model = Model.of(List.of(x, mask), List.of(y))) {
      Data data =
          Data.inputs("x", Array.filled(DType.FLOAT32, Shape.of(1, 2, 3), 1))
              .input("mask", Array.filled(DType.BOOL, Shape.of(1, 2), 1));
      assertThatThrownBy(() -> model.predict(data))
          .hasMessage(
              "Layer \"softmax\" (Softmax): the mask (?, 2) cannot be broadcast to the input (?, 2,"
                  + " 3)");
    }
  }

  @Test
  void a_number_outside_the_table_stops_the_run() {
    try (Sequential model = Sequential.of(Input.of(2).dtype(DType.INT32), Embedding.of(4, 2))) {
      assertThatThrownBy(() -> model.predict(new int[][] {{1, 9}}))
          .hasMessageContaining("Layer \"embedding\" (Embedding)")
          .hasMessageContaining("indices[0,1] = 9 is not in [0, 4)");
    }
  }
}
