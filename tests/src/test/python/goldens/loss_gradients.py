"""Losses whose gradients need care: values and derivatives."""

from common import arr, fresh, obj, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf
from keras import losses

SEQUENCES = [[1, 2, 0, 0], [0, 0, 0, 0], [1, 1, 2, 0], [3, 2, 1, 3], [2, 0, 0, 0]]


def unit(rng, *shape):
    e = rng.normal(0, 1, shape)
    return np.round(e / np.linalg.norm(e, axis=-1, keepdims=True), 3).astype("float32")


CASES = [
    ("CTC", {}, lambda rng: (np.array(SEQUENCES, "int32"), rng.normal(0, 2, (5, 6, 4)))),
    ("CTC", dict(reduction="none"), lambda rng: (np.array(SEQUENCES, "float32"), rng.normal(0, 1, (5, 5, 4)))),
    ("CTC", dict(reduction="sum", name="c"), lambda rng: (np.array([[1, 1], [1, 0]], "int32"), rng.normal(0, 1, (2, 3, 2)))),
    ("Circle", {}, lambda rng: (np.array([0, 0, 1, 1, 2], "int32"), unit(rng, 5, 3))),
    ("Circle", dict(reduction="none", gamma=5.0), lambda rng: (np.array([[0], [0], [1], [2]], "int32"), unit(rng, 4, 2))),
    ("Circle", dict(gamma=3.0, margin=0.1, remove_diagonal=False), lambda rng: (np.array([3, 3, 3, 7], "int32"), unit(rng, 4, 2))),
    ("Circle", dict(gamma=2.0, reduction="sum"), lambda rng: (np.array([1, 1, 1], "int32"), unit(rng, 3, 2))),
]


def loss_gradients_section():
    cases = []
    for cls, kwargs, data in CASES:
        rng = fresh(f"loss gradient {cls} {kwargs}")
        y_true, y_pred = data(rng)
        y_pred = np.round(y_pred, 3).astype("float32")
        loss = getattr(losses, cls)(**kwargs)
        x = tf.constant(y_pred)
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = loss(y_true, x)
        case = {"object": obj(loss), "y_true": arr(y_true), "y_pred": arr(y_pred), "output": arr(value),
                "gradient": arr(tape.gradient(value, x))}
        if kwargs:
            case["arguments"] = kwargs
        cases.append(case)
    write("loss_gradients", {"cases": cases})
