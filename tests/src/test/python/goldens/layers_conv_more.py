"""Convolutions over volumes, transposed ones, and those of each channel of a sequence alone."""

from layer_cases import LayerCases

import numpy as np
from keras import constraints, layers, regularizers

FIRST = dict(data_format="channels_first")
MASK = [np.array([[True, True, False, True], [False, True, True, False]])]


def regularized(**kwargs):
    return lambda: dict(
        kernel_regularizer=regularizers.L2(0.05), bias_regularizer="l1", bias_constraint="non_neg",
        kernel_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), activity_regularizer=regularizers.L2(0.01), **kwargs)


def convolutions(add):
    # with channels first never as many filters as columns: Keras's ops.add would take the bias for a column's
    # one channel where much is summed, as bfloat16 kernels differ in when they round
    C = layers.Conv3D
    add("conv3d default", C, dict(filters=2, kernel_size=2), (2, 2, 3, 2, 1))
    add("conv3d same strides", C, dict(filters=2, kernel_size=2, strides=2, padding="same", activation="relu"), (2, 3, 4, 5, 1))
    add("conv3d uneven strides", C, dict(filters=2, kernel_size=[1, 2, 3], strides=[2, 1, 3], use_bias=False), (2, 4, 3, 6, 2))
    add("conv3d dilation", C, dict(filters=2, kernel_size=2, dilation_rate=[1, 2, 3]), (2, 3, 4, 5, 2), xla=True)
    add("conv3d dilation same", C, dict(filters=2, kernel_size=[2, 3, 1], dilation_rate=2, padding="same"), (2, 3, 5, 2, 2), xla=True)
    add("conv3d groups", C, dict(filters=4, kernel_size=2, groups=2), (2, 2, 3, 4, 4))
    add("conv3d groups dilation", C, dict(filters=4, kernel_size=2, groups=2, dilation_rate=2, padding="same"),
        (2, 2, 3, 4, 2), xla=True)
    add("conv3d channels first", C, dict(filters=4, kernel_size=2, strides=[1, 2, 1], **FIRST), (2, 2, 2, 4, 3), xla=True)
    add("conv3d channels first same", C, dict(filters=2, kernel_size=3, padding="same", activation="softmax", **FIRST),
        (2, 3, 2, 3, 4), xla=True)
    add("conv3d regularized", C, regularized(filters=2, kernel_size=[1, 2, 2]), (2, 2, 3, 3, 1))
    # what Conv1D and Conv2D take together
    add("conv1d groups dilation causal", layers.Conv1D, dict(filters=4, kernel_size=2, groups=2, dilation_rate=2, padding="causal"),
        (2, 5, 4), xla=True)
    add("conv1d groups channels first", layers.Conv1D, dict(filters=4, kernel_size=2, groups=2, strides=2, **FIRST),
        (2, 2, 6), xla=True)
    add("conv2d groups dilation same", layers.Conv2D, dict(filters=4, kernel_size=[2, 3], groups=2, dilation_rate=[2, 1], padding="same"),
        (2, 5, 4, 2), xla=True)
    add("conv2d groups dilation channels first", layers.Conv2D, dict(filters=6, kernel_size=2, groups=3, dilation_rate=2, **FIRST),
        (2, 3, 4, 5), xla=True)


def transposed(add):
    T1, T2, T3 = layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose
    add("conv1dt default", T1, dict(filters=3, kernel_size=2), (2, 4, 2))
    add("conv1dt same strides", T1, dict(filters=2, kernel_size=3, strides=2, padding="same", activation="tanh"), (2, 4, 2))
    add("conv1dt steps beyond the window", T1, dict(filters=2, kernel_size=2, strides=4, use_bias=False), (2, 3, 2))
    add("conv1dt output padding", T1, dict(filters=2, kernel_size=3, strides=3, output_padding=2), (2, 3, 2))
    add("conv1dt output padding zero", T1, dict(filters=2, kernel_size=2, strides=3, output_padding=0), (2, 3, 2))
    add("conv1dt output padding same", T1, dict(filters=2, kernel_size=4, strides=3, output_padding=1, padding="same"), (2, 3, 2))
    add("conv1dt dilation", T1, dict(filters=3, kernel_size=3, dilation_rate=2), (2, 5, 2), xla=True)
    add("conv1dt dilation same", T1, dict(filters=2, kernel_size=2, dilation_rate=3, padding="same"), (2, 5, 2), xla=True)
    add("conv1dt channels first", T1, dict(filters=2, kernel_size=3, strides=2, **FIRST), (2, 3, 4), xla=True)
    add("conv1dt channels first dilation", T1, dict(filters=2, kernel_size=2, dilation_rate=2, **FIRST), (2, 3, 5), xla=True)
    add("conv1dt regularized", T1, regularized(filters=2, kernel_size=2, strides=2), (2, 3, 2))
    add("conv1dt drops the mask", T1, dict(filters=3, kernel_size=2, padding="same"), (2, 4, 1), masks=MASK, train=False)

    add("conv2dt default", T2, dict(filters=3, kernel_size=2), (2, 3, 4, 1))
    add("conv2dt same strides", T2, dict(filters=2, kernel_size=3, strides=2, padding="same", activation="relu"), (2, 3, 4, 2))
    add("conv2dt same even kernel", T2, dict(filters=2, kernel_size=[2, 4], strides=[3, 2], padding="same"), (2, 2, 3, 1))
    add("conv2dt steps beyond the window", T2, dict(filters=2, kernel_size=[1, 2], strides=[2, 3], use_bias=False), (2, 2, 3, 2))
    add("conv2dt same steps beyond the window", T2, dict(filters=2, kernel_size=1, strides=[2, 3], padding="same"), (2, 2, 3, 2))
    add("conv2dt output padding", T2, dict(filters=2, kernel_size=[2, 3], strides=[2, 3], output_padding=[0, 2]), (2, 2, 3, 2))
    add("conv2dt output padding same", T2, dict(filters=2, kernel_size=[3, 2], strides=2, output_padding=[0, 1], padding="same"),
        (2, 2, 3, 2))
    add("conv2dt output padding same one", T2, dict(filters=2, kernel_size=3, strides=3, output_padding=1, padding="same"), (2, 2, 3, 2))
    add("conv2dt dilation", T2, dict(filters=2, kernel_size=[2, 3], dilation_rate=[3, 1]), (2, 4, 3, 2), xla=True)
    add("conv2dt dilation same", T2, dict(filters=2, kernel_size=[3, 2], dilation_rate=[2, 3], padding="same"), (2, 5, 4, 2), xla=True)
    add("conv2dt dilation output padding", T2, dict(filters=2, kernel_size=3, dilation_rate=2, output_padding=0, padding="same"),
        (2, 3, 4, 2), xla=True)
    add("conv2dt channels first", T2, dict(filters=2, kernel_size=3, strides=2, padding="same", **FIRST), (2, 3, 2, 4), xla=True)
    add("conv2dt channels first dilation", T2, dict(filters=3, kernel_size=2, dilation_rate=2, **FIRST), (2, 2, 3, 4), xla=True)
    add("conv2dt regularized", T2, regularized(filters=2, kernel_size=2, strides=2), (2, 2, 3, 2))

    add("conv3dt default", T3, dict(filters=2, kernel_size=2), (2, 2, 3, 2, 2))
    add("conv3dt same strides", T3, dict(filters=2, kernel_size=3, strides=[2, 1, 2], padding="same", activation="relu"), (2, 2, 3, 2, 1))
    add("conv3dt steps beyond the window", T3, dict(filters=2, kernel_size=[1, 2, 2], strides=[2, 3, 1], use_bias=False), (2, 2, 1, 3, 2))
    add("conv3dt output padding", T3, dict(filters=2, kernel_size=2, strides=2, output_padding=[1, 0, 1]), (2, 1, 3, 2, 2))
    add("conv3dt output padding same", T3, dict(filters=2, kernel_size=[2, 3, 2], strides=3, output_padding=[1, 0, 2], padding="same"),
        (2, 1, 2, 2, 2))
    add("conv3dt dilation", T3, dict(filters=2, kernel_size=2, dilation_rate=[2, 1, 3]), (2, 3, 2, 4, 2), xla=True)
    add("conv3dt dilation same", T3, dict(filters=2, kernel_size=[3, 2, 2], dilation_rate=2, padding="same"), (2, 3, 2, 4, 2), xla=True)
    add("conv3dt channels first", T3, dict(filters=2, kernel_size=2, strides=[1, 2, 3], **FIRST), (2, 2, 3, 2, 1), xla=True)
    add("conv3dt regularized", T3, regularized(filters=2, kernel_size=2, strides=2), (2, 2, 1, 3, 2))


def channels_alone(add):
    D, S = layers.DepthwiseConv1D, layers.SeparableConv1D
    add("depthwise1d default", D, dict(kernel_size=2), (2, 5, 2))
    add("depthwise1d same strides", D, dict(kernel_size=3, strides=2, padding="same", activation="relu"), (2, 6, 3))
    add("depthwise1d multiplied", D, dict(kernel_size=3, depth_multiplier=3, strides=3, use_bias=False), (2, 8, 2))
    add("depthwise1d dilation", D, dict(kernel_size=2, dilation_rate=3, depth_multiplier=2), (2, 6, 2))
    add("depthwise1d dilation same", D, dict(kernel_size=3, dilation_rate=2, padding="same"), (2, 5, 2))
    add("depthwise1d dilation strides same", D, dict(kernel_size=3, dilation_rate=2, strides=2, padding="same"), (2, 7, 2))
    add("depthwise1d dilation strides", D, dict(kernel_size=2, dilation_rate=2, strides=3), (2, 8, 2))
    add("depthwise1d channels first", D, dict(kernel_size=2, strides=2, depth_multiplier=2, **FIRST), (2, 2, 6))
    add("depthwise1d channels first dilation", D, dict(kernel_size=2, dilation_rate=2, padding="same", **FIRST), (2, 3, 5))
    add("depthwise1d regularized", D, lambda: dict(
        kernel_size=2, depthwise_regularizer=regularizers.L2(0.05), bias_regularizer="l1",
        depthwise_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), bias_constraint="non_neg",
        activity_regularizer=regularizers.L2(0.01)), (2, 4, 2))
    add("separable1d default", S, dict(filters=3, kernel_size=2), (2, 5, 2))
    add("separable1d same strides", S, dict(filters=2, kernel_size=3, strides=2, padding="same", activation="relu"), (2, 6, 3))
    add("separable1d multiplied", S, dict(filters=3, kernel_size=2, depth_multiplier=2, use_bias=False), (2, 4, 2))
    add("separable1d dilation same", S, dict(filters=2, kernel_size=2, dilation_rate=2, padding="same"), (2, 5, 2))
    add("separable1d dilation strides", S, dict(filters=2, kernel_size=2, dilation_rate=2, strides=2), (2, 7, 2))
    add("separable1d channels first", S, dict(filters=4, kernel_size=2, strides=2, **FIRST), (2, 2, 6))
    add("separable1d regularized", S, lambda: dict(
        filters=2, kernel_size=2, depthwise_regularizer=regularizers.L2(0.05), pointwise_regularizer="l1",
        depthwise_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), pointwise_constraint="unit_norm",
        bias_regularizer="l2"), (2, 4, 2))


def layers_conv_more():
    cases = LayerCases("layers_conv_more")
    convolutions(cases.add)
    transposed(cases.add)
    channels_alone(cases.add)
    cases.write()
