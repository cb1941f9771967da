"""Core layers, convolution, normalization, embedding, merging."""

from layer_cases import LayerCases

import numpy as np
from keras import constraints, initializers, layers, regularizers


def layers_core():
    L = layers
    cases = LayerCases("layers")

    add = cases.add

    # Dense
    add("dense default", L.Dense, dict(units=3), (3, 4))
    add("dense relu", L.Dense, dict(units=5, activation="relu"), (4, 3))
    add("dense rank 3 tanh", L.Dense, dict(units=2, activation="tanh"), (2, 3, 4))
    add("dense rank 4 no bias", L.Dense, dict(units=3, use_bias=False, activation="sigmoid"), (2, 2, 3, 4))
    add("dense softmax", L.Dense, dict(units=4, activation="softmax"), (3, 5))
    add("dense regularized", L.Dense, lambda: dict(
        units=3, kernel_regularizer=regularizers.L2(0.05), bias_regularizer=regularizers.L1(0.03),
        kernel_initializer=initializers.HeNormal(seed=5), bias_initializer="ones", name="named"), (3, 4))
    add("dense constrained", L.Dense, lambda: dict(
        units=3, kernel_constraint=constraints.MaxNorm(0.8, axis=0), bias_constraint="non_neg"), (3, 4))
    add("dense activity regularizer", L.Dense, lambda: dict(
        units=3, activation="gelu", activity_regularizer=regularizers.L1L2(0.01, 0.02)), (3, 4))
    add("dense l1l2 and unit norm", L.Dense, lambda: dict(
        units=3, activation="elu", kernel_regularizer=regularizers.L1L2(0.01, 0.02),
        kernel_constraint=constraints.UnitNorm()), (4, 3))
    add("dense min max norm", L.Dense, lambda: dict(
        units=3, kernel_constraint=constraints.MinMaxNorm(0.5, 0.9, 0.5), kernel_regularizer="l2"), (4, 3))
    add("dense frozen", L.Dense, dict(units=3, trainable=False), (3, 4))
    add("dense mask passes", L.Dense, dict(units=3), (2, 3, 4), train=False,
        masks=[np.array([[True, False, True], [False, False, True]])])
    # Activation
    add("activation relu", L.Activation, dict(activation="relu"), (3, 5))
    add("activation softmax rank 3", L.Activation, dict(activation="softmax"), (2, 3, 4))
    add("activation tanh rank 4", L.Activation, dict(activation="tanh"), (2, 2, 2, 3))
    add("activation silu", L.Activation, dict(activation="silu"), (3, 5))
    add("activation gelu masked", L.Activation, dict(activation="gelu"), (2, 3, 4), train=False,
        masks=[np.array([[True, True, False], [False, True, True]])])
    add("activation log_softmax", L.Activation, dict(activation="log_softmax"), (3, 5))
    # Conv2D
    add("conv default", L.Conv2D, dict(filters=3, kernel_size=2), (2, 4, 5, 2))
    add("conv same strides", L.Conv2D, dict(filters=3, kernel_size=3, strides=2, padding="same", activation="relu"),
        (2, 5, 6, 2))
    add("conv same strides even kernel", L.Conv2D, dict(filters=2, kernel_size=[2, 4], strides=[2, 3], padding="same"),
        (2, 5, 7, 2))
    add("conv uneven", L.Conv2D, dict(filters=3, kernel_size=[3, 2], strides=[1, 2], use_bias=False), (2, 5, 7, 1))
    add("conv valid strides rest", L.Conv2D, dict(filters=2, kernel_size=[2, 3], strides=[3, 2]), (2, 6, 8, 1))
    add("conv dilation", L.Conv2D, dict(filters=2, kernel_size=[2, 3], dilation_rate=[2, 1], padding="valid",
                                        activation="tanh"), (2, 5, 5, 2))
    add("conv dilation same", L.Conv2D, dict(filters=2, kernel_size=3, dilation_rate=2, padding="same"), (2, 5, 4, 2))
    add("conv groups", L.Conv2D, dict(filters=4, kernel_size=2, groups=2), (2, 3, 4, 4))
    add("conv groups same strides", L.Conv2D, dict(filters=3, kernel_size=3, groups=3, padding="same", strides=2,
                                                   activation="sigmoid"), (2, 4, 5, 3))
    # never as many filters as columns: Keras's ops.add would take the bias for one of the columns
    add("conv channels first", L.Conv2D, dict(filters=4, kernel_size=[2, 3], data_format="channels_first"), (2, 2, 4, 5), xla=True)
    add("conv channels first same strides", L.Conv2D, dict(
        filters=2, kernel_size=3, strides=[2, 1], padding="same", data_format="channels_first", activation="elu"),
        (2, 2, 5, 3), xla=True)
    add("conv channels first groups", L.Conv2D, dict(filters=4, kernel_size=2, groups=2, data_format="channels_first"),
        (2, 4, 3, 3))
    add("conv regularized", L.Conv2D, lambda: dict(
        filters=2, kernel_size=2, kernel_regularizer=regularizers.L2(0.05), bias_regularizer="l1",
        kernel_constraint=constraints.MaxNorm(0.7, axis=[0, 1, 2])), (2, 4, 4, 2))
    add("conv kernel of the whole image", L.Conv2D, dict(filters=3, kernel_size=[3, 4]), (3, 3, 4, 2))
    # MaxPooling2D
    add("maxpool default", L.MaxPooling2D, {}, (2, 4, 6, 2))
    add("maxpool odd", L.MaxPooling2D, dict(pool_size=[2, 3]), (2, 5, 7, 2))
    add("maxpool same", L.MaxPooling2D, dict(pool_size=[3, 2], padding="same"), (2, 5, 5, 2))
    add("maxpool overlap", L.MaxPooling2D, dict(pool_size=3, strides=1), (2, 4, 5, 2))
    add("maxpool strides same", L.MaxPooling2D, dict(pool_size=2, strides=[3, 1], padding="same"), (2, 5, 4, 2))
    add("maxpool gap", L.MaxPooling2D, dict(pool_size=1, strides=[2, 3]), (2, 4, 7, 2))
    add("maxpool channels first", L.MaxPooling2D, dict(pool_size=2, strides=1, data_format="channels_first"),
        (2, 2, 3, 4))
    add("maxpool channels first same", L.MaxPooling2D, dict(pool_size=[2, 3], padding="same",
                                                            data_format="channels_first"), (2, 2, 3, 4))
    add("maxpool negative same", L.MaxPooling2D, dict(pool_size=3, strides=2, padding="same"), (1, 4, 4, 1), train=False,
        fill=lambda x: np.copyto(x, -np.abs(x) - 1))
    # Flatten
    add("flatten rank 3", L.Flatten, {}, (2, 3, 4))
    add("flatten rank 4", L.Flatten, {}, (2, 2, 3, 2))
    add("flatten rank 2", L.Flatten, {}, (3, 4))
    add("flatten rank 1", L.Flatten, {}, (4,), train=False)
    add("flatten channels first", L.Flatten, dict(data_format="channels_first"), (2, 2, 3, 4))
    add("flatten channels first rank 3", L.Flatten, dict(data_format="channels_first"), (2, 2, 3))
    add("flatten channels first rank 2", L.Flatten, dict(data_format="channels_first"), (2, 3))
    add("flatten masked", L.Flatten, {}, (2, 3, 4), train=False,
        masks=[np.array([[True, True, False], [False, True, True]])])
    # Dropout
    add("dropout", L.Dropout, dict(rate=0.5), (3, 4), train=False)
    add("dropout noise shape", L.Dropout, dict(rate=0.25, noise_shape=[None, 1, 4], seed=7), (2, 3, 4), train=False)
    add("dropout nothing", L.Dropout, dict(rate=0.0), (3, 4))
    add("dropout masked", L.Dropout, dict(rate=0.3, name="drop"), (2, 3, 4), train=False,
        masks=[np.array([[True, True, False], [False, True, True]])])
    # BatchNormalization
    mask23 = lambda: [np.array([[True, True, False], [False, True, True]])]  # noqa: E731
    add("bn default", L.BatchNormalization, {}, (4, 3))
    add("bn rank 4", L.BatchNormalization, dict(momentum=0.8, epsilon=0.01), (2, 2, 3, 3))
    add("bn axis 1 rank 4", L.BatchNormalization, dict(axis=1, momentum=0.7), (2, 3, 2, 2))
    add("bn axis 1 rank 3", L.BatchNormalization, dict(axis=1, epsilon=0.1), (3, 2, 4))
    add("bn no scale", L.BatchNormalization, dict(scale=False, momentum=0.5), (4, 3))
    add("bn no center", L.BatchNormalization, dict(center=False, epsilon=1e-5), (2, 3, 4))
    add("bn neither", L.BatchNormalization, dict(center=False, scale=False, momentum=0.9), (4, 3))
    add("bn frozen", L.BatchNormalization, dict(trainable=False, momentum=0.6), (4, 3))
    add("bn masked", L.BatchNormalization, dict(momentum=0.6), (2, 3, 4), masks=mask23, train=False)
    add("bn regularized", L.BatchNormalization, lambda: dict(
        beta_regularizer=regularizers.L2(0.05), gamma_regularizer=regularizers.L1(0.05), beta_initializer="ones",
        gamma_constraint=constraints.MinMaxNorm(0.2, 0.9), moving_mean_initializer="ones"), (4, 3))
    # Embedding
    add("embedding default", L.Embedding, dict(input_dim=5, output_dim=3), (3, 4), ints=5)
    add("embedding mask zero", L.Embedding, dict(input_dim=6, output_dim=2, mask_zero=True), (3, 5), ints=6)
    add("embedding rank 1", L.Embedding, dict(input_dim=4, output_dim=3), (4,), ints=4, train=False)
    add("embedding rank 3 regularized", L.Embedding, lambda: dict(
        input_dim=4, output_dim=3, embeddings_regularizer=regularizers.L2(0.05), embeddings_initializer="he_normal"),
        (2, 2, 3), ints=4)
    add("embedding constrained", L.Embedding, lambda: dict(
        input_dim=5, output_dim=3, embeddings_constraint=constraints.MaxNorm(0.5, axis=1), mask_zero=True), (3, 4), ints=5)
    add("embedding frozen", L.Embedding, dict(input_dim=5, output_dim=2, trainable=False), (3, 4), ints=5)
    # Masking

    def holes(value):
        def fill(x):
            x[0, 1] = value
            x[1, 0] = value
            x[1, 2] = value
            x[0, 0, 0] = value
        return fill

    add("masking default", L.Masking, {}, (2, 3, 4), fill=holes(0.0))
    add("masking value", L.Masking, dict(mask_value=-1.0), (2, 4, 3), fill=holes(-1.0))
    add("masking rank 4", L.Masking, dict(mask_value=2.5), (2, 3, 2, 2), fill=holes(2.5))
    add("masking rank 2", L.Masking, dict(mask_value=0.0, name="mask"), (3, 4), train=False,
        fill=lambda x: x[:, 1:3].fill(0.0))
    # GlobalAveragePooling1D
    add("gap1d default", L.GlobalAveragePooling1D, {}, (2, 3, 4))
    add("gap1d masked", L.GlobalAveragePooling1D, {}, (2, 3, 4), masks=mask23, train=False)
    add("gap1d nothing left", L.GlobalAveragePooling1D, {}, (2, 3, 4), train=False,
        masks=[np.array([[True, False, True], [False, False, False]])])
    add("gap1d keepdims", L.GlobalAveragePooling1D, dict(keepdims=True), (2, 3, 4))
    add("gap1d keepdims masked", L.GlobalAveragePooling1D, dict(keepdims=True), (2, 3, 4), masks=mask23, train=False)
    add("gap1d channels first", L.GlobalAveragePooling1D, dict(data_format="channels_first"), (2, 4, 3))
    add("gap1d channels first masked", L.GlobalAveragePooling1D, dict(data_format="channels_first"), (2, 4, 3),
        masks=mask23, train=False)
    add("gap1d channels first keepdims masked", L.GlobalAveragePooling1D,
        dict(data_format="channels_first", keepdims=True), (2, 4, 3), masks=mask23, train=False)
    # Add
    add("add two", L.Add, {}, (2, 3), (2, 3))
    add("add three", L.Add, dict(name="sum"), (2, 2, 3), (2, 2, 3), (2, 2, 3))
    add("add broadcast", L.Add, {}, (2, 2, 3), (2, 1, 3))
    add("add ranks", L.Add, {}, (2, 2, 3), (2, 3))
    add("add masked", L.Add, {}, (2, 3, 2), (2, 3, 2), train=False,
        masks=[np.array([[True, True, False], [False, True, False]]), np.array([[True, False, False], [True, True, False]])])
    add("add one mask", L.Add, {}, (2, 3, 2), (2, 3, 2), train=False,
        masks=[np.array([[True, True, False], [False, True, False]]), None])
    # Concatenate
    add("concatenate", L.Concatenate, {}, (2, 3), (2, 2))
    add("concatenate axis 1", L.Concatenate, dict(axis=1), (2, 3, 2), (2, 1, 2))
    add("concatenate axis -2", L.Concatenate, dict(axis=-2), (2, 1, 3), (2, 2, 3), (2, 1, 3))
    add("concatenate rank 4 axis 1", L.Concatenate, dict(axis=1, name="join"), (2, 1, 2, 2), (2, 2, 2, 2))
    m1 = np.array([[True, True, False], [False, True, False]])
    m2 = np.array([[True, False, False], [True, True, False]])
    add("concatenate masked", L.Concatenate, {}, (2, 3, 2), (2, 3, 1), train=False, masks=[m1, m2])
    add("concatenate masked axis 1", L.Concatenate, dict(axis=1), (2, 3, 2), (2, 2, 2), train=False,
        masks=[m1, m2[:, :2]])
    add("concatenate one mask", L.Concatenate, {}, (2, 3, 2), (2, 3, 1), train=False, masks=[m1, None])
    add("concatenate one mask axis 1", L.Concatenate, dict(axis=1), (2, 3, 2), (2, 2, 2), train=False, masks=[None, m2[:, :2]])
    cases.write()
