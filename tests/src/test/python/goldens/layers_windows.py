"""Layers that look at windows or edges: convolution, pooling, padding, resizing."""

from layer_cases import LayerCases

import numpy as np
from keras import constraints, layers, regularizers

FIRST = dict(data_format="channels_first")
MASK = [np.array([[True, True, False, True], [False, True, True, False]])]


def layers_windows():
    L = layers
    cases = LayerCases("layers_windows")

    add = cases.add

    # Conv1D; with channels first never as many filters as steps: Keras's ops.add would take the bias for a step's
    add("conv1d default", L.Conv1D, dict(filters=3, kernel_size=2), (2, 6, 2))
    add("conv1d same strides", L.Conv1D, dict(filters=4, kernel_size=3, strides=2, padding="same", activation="relu"), (2, 6, 2))
    add("conv1d same even kernel", L.Conv1D, dict(filters=2, kernel_size=4, strides=3, padding="same"), (2, 7, 3))
    add("conv1d valid strides rest", L.Conv1D, dict(filters=2, kernel_size=3, strides=2, use_bias=False), (2, 6, 1))
    add("conv1d causal", L.Conv1D, dict(filters=3, kernel_size=3, padding="causal", activation="tanh"), (2, 5, 2))
    add("conv1d causal strides", L.Conv1D, dict(filters=3, kernel_size=2, strides=2, padding="causal"), (2, 5, 2))
    add("conv1d causal dilation", L.Conv1D, dict(filters=2, kernel_size=3, dilation_rate=2, padding="causal"), (2, 6, 2))
    add("conv1d causal channels first", L.Conv1D, dict(filters=4, kernel_size=2, dilation_rate=3, padding="causal", **FIRST),
        (2, 2, 6), xla=True)
    add("conv1d dilation", L.Conv1D, dict(filters=2, kernel_size=2, dilation_rate=3), (2, 7, 2))
    add("conv1d dilation same", L.Conv1D, dict(filters=2, kernel_size=3, dilation_rate=2, padding="same"), (2, 5, 2))
    add("conv1d groups", L.Conv1D, dict(filters=4, kernel_size=2, groups=2), (2, 5, 4))
    add("conv1d groups same strides", L.Conv1D, dict(filters=6, kernel_size=3, groups=3, strides=2, padding="same"), (2, 6, 3))
    add("conv1d channels first", L.Conv1D, dict(filters=3, kernel_size=2, **FIRST), (2, 2, 6), xla=True)
    add("conv1d channels first same strides", L.Conv1D, dict(
        filters=4, kernel_size=3, strides=2, padding="same", activation="softmax", **FIRST), (2, 2, 6), xla=True)
    add("conv1d regularized", L.Conv1D, lambda: dict(
        filters=2, kernel_size=2, kernel_regularizer=regularizers.L2(0.05), bias_regularizer="l1",
        kernel_constraint=constraints.MaxNorm(0.7, axis=[0, 1]), activity_regularizer=regularizers.L2(0.01)), (2, 4, 2))
    add("conv1d drops the mask", L.Conv1D, dict(filters=3, kernel_size=2, padding="same"), (2, 4, 2), masks=MASK, train=False)
    # MaxPooling1D
    add("maxpool1d default", L.MaxPooling1D, {}, (2, 5, 3))
    add("maxpool1d overlap same", L.MaxPooling1D, dict(pool_size=3, strides=1, padding="same"), (2, 5, 3))
    add("maxpool1d strides same", L.MaxPooling1D, dict(pool_size=2, strides=3, padding="same"), (2, 7, 2))
    add("maxpool1d channels first", L.MaxPooling1D, dict(pool_size=3, strides=2, **FIRST), (2, 3, 7))
    add("maxpool1d negative same", L.MaxPooling1D, dict(pool_size=3, padding="same"), (1, 4, 1), train=False,
        fill=lambda x: np.copyto(x, -np.abs(x) - 1))
    # AveragePooling1D
    add("avgpool1d", L.AveragePooling1D, dict(pool_size=2), (2, 5, 3))
    add("avgpool1d same", L.AveragePooling1D, dict(pool_size=3, padding="same"), (2, 5, 3))
    add("avgpool1d overlap", L.AveragePooling1D, dict(pool_size=3, strides=1), (2, 6, 2))
    add("avgpool1d channels first same", L.AveragePooling1D, dict(pool_size=3, strides=2, padding="same", **FIRST), (2, 3, 6))
    # AveragePooling2D
    add("avgpool2d", L.AveragePooling2D, dict(pool_size=2), (2, 4, 5, 3))
    add("avgpool2d same", L.AveragePooling2D, dict(pool_size=[3, 2], padding="same"), (2, 5, 5, 2))
    add("avgpool2d overlap same", L.AveragePooling2D, dict(pool_size=3, strides=[1, 2], padding="same"), (2, 4, 5, 2))
    add("avgpool2d gap", L.AveragePooling2D, dict(pool_size=1, strides=[2, 3]), (2, 4, 7, 2))
    add("avgpool2d channels first", L.AveragePooling2D, dict(pool_size=[2, 3], strides=1, **FIRST), (2, 2, 3, 4))
    # global pooling
    add("gmp1d default", L.GlobalMaxPooling1D, {}, (2, 3, 4))
    add("gmp1d keepdims", L.GlobalMaxPooling1D, dict(keepdims=True), (2, 3, 4))
    add("gmp1d channels first", L.GlobalMaxPooling1D, dict(**FIRST), (2, 4, 3))
    add("gmp1d channels first keepdims", L.GlobalMaxPooling1D, dict(keepdims=True, **FIRST), (2, 4, 3))
    add("gmp1d drops the mask", L.GlobalMaxPooling1D, {}, (2, 4, 2), masks=MASK, train=False)
    add("gmp2d default", L.GlobalMaxPooling2D, {}, (2, 3, 2, 4))
    add("gmp2d keepdims", L.GlobalMaxPooling2D, dict(keepdims=True), (2, 3, 2, 4))
    add("gmp2d channels first", L.GlobalMaxPooling2D, dict(**FIRST), (2, 4, 3, 2))
    add("gmp2d channels first keepdims", L.GlobalMaxPooling2D, dict(keepdims=True, **FIRST), (2, 4, 3, 2))
    add("gap2d default", L.GlobalAveragePooling2D, {}, (2, 3, 2, 4))
    add("gap2d keepdims", L.GlobalAveragePooling2D, dict(keepdims=True), (2, 3, 2, 4))
    add("gap2d channels first", L.GlobalAveragePooling2D, dict(**FIRST), (2, 4, 3, 2))
    add("gap2d channels first keepdims", L.GlobalAveragePooling2D, dict(keepdims=True, **FIRST), (2, 4, 3, 2))
    # ZeroPadding2D
    add("pad2d default", L.ZeroPadding2D, {}, (2, 3, 2, 2))
    add("pad2d two", L.ZeroPadding2D, dict(padding=[2, 1]), (2, 3, 2, 2))
    add("pad2d four", L.ZeroPadding2D, dict(padding=[[1, 2], [0, 3]]), (2, 3, 2, 2))
    add("pad2d channels first", L.ZeroPadding2D, dict(padding=[[1, 0], [2, 1]], **FIRST), (2, 2, 3, 2))
    add("pad2d drops the mask", L.ZeroPadding2D, {}, (2, 4, 1, 2), masks=MASK, train=False)
    # UpSampling2D
    add("up2d default", L.UpSampling2D, {}, (2, 3, 2, 2))
    add("up2d nearest", L.UpSampling2D, dict(size=[3, 2]), (2, 2, 3, 2))
    add("up2d nearest channels first", L.UpSampling2D, dict(size=[1, 3], **FIRST), (2, 2, 3, 2))
    for how in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
        add(f"up2d {how}", L.UpSampling2D, dict(interpolation=how), (2, 3, 4, 2))
        add(f"up2d {how} uneven", L.UpSampling2D, dict(size=[3, 1], interpolation=how), (2, 2, 5, 2))
        add(f"up2d {how} channels first", L.UpSampling2D, dict(size=[2, 3], interpolation=how, **FIRST), (2, 2, 3, 4))
    cases.write()
