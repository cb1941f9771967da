"""What networks for phones need: convolutions of each channel alone, and cropping."""

from layer_cases import LayerCases

from keras import constraints, layers, regularizers

FIRST = dict(data_format="channels_first")


def layers_depthwise():
    D, S = layers.DepthwiseConv2D, layers.SeparableConv2D
    cases = LayerCases("layers_depthwise")

    add = cases.add

    # DepthwiseConv2D; with channels first never as many channels as columns: Keras's ops.add would take the bias for a column's
    add("depthwise default", D, dict(kernel_size=2), (2, 4, 5, 2))
    add("depthwise same strides", D, dict(kernel_size=3, strides=2, padding="same", activation="relu"), (2, 5, 6, 3))
    add("depthwise same even kernel", D, dict(kernel_size=[2, 4], strides=3, padding="same"), (2, 5, 7, 1))
    add("depthwise valid strides rest", D, dict(kernel_size=[2, 3], strides=2, use_bias=False), (2, 6, 8, 2))
    add("depthwise multiplied", D, dict(kernel_size=[3, 2], depth_multiplier=3, activation="tanh"), (2, 4, 4, 2))
    add("depthwise dilation", D, dict(kernel_size=[2, 3], dilation_rate=[2, 1], depth_multiplier=2), (2, 5, 4, 2))
    add("depthwise dilation same", D, dict(kernel_size=3, dilation_rate=2, padding="same"), (2, 5, 4, 2))
    add("depthwise dilation strides", D, dict(kernel_size=2, dilation_rate=[2, 3], strides=2), (2, 6, 7, 2))
    add("depthwise dilation strides same", D, dict(kernel_size=[3, 2], dilation_rate=2, strides=[2, 3], padding="same"), (2, 6, 7, 2))
    add("depthwise dilation strides same beyond", D, dict(kernel_size=2, dilation_rate=[1, 2], strides=[4, 3], padding="same"), (2, 6, 7, 1))
    add("depthwise uneven strides", D, dict(kernel_size=3, strides=[1, 2], padding="same"), (2, 5, 6, 2), xla=True)
    add("depthwise channels first", D, dict(kernel_size=[2, 3], depth_multiplier=2, **FIRST), (2, 2, 4, 5))
    add("depthwise channels first same strides", D, dict(kernel_size=3, strides=2, padding="same", **FIRST), (2, 3, 5, 8))
    add("depthwise channels first dilation", D, dict(kernel_size=2, dilation_rate=2, use_bias=False, **FIRST), (2, 2, 5, 4))
    add("depthwise regularized", D, lambda: dict(
        kernel_size=2, depthwise_regularizer=regularizers.L2(0.05), bias_regularizer="l1",
        depthwise_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), bias_constraint="non_neg",
        activity_regularizer=regularizers.L2(0.01)), (2, 3, 4, 2))
    # SeparableConv2D; small kernels, as bfloat16 rounds twice, and oneDNN sums otherwise than the kernels without it
    add("separable default", S, dict(filters=3, kernel_size=2), (2, 4, 5, 2))
    add("separable same strides", S, dict(filters=2, kernel_size=3, strides=2, padding="same", activation="relu"), (2, 5, 6, 3))
    add("separable multiplied", S, dict(filters=3, kernel_size=[1, 2], depth_multiplier=2, use_bias=False), (2, 4, 4, 2))
    add("separable dilation same", S, dict(filters=2, kernel_size=2, dilation_rate=[1, 2], padding="same"), (2, 5, 4, 2))
    add("separable dilation strides same", S, dict(filters=2, kernel_size=3, dilation_rate=2, strides=2, padding="same"), (2, 5, 6, 2))
    add("separable channels first", S, dict(filters=4, kernel_size=[2, 3], strides=2, **FIRST), (2, 2, 4, 5))
    add("separable regularized", S, lambda: dict(
        filters=2, kernel_size=2, depthwise_regularizer=regularizers.L2(0.05), pointwise_regularizer="l1",
        depthwise_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), pointwise_constraint="unit_norm",
        bias_regularizer="l2"), (2, 3, 4, 2))
    # Cropping2D
    add("crop2d default", layers.Cropping2D, {}, (2, 3, 2, 2))
    add("crop2d two", layers.Cropping2D, dict(cropping=[2, 1]), (2, 5, 4, 2))
    add("crop2d four", layers.Cropping2D, dict(cropping=[[1, 2], [0, 1]]), (2, 4, 3, 2))
    add("crop2d channels first", layers.Cropping2D, dict(cropping=[[0, 1], [2, 0]], **FIRST), (2, 2, 3, 4))
    cases.write()
