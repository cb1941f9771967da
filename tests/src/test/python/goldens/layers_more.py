"""Merging, reshaping, preprocessing, noise, and layers inside TimeDistributed."""

from layer_cases import LayerCases

import keras
import numpy as np
from keras import layers, regularizers

M1 = np.array([[True, True, False], [False, True, False]])
M2 = np.array([[True, False, False], [True, True, False]])
M3 = np.array([[False, True, False], [False, True, True]])


def layers_more():
    merging()
    reshaping()
    preprocessing()
    noise()
    time_distributed()


def merging():
    L = layers
    cases = LayerCases("layers_merging")
    add = cases.add
    for cls in (L.Multiply, L.Average, L.Maximum, L.Minimum):
        name = cls.__name__.lower()
        add(f"{name} two", cls, {}, (2, 3), (2, 3))
        add(f"{name} three", cls, dict(name="merged"), (2, 2, 3), (2, 2, 3), (2, 2, 3))
        add(f"{name} broadcast", cls, {}, (2, 2, 3), (2, 1, 3))
        add(f"{name} ranks", cls, {}, (2, 2, 3), (2, 3))
        add(f"{name} masked", cls, {}, (2, 3, 2), (2, 3, 2), train=False, masks=[M1, M2])
        add(f"{name} three masked", cls, {}, (2, 3, 2), (2, 3, 2), (2, 3, 2), train=False, masks=[M1, M2, M3])
        add(f"{name} first masked", cls, {}, (2, 3, 2), (2, 3, 2), train=False, masks=[M1, None])
        add(f"{name} second masked", cls, {}, (2, 3, 2), (2, 3, 2), train=False, masks=[None, M2])
        add(f"{name} middle not masked", cls, {}, (2, 3, 2), (2, 3, 2), (2, 3, 2), train=False, masks=[M1, None, M3])
        add(f"{name} broadcast masked", cls, {}, (2, 3, 2), (2, 1, 2), train=False, masks=[M1, M2[:, :1]])
        add(f"{name} integers", cls, {}, (2, 3), (2, 3), ints=7, train=False)
    add("subtract two", L.Subtract, {}, (2, 3), (2, 3))
    add("subtract broadcast", L.Subtract, dict(name="minus"), (2, 2, 3), (2, 1, 3))
    add("subtract ranks", L.Subtract, {}, (2, 3), (2, 2, 3))
    add("subtract masked", L.Subtract, {}, (2, 3, 2), (2, 3, 2), train=False, masks=[M1, M2])
    add("subtract one mask", L.Subtract, {}, (2, 3, 2), (2, 3, 2), train=False, masks=[M1, None])
    # Dot
    add("dot vectors", L.Dot, dict(axes=1), (3, 4), (3, 4))
    add("dot last axis", L.Dot, dict(axes=-1), (2, 3, 4), (2, 2, 4))
    add("dot pair", L.Dot, dict(axes=[2, 1]), (2, 3, 4), (2, 4, 2))
    add("dot pair turned", L.Dot, dict(axes=[1, 2]), (2, 4, 3), (2, 2, 4))
    add("dot negative pair", L.Dot, dict(axes=[-1, 1]), (2, 3, 4), (2, 4, 2))
    add("dot first axes", L.Dot, dict(axes=1, name="dotted"), (2, 4, 3), (2, 4, 2))
    add("dot rank 2 and 3", L.Dot, dict(axes=[1, 2]), (2, 4), (2, 3, 4))
    add("dot rank 3 and 2", L.Dot, dict(axes=[2, 1]), (2, 3, 4), (2, 4))
    add("dot rank 4 and 3", L.Dot, dict(axes=[3, 1]), (2, 2, 3, 4), (2, 4, 2))
    add("dot rank 3 and 4", L.Dot, dict(axes=[1, 2]), (2, 4, 2), (2, 3, 4, 2))
    add("dot rank 4 both", L.Dot, dict(axes=[1, 3]), (2, 4, 3, 2), (2, 2, 3, 4))
    add("dot rank 2 and 4", L.Dot, dict(axes=[1, 1]), (2, 4), (2, 4, 3, 2))
    add("dot normalized", L.Dot, dict(axes=-1, normalize=True), (3, 4), (3, 4))
    add("dot normalized rank 3", L.Dot, dict(axes=[1, 2], normalize=True), (2, 4, 3), (2, 2, 4))
    add("dot normalized nothing", L.Dot, dict(axes=1, normalize=True), (3, 4), (3, 4), train=False,
        fill=lambda x: x[1].fill(0.0))
    add("dot masked", L.Dot, dict(axes=[2, 2]), (2, 3, 4), (2, 3, 4), train=False, masks=[M1, M2])
    cases.write()


def reshaping():
    L = layers
    cases = LayerCases("layers_reshaping")
    add = cases.add
    add("reshape", L.Reshape, dict(target_shape=[3, 4]), (2, 12))
    add("reshape open", L.Reshape, dict(target_shape=[2, -1, 3], name="shaped"), (2, 4, 6))
    add("reshape to a vector", L.Reshape, dict(target_shape=[-1]), (2, 2, 3, 2))
    add("reshape adds an axis", L.Reshape, dict(target_shape=[4, 1]), (3, 4))
    add("reshape rank 1", L.Reshape, dict(target_shape=[1]), (4,), train=False)
    add("reshape integers", L.Reshape, dict(target_shape=[2, 2]), (3, 4), ints=9, train=False)
    add("reshape masked", L.Reshape, dict(target_shape=[6]), (2, 3, 2), train=False, masks=[M1])
    add("permute", L.Permute, dict(dims=[2, 1]), (2, 3, 4))
    add("permute three", L.Permute, dict(dims=[3, 1, 2], name="turned"), (2, 2, 3, 4))
    add("permute nothing", L.Permute, dict(dims=[1]), (2, 3))
    add("permute integers", L.Permute, dict(dims=[2, 1]), (2, 2, 3), ints=9, train=False)
    add("permute masked", L.Permute, dict(dims=[2, 1]), (2, 3, 2), train=False, masks=[M1])
    add("repeat", L.RepeatVector, dict(n=3), (2, 4))
    add("repeat once", L.RepeatVector, dict(n=1, name="again"), (2, 4))
    add("repeat integers", L.RepeatVector, dict(n=2), (2, 3), ints=9, train=False)
    cases.write()


def preprocessing():
    L = layers
    cases = LayerCases("layers_preprocessing")
    add = cases.add
    add("rescaling", L.Rescaling, dict(scale=1 / 255.0), (2, 2, 2, 3))
    add("rescaling offset", L.Rescaling, dict(scale=1 / 127.5, offset=-1, name="scaled"), (2, 3))
    add("rescaling channels", L.Rescaling, dict(scale=[0.1, 0.2, 0.7], offset=[0.3, -0.4, 0.9]), (2, 2, 3))
    add("rescaling one offset for all", L.Rescaling, dict(scale=[0.1, 0.2, 0.7], offset=0.3), (2, 3))
    add("rescaling by an array", L.Rescaling, lambda: dict(scale=np.array([[0.125, 0.25], [0.375, 0.5]])), (2, 2, 2))
    add("rescaling integers", L.Rescaling, dict(scale=0.3, offset=0.1), (2, 3), ints=9, train=False)
    add("rescaling masked", L.Rescaling, dict(scale=0.3), (2, 3, 2), train=False, masks=[M1])
    add("normalization", L.Normalization, {}, (3, 4))
    add("normalization rank 3", L.Normalization, dict(name="normal"), (2, 3, 4))
    add("normalization axis 1", L.Normalization, dict(axis=1), (2, 3, 4))
    add("normalization two axes", L.Normalization, dict(axis=[1, -1]), (2, 3, 2, 4))
    add("normalization axes out of order", L.Normalization, dict(axis=[3, 1]), (2, 3, 2, 4))
    add("normalization no axis", L.Normalization, dict(axis=None), (2, 3, 4))
    add("normalization inverted", L.Normalization, dict(invert=True), (3, 4))
    add("normalization given", L.Normalization, dict(mean=[0.1, -0.2, 0.3], variance=[0.5, 0.7, 1.3]), (2, 3))
    add("normalization given numbers", L.Normalization, dict(mean=3.1, variance=2.3, invert=True), (2, 3))
    add("normalization given without an axis", L.Normalization, dict(axis=None, mean=0.7, variance=0.3), (2, 3))
    add("normalization given for two axes", L.Normalization, dict(
        axis=[1, 2], mean=[[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], variance=[[0.6, 0.5], [0.4, 0.3], [0.2, 0.1]]), (2, 3, 2))
    add("normalization given for the last of two axes", L.Normalization, dict(
        axis=[1, 2], mean=[0.1, 0.2], variance=[0.6, 0.5]), (2, 3, 2))
    add("normalization given one for a whole axis", L.Normalization, dict(
        axis=[1, 2], mean=[[0.1], [0.3], [0.5]], variance=[[0.6], [0.4], [0.2]]), (2, 3, 2))
    add("normalization of what does not vary", L.Normalization, dict(mean=[1.0, 0.5, 2.0], variance=[0.0, 1.0, 4.0]),
        (2, 3), train=False, fill=lambda x: x[:, 0].fill(1.0))
    add("normalization integers", L.Normalization, {}, (3, 4), ints=9, train=False)
    add("normalization masked", L.Normalization, {}, (2, 3, 2), train=False, masks=[M1])
    cases.write()


def noise():
    L = layers
    cases = LayerCases("layers_noise")
    add = cases.add
    add("spatial dropout 1d", L.SpatialDropout1D, dict(rate=0.5), (2, 3, 4), train=False)
    add("spatial dropout 1d seeded", L.SpatialDropout1D, dict(rate=0.25, seed=3, name="drop"), (2, 3, 4), train=False)
    add("spatial dropout 1d masked", L.SpatialDropout1D, dict(rate=0.25), (2, 3, 2), train=False, masks=[M1])
    add("spatial dropout 1d nothing", L.SpatialDropout1D, dict(rate=0.0), (2, 3, 4))
    add("spatial dropout 2d", L.SpatialDropout2D, dict(rate=0.5), (2, 3, 2, 4), train=False)
    add("spatial dropout 2d channels first", L.SpatialDropout2D, dict(rate=0.25, seed=3, data_format="channels_first"),
        (2, 3, 2, 4), train=False)
    add("spatial dropout 2d nothing", L.SpatialDropout2D, dict(rate=0.0, name="drop"), (2, 3, 2, 4))
    add("gaussian noise", L.GaussianNoise, dict(stddev=0.5), (2, 3), train=False)
    add("gaussian noise seeded", L.GaussianNoise, dict(stddev=0.25, seed=7, name="noise"), (2, 3, 4), train=False)
    add("gaussian noise nothing", L.GaussianNoise, dict(stddev=0.0), (2, 3))
    add("gaussian noise masked", L.GaussianNoise, dict(stddev=0.25), (2, 3, 2), train=False, masks=[M1])
    add("activity regularization nothing", L.ActivityRegularization, {}, (2, 3))
    add("activity regularization l1", L.ActivityRegularization, dict(l1=0.03), (2, 3, 2))
    add("activity regularization l2", L.ActivityRegularization, dict(l2=0.02, name="penalty"), (4, 3))
    add("activity regularization both", L.ActivityRegularization, dict(l1=0.1, l2=0.05), (4, 3))
    add("activity regularization masked", L.ActivityRegularization, dict(l1=0.1), (2, 3, 2), train=False, masks=[M1])
    cases.write()


def time_distributed():
    L = layers
    cases = LayerCases("layers_time_distributed")

    def add(name, inner, shape, frozen=False, **how):
        def arguments():
            given = dict(layer=inner())
            return dict(given, trainable=False) if frozen else given

        cases.add("time distributed " + name, L.TimeDistributed, arguments, shape, **how)

    def add_typed(name, inner, shape, **how):
        """For layers that Keras cannot run, or rounds, in a wrapper of another type than theirs."""
        cases.add("time distributed " + name, lambda layer, **dtype: L.TimeDistributed(layer(**dtype), **dtype),
                  dict(layer=inner), shape, **how)

    def model(*inner, shape):
        return lambda: keras.Sequential([keras.Input(shape), *(layer() for layer in inner)], name="inner")

    add("dense", lambda: L.Dense(3, activation="tanh", name="inner"), (2, 3, 4))
    add("dense rank 4", lambda: L.Dense(3), (2, 3, 2, 4))
    add_typed("conv2d", lambda **d: L.Conv2D(2, 2, padding="same", activation="relu", **d), (2, 3, 4, 3, 2))
    add("flatten", lambda: L.Flatten(), (2, 3, 2, 2))
    add("pooling", lambda: L.MaxPooling2D(2), (2, 2, 4, 4, 1))
    add("embedding", lambda: L.Embedding(6, 2), (2, 3, 4), ints=6)
    add_typed("batch norm", lambda **d: L.BatchNormalization(momentum=0.7, **d), (3, 4, 2))
    add_typed("batch norm of images", lambda **d: L.BatchNormalization(axis=1, momentum=0.6, **d), (2, 3, 2, 2, 2))
    add_typed("frozen batch norm", lambda **d: L.BatchNormalization(momentum=0.7, trainable=False, **d), (3, 4, 2))
    add("frozen dense", lambda: L.Dense(3), (2, 3, 4), frozen=True)
    add("dropout", lambda: L.Dropout(0.5), (2, 3, 4), train=False)
    add_typed("normalization", lambda **d: L.Normalization(mean=0.3, variance=0.7, **d), (2, 3, 4))
    add("regularized", lambda: L.Dense(3, kernel_regularizer=regularizers.L2(0.05), kernel_constraint="unit_norm"), (2, 3, 4))
    add("penalty on outputs", lambda: L.Dense(3, activity_regularizer=regularizers.L2(0.5)), (2, 3, 4))
    add("time distributed", lambda: L.TimeDistributed(L.Dense(2)), (2, 3, 2, 4))
    add("model", model(lambda: L.Dense(3, activation="relu"), lambda: L.Dense(2), shape=(4,)), (2, 3, 4))
    add("model with batch norm", model(
        lambda: L.Dense(3, activation="relu"), lambda: L.BatchNormalization(momentum=0.5), shape=(4,)), (3, 2, 4))
    add("model with penalty on outputs", model(
        lambda: L.Dense(3, activity_regularizer=regularizers.L1L2(0.02, 0.05)), lambda: L.ActivityRegularization(0.03),
        shape=(4,)), (2, 3, 4))
    add("masked", lambda: L.Dense(2), (2, 3, 4), train=False, masks=[M1])
    add_typed("masked batch norm", lambda **d: L.BatchNormalization(**d), (2, 3, 4), train=False, masks=[M1])
    cases.write()
