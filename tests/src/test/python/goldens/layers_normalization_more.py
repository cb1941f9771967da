"""Group, unit, RMS and spectral normalization, batch renormalization, and the rest of the noise layers."""

import functools

from layer_cases import LayerCases

import numpy as np
from keras import constraints, initializers, layers, regularizers

M1 = np.array([[True, True, False], [False, True, False]])


def layers_normalization_more():
    noise()
    normalization()
    spectral()


def noise():
    L = layers
    cases = LayerCases("layers_noise_more")
    add = cases.add
    add("dropout shaped", L.Dropout, dict(rate=0.5, noise_shape=(None, 1, None)), (2, 3, 2), train=False)
    add("dropout shaped by a list", L.Dropout, dict(rate=0.5, noise_shape=[2, 1, 2], seed=2), (2, 3, 2), train=False)
    add("alpha dropout", L.AlphaDropout, dict(rate=0.5), (2, 3), train=False)
    add("alpha dropout shaped", L.AlphaDropout, dict(rate=0.25, noise_shape=(None, 1, None), seed=3, name="drop"),
        (2, 3, 4), train=False)
    add("alpha dropout shaped by a list", L.AlphaDropout, dict(rate=0.25, noise_shape=[2, 1, 4]), (2, 3, 4), train=False)
    add("alpha dropout masked", L.AlphaDropout, dict(rate=0.25), (2, 3, 2), train=False, masks=[M1])
    add("alpha dropout nothing", L.AlphaDropout, dict(rate=0.0), (2, 3))
    add("gaussian dropout", L.GaussianDropout, dict(rate=0.5), (2, 3), train=False)
    add("gaussian dropout seeded", L.GaussianDropout, dict(rate=0.25, seed=7, name="noise"), (2, 3, 4), train=False)
    add("gaussian dropout masked", L.GaussianDropout, dict(rate=0.25), (2, 3, 2), train=False, masks=[M1])
    add("gaussian dropout nothing", L.GaussianDropout, dict(rate=0.0), (2, 3))
    add("spatial dropout 3d", L.SpatialDropout3D, dict(rate=0.5), (2, 3, 2, 2, 4), train=False)
    add("spatial dropout 3d channels first", L.SpatialDropout3D,
        dict(rate=0.25, seed=3, data_format="channels_first"), (2, 3, 2, 2, 4), train=False)
    add("spatial dropout 3d nothing", L.SpatialDropout3D, dict(rate=0.0, name="drop"), (2, 3, 2, 2, 1))
    cases.write()


def normalization():
    L = layers
    cases = LayerCases("layers_normalization_more")
    add = cases.add
    # GroupNormalization: what is computed in float32 differs by the order of sums, so most are fed float64
    gn = functools.partial(add, wide=True)
    gn("gn two groups", L.GroupNormalization, dict(groups=2), (3, 4))
    gn("gn one group of images", L.GroupNormalization, dict(groups=1, epsilon=0.01), (2, 3, 2, 4))
    gn("gn groups of images", L.GroupNormalization, dict(groups=3, name="groups"), (2, 3, 2, 6))
    gn("gn instances", L.GroupNormalization, dict(groups=-1), (2, 3, 2, 3))
    gn("gn axis 1", L.GroupNormalization, dict(groups=2, axis=1), (2, 4, 3))
    gn("gn axis 2 of 4", L.GroupNormalization, dict(groups=2, axis=2), (2, 3, 4, 2))
    gn("gn axis -2", L.GroupNormalization, dict(groups=2, axis=-2), (2, 3, 4, 2))
    gn("gn no scale", L.GroupNormalization, dict(groups=2, scale=False), (2, 3, 4))
    gn("gn no center", L.GroupNormalization, dict(groups=2, center=False), (2, 3, 4))
    gn("gn neither", L.GroupNormalization, dict(groups=2, center=False, scale=False), (3, 4))
    gn("gn frozen", L.GroupNormalization, dict(groups=2, trainable=False), (3, 4))
    gn("gn masked", L.GroupNormalization, dict(groups=2), (2, 3, 4), masks=[M1])
    add("gn integers", L.GroupNormalization, dict(groups=2), (3, 4), ints=9, train=False)
    gn("gn regularized", L.GroupNormalization, lambda: dict(
        groups=2, beta_regularizer=regularizers.L2(0.05), gamma_regularizer=regularizers.L1(0.05),
        beta_initializer="ones", gamma_initializer=initializers.Constant(0.5),
        gamma_constraint=constraints.MinMaxNorm(0.2, 0.9), beta_constraint="non_neg"), (3, 4))
    # UnitNormalization
    add("unit default", L.UnitNormalization, {}, (3, 4))
    add("unit axis 1", L.UnitNormalization, dict(axis=1, name="unit"), (2, 3, 4))
    add("unit axes", L.UnitNormalization, dict(axis=[1, -1]), (2, 3, 4))
    add("unit of nothing", L.UnitNormalization, {}, (3, 4), fill=lambda x: x[1].fill(0.0), train=False)
    add("unit masked", L.UnitNormalization, {}, (2, 3, 2), masks=[M1])
    # RMSNormalization
    add("rms default", L.RMSNormalization, {}, (3, 4))
    add("rms epsilon", L.RMSNormalization, dict(epsilon=0.1, name="rms"), (2, 3, 4))
    add("rms axes", L.RMSNormalization, dict(axis=[-2, -1]), (2, 2, 3, 4))
    add("rms axes order", L.RMSNormalization, dict(axis=[2, 1]), (2, 3, 4))
    add("rms an inner axis", L.RMSNormalization, dict(axis=1), (2, 3, 3))
    add("rms frozen", L.RMSNormalization, dict(trainable=False), (3, 4))
    add("rms masked", L.RMSNormalization, {}, (2, 3, 4), train=False, masks=[M1])
    # BatchNormalization
    add("bn renorm", L.BatchNormalization, dict(renorm=True), (4, 3))
    add("bn renorm of images", L.BatchNormalization, dict(renorm=True, momentum=0.7, renorm_momentum=0.6), (2, 3, 2, 3))
    add("bn renorm clipped", L.BatchNormalization, dict(
        renorm=True, renorm_clipping=dict(rmax=1.1, rmin=0.9, dmax=0.2), momentum=0.8), (4, 3))
    add("bn renorm clipped above", L.BatchNormalization, dict(renorm=True, renorm_clipping=dict(rmax=0.7)), (4, 3))
    add("bn renorm clipped sideways", L.BatchNormalization, dict(renorm=True, renorm_clipping=dict(dmax=0.1)), (4, 3))
    add("bn renorm axis 1", L.BatchNormalization, dict(renorm=True, axis=1, epsilon=0.1), (3, 2, 4))
    add("bn renorm no scale", L.BatchNormalization, dict(renorm=True, scale=False), (4, 3))
    add("bn renorm no center", L.BatchNormalization, dict(renorm=True, center=False), (4, 3))
    add("bn renorm neither", L.BatchNormalization, dict(renorm=True, center=False, scale=False, name="renormed"), (4, 3))
    add("bn renorm frozen", L.BatchNormalization, dict(renorm=True, trainable=False), (4, 3))
    add("bn renorm masked", L.BatchNormalization, dict(renorm=True), (2, 3, 4), train=False, masks=[M1])
    add("bn synchronized", L.BatchNormalization, dict(synchronized=True, momentum=0.6), (4, 3))
    cases.write()


def spectral():
    L = layers
    cases = LayerCases("layers_spectral")

    def add(name, inner, shape, power=1, frozen=False, **how):
        """The layer inside has the type of the one around it."""
        def make(**dtype):
            more = dict(trainable=False) if frozen else {}
            return L.SpectralNormalization(inner(**dtype), power_iterations=power, **more, **dtype)

        cases.add("spectral " + name, make, {}, shape, **how)

    add("dense", lambda **d: L.Dense(3, activation="tanh", **d), (3, 4))
    add("dense rank 3", lambda **d: L.Dense(3, name="inner", **d), (2, 3, 4), power=3)
    add("conv2d", lambda **d: L.Conv2D(2, 2, **d), (2, 4, 3, 2), power=2)
    add("depthwise", lambda **d: L.DepthwiseConv2D(2, **d), (2, 4, 3, 2))
    add("regularized", lambda **d: L.Dense(
        3, kernel_regularizer=regularizers.L2(0.05), kernel_constraint="unit_norm", **d), (3, 4))
    add("penalty on outputs", lambda **d: L.Dense(3, activity_regularizer=regularizers.L2(0.5), **d), (3, 4))
    add("frozen", lambda **d: L.Dense(3, **d), (3, 4), frozen=True)
    add("frozen inside", lambda **d: L.Dense(3, trainable=False, **d), (3, 4))
    add("embedding", lambda **d: L.Embedding(6, 2, **d), (2, 3), fill=lambda x: np.copyto(x, np.abs(np.round(2 * x)) % 6),
        train=False)
    add("masked", lambda **d: L.Dense(2, **d), (2, 3, 4), train=False, masks=[M1])
    add("masked convolution", lambda **d: L.Conv1D(2, 1, **d), (2, 3, 4), train=False, masks=[M1])
    cases.write()
