"""Schedules, regularizers, constraints."""

from common import arr, fresh, left_out, normal, obj, write  # first: it sets the environment

import numpy as np
import tensorflow as tf
from keras import constraints, optimizers, regularizers


def schedules():
    S = optimizers.schedules
    steps = [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 15, 19, 20, 21, 29, 30, 31, 50, 99, 100, 1000]
    cases = []
    for make in (
        lambda: S.ExponentialDecay(0.1, 10, 0.5), lambda: S.ExponentialDecay(0.2, 4, 0.9, staircase=True, name="e"),
        lambda: S.InverseTimeDecay(0.1, 10, 0.5), lambda: S.InverseTimeDecay(0.2, 4, 2.0, staircase=True),
        lambda: S.PolynomialDecay(0.1, 10), lambda: S.PolynomialDecay(0.1, 20, end_learning_rate=0.01, power=2.0),
        lambda: S.PolynomialDecay(0.1, 10, end_learning_rate=0.02, power=0.5, cycle=True),
        lambda: S.PiecewiseConstantDecay([3, 10], [0.5, 0.25, 0.1]), lambda: S.PiecewiseConstantDecay([5], [1.0, 0.125], name="p"),
        lambda: S.CosineDecay(0.1, 20), lambda: S.CosineDecay(0.1, 20, alpha=0.1),
        lambda: S.CosineDecay(0.01, 20, alpha=0.05, warmup_target=0.2, warmup_steps=5),
        lambda: S.CosineDecay(0.1, 20, warmup_steps=5), lambda: S.CosineDecay(0.0, 10, warmup_target=0.5, warmup_steps=10),
        lambda: S.CosineDecayRestarts(0.1, 5), lambda: S.CosineDecayRestarts(0.1, 4, t_mul=1.5, m_mul=0.8, alpha=0.1),
        lambda: S.CosineDecayRestarts(0.2, 3, t_mul=1.0, m_mul=0.5),
    ):
        o = make()
        cases.append({"object": obj(o), "steps": steps, "output": arr(np.array([np.float32(o(tf.constant(s, "int64"))) for s in steps]))})
    write("schedules", cases)


def regularizers_section():
    R = regularizers
    cases = []
    for make in (lambda: R.L1(), lambda: R.L1(0.3), lambda: R.L2(), lambda: R.L2(0.3), lambda: R.L1L2(), lambda: R.L1L2(0.2, 0.05),
                 lambda: R.L1L2(l1=0.1), lambda: R.OrthogonalRegularizer(), lambda: R.OrthogonalRegularizer(0.5, mode="columns")):
        for shape in [(3, 4), (4,), (2, 2, 2, 3)]:
            o = make()
            rng = fresh(f"regularizer {obj(o)} {shape}")
            x = normal(rng, *shape)
            x.ravel()[0] = 0
            try:
                t = tf.convert_to_tensor(x)
                with tf.GradientTape() as tape:
                    tape.watch(t)
                    y = o(t)
                g = tape.gradient(y, t)
                cases.append({"object": obj(o), "input": arr(x), "output": arr(y),
                              "gradient": arr(g if g is not None else np.zeros_like(x))})
            except Exception as e:
                left_out(f"regularizer {o} {shape}", e)
    write("regularizers", cases)


def constraints_section():
    C = constraints
    cases = []
    for make in (lambda: C.MaxNorm(), lambda: C.MaxNorm(0.8), lambda: C.MaxNorm(1.0, axis=1), lambda: C.MaxNorm(1.0, axis=[0, 1, 2]),
                 lambda: C.MaxNorm(1.0, axis=None), lambda: C.MinMaxNorm(0.5, 0.9, rate=0.3, axis=None), lambda: C.UnitNorm(axis=None),
                 lambda: C.NonNeg(), lambda: C.UnitNorm(), lambda: C.UnitNorm(axis=1), lambda: C.UnitNorm(axis=[0, 1]),
                 lambda: C.MinMaxNorm(), lambda: C.MinMaxNorm(0.5, 0.9), lambda: C.MinMaxNorm(0.5, 0.9, rate=0.3, axis=1)):
        for shape in [(3, 4), (4,), (2, 2, 2, 3)]:
            o = make()
            rng = fresh(f"constraint {obj(o)} {shape}")
            x = normal(rng, *shape)
            if len(shape) == 2:
                x[:, 1] = 0
                x[:, 2] *= 4
            try:
                cases.append({"object": obj(o), "input": arr(x), "output": arr(o(tf.convert_to_tensor(x)))})
            except Exception as e:
                left_out(f"constraint {obj(o)} {shape}", e)
    write("constraints", cases)
