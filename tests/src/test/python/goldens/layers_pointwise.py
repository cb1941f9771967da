"""Layers that keep the shape: activation layers with settings or weights, LayerNormalization."""

from layer_cases import LayerCases

import numpy as np
from keras import constraints, initializers, layers, regularizers


def layers_pointwise():
    L = layers
    cases = LayerCases("layers_pointwise")

    add = cases.add
    mask23 = lambda: [np.array([[True, True, False], [False, True, True]])]  # noqa: E731

    # ReLU, LeakyReLU, ELU
    add("relu default", L.ReLU, {}, (3, 4))
    add("relu all", L.ReLU, dict(max_value=1.25, negative_slope=0.25, threshold=0.5), (3, 4))
    add("relu slope", L.ReLU, dict(negative_slope=0.125), (2, 3, 4))
    add("relu six", L.ReLU, dict(max_value=6), (3, 4), fill=lambda x: np.copyto(x, 5 * x))
    add("relu threshold", L.ReLU, dict(threshold=0.25), (3, 4))
    add("relu masked", L.ReLU, {}, (2, 3, 2), masks=mask23, train=False)
    add("leaky default", L.LeakyReLU, {}, (3, 4))
    add("leaky slope", L.LeakyReLU, dict(negative_slope=0.125), (2, 3, 2))
    add("leaky none", L.LeakyReLU, dict(negative_slope=0.0, name="leaky"), (3, 4))
    add("leaky masked", L.LeakyReLU, {}, (2, 3, 2), masks=mask23, train=False)
    add("elu default", L.ELU, {}, (3, 4))
    add("elu alpha", L.ELU, dict(alpha=0.5), (2, 3, 2))
    add("elu large alpha", L.ELU, dict(alpha=2.5), (3, 4))
    add("elu masked", L.ELU, {}, (2, 3, 2), masks=mask23, train=False)
    # PReLU
    add("prelu default", L.PReLU, {}, (3, 4))
    add("prelu rank 3", L.PReLU, dict(alpha_initializer="ones"), (2, 3, 4))
    add("prelu shared", L.PReLU, dict(shared_axes=[1, 2]), (2, 3, 2, 4))
    add("prelu shared one", L.PReLU, dict(shared_axes=2), (2, 3, 4))
    add("prelu regularized", L.PReLU, lambda: dict(
        alpha_initializer=initializers.Constant(0.25), alpha_regularizer=regularizers.L2(0.05),
        alpha_constraint=constraints.MinMaxNorm(0.1, 0.6, axis=0)), (3, 4))
    add("prelu masked", L.PReLU, dict(shared_axes=[1]), (2, 3, 2), masks=mask23, train=False)
    # Softmax
    add("softmax default", L.Softmax, {}, (3, 4))
    add("softmax axis 1", L.Softmax, dict(axis=1), (2, 3, 4))
    add("softmax axis list of one", L.Softmax, dict(axis=[1]), (2, 3, 4))
    add("softmax axes", L.Softmax, dict(axis=[1, -1]), (2, 3, 2, 4))
    add("softmax axes large", L.Softmax, dict(axis=[1, 2]), (2, 3, 4), fill=lambda x: np.copyto(x, 100 * x))
    add("softmax masked", L.Softmax, {}, (2, 3), masks=mask23, train=False)
    add("softmax masked whole", L.Softmax, {}, (2, 3), train=False,
        masks=[np.array([[True, False, True], [False, False, False]])])
    add("softmax masked rows", L.Softmax, dict(axis=1), (3, 3, 3), train=False,
        masks=[np.array([[True, True, False], [False, True, True], [True, True, True]])])
    add("softmax axes masked", L.Softmax, dict(axis=[0, 1]), (2, 3), masks=mask23, train=False)
    # LayerNormalization
    add("ln default", L.LayerNormalization, {}, (3, 4))
    add("ln rank 4", L.LayerNormalization, dict(epsilon=0.01), (2, 2, 3, 4))
    add("ln axis 1", L.LayerNormalization, dict(axis=1), (2, 3, 4))
    add("ln axes", L.LayerNormalization, dict(axis=[1, 2], epsilon=1e-5), (2, 3, 4))
    add("ln axes order", L.LayerNormalization, dict(axis=[3, 1]), (2, 3, 2, 4))
    add("ln axes of both signs", L.LayerNormalization, dict(axis=[1, -1]), (2, 3, 2, 4))
    add("ln axes at the front", L.LayerNormalization, dict(axis=[-3, -2]), (2, 3, 2, 4))
    add("ln no scale", L.LayerNormalization, dict(scale=False), (3, 4))
    add("ln no center", L.LayerNormalization, dict(center=False), (2, 3, 4))
    add("ln neither", L.LayerNormalization, dict(center=False, scale=False), (3, 4))
    add("ln rms", L.LayerNormalization, dict(rms_scaling=True), (3, 4))
    add("ln rms no scale axes", L.LayerNormalization, dict(rms_scaling=True, scale=False, axis=[1, 2]), (2, 3, 4))
    add("ln frozen", L.LayerNormalization, dict(trainable=False), (3, 4))
    add("ln masked", L.LayerNormalization, {}, (2, 3, 4), masks=mask23)
    add("ln regularized", L.LayerNormalization, lambda: dict(
        beta_regularizer=regularizers.L2(0.05), gamma_regularizer=regularizers.L1(0.05), beta_initializer="ones",
        gamma_initializer=initializers.Constant(0.5), gamma_constraint=constraints.MinMaxNorm(0.2, 0.9),
        beta_constraint="non_neg"), (3, 4))
    cases.write()
