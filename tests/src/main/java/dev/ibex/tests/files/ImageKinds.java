package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.ELU;
import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.layers.AveragePooling1D;
import dev.ibex.layers.AveragePooling2D;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Conv1D;
import dev.ibex.layers.Conv1DTranspose;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Conv2DTranspose;
import dev.ibex.layers.Conv3D;
import dev.ibex.layers.Conv3DTranspose;
import dev.ibex.layers.Cropping2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.DepthwiseConv1D;
import dev.ibex.layers.DepthwiseConv2D;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling2D;
import dev.ibex.layers.GlobalMaxPooling1D;
import dev.ibex.layers.GlobalMaxPooling2D;
import dev.ibex.layers.Interpolation;
import dev.ibex.layers.MaxPooling1D;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.Padding;
import dev.ibex.layers.Permute;
import dev.ibex.layers.Rescaling;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.SeparableConv1D;
import dev.ibex.layers.SeparableConv2D;
import dev.ibex.layers.UpSampling2D;
import dev.ibex.layers.ZeroPadding2D;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.metrics.TopKCategoricalAccuracy;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.util.List;

/** Convolutions and pooling, and what goes with them. All names are automatic. */
final class ImageKinds {
  private ImageKinds() {}

  static List<Kind> all() {
    return List.of(classifier(), shapes(), phone(), signals(), volumes());
  }

  private static Kind classifier() {
    return Kind.of(
            "image_classifier",
            Sequential.of(
                Input.of(8, 8, 3),
                Rescaling.of(2).offset(-1),
                Conv2D.of(4, 3).padding(Padding.SAME).activation(RELU),
                BatchNormalization.of().momentum(0.9),
                MaxPooling2D.of(2),
                Conv2D.of(6, 3, 1).groups(2).useBias(false),
                BatchNormalization.of().scale(false).epsilon(0.01),
                dev.ibex.layers.Activation.of(RELU),
                GlobalAveragePooling2D.of(),
                Dense.of(4).activation(SOFTMAX)))
        .inputs(Samples.positive(8, 8, 3))
        .targets(Samples.ids(4))
        .compile(Adam.of(0.01), SparseCategoricalCrossentropy.of(), Metrics.accuracy());
  }

  private static Kind shapes() {
    return Kind.of(
            "image_shapes",
            Sequential.of(
                Input.of(6, 6, 2),
                ZeroPadding2D.of(1, 0, 0, 1),
                Conv2D.of(3, 2).strides(2).activation(ELU),
                UpSampling2D.of(2).interpolation(Interpolation.BILINEAR),
                AveragePooling2D.of(3).strides(1),
                Conv2D.of(3, 2).dilationRate(2),
                MaxPooling2D.of(2).strides(1).padding(Padding.SAME),
                Permute.of(3, 1, 2),
                Reshape.of(3, 2, -1),
                GlobalMaxPooling2D.of().keepdims(true),
                Flatten.of(),
                Dense.of(3).activation(SOFTMAX)))
        .inputs(Samples.floats(6, 6, 2))
        .targets(Samples.oneHot(3))
        .compile(
            SGD.of(0.05).momentum(0.9),
            CategoricalCrossentropy.of().labelSmoothing(0.1),
            Metrics.accuracy(),
            TopKCategoricalAccuracy.of().k(2));
  }

  private static Kind phone() {
    return Kind.of(
            "image_phone",
            Sequential.of(
                Input.of(9, 9, 2),
                Cropping2D.of(1, 0, 0, 1),
                DepthwiseConv2D.of(3).padding(Padding.SAME).strides(2).useBias(false),
                BatchNormalization.of(),
                DepthwiseConv2D.of(2).depthMultiplier(2).dilationRate(2).activation(RELU),
                SeparableConv2D.of(5, 3).padding(Padding.SAME).activation(ELU),
                GlobalAveragePooling2D.of(),
                Dense.of(3).activation(SOFTMAX)))
        .inputs(Samples.floats(9, 9, 2))
        .targets(Samples.ids(3))
        .compile(Adam.of(0.01), SparseCategoricalCrossentropy.of(), Metrics.accuracy());
  }

  private static Kind signals() {
    return Kind.of(
            "signals",
            Sequential.of(
                Input.of(16, 2),
                Conv1D.of(4, 3).padding(Padding.CAUSAL).dilationRate(2).activation(RELU),
                MaxPooling1D.of(2),
                Conv1D.of(4, 3).padding(Padding.SAME),
                AveragePooling1D.of(3).strides(1),
                GlobalMaxPooling1D.of(),
                Dense.of(2)))
        .inputs(Samples.floats(16, 2))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind volumes() {
    return Kind.of(
            "image_volumes",
            Sequential.of(
                Input.of(4, 5, 4, 2),
                Conv3D.of(4, 2).strides(1, 2, 1).activation(RELU),
                Conv3DTranspose.of(2, 2).strides(2, 1, 1).padding(Padding.SAME),
                Reshape.of(12, 6),
                DepthwiseConv1D.of(3).depthMultiplier(2).strides(2).activation(RELU),
                Conv1DTranspose.of(4, 3).strides(3).outputPadding(1),
                SeparableConv1D.of(4, 2).dilationRate(2).padding(Padding.SAME),
                Reshape.of(4, 4, 4),
                Conv2DTranspose.of(3, 2).strides(2, 3).useBias(false).activation(ELU),
                GlobalAveragePooling2D.of(),
                Dense.of(2)))
        .inputs(Samples.floats(4, 5, 4, 2))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }
}
