"""Activations."""

import inspect

from common import arr, clean, fresh, left_out, normal, uniform, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf


def activations():
    A = keras.activations
    extra = {
        "relu": [dict(negative_slope=0.1), dict(max_value=6.0), dict(threshold=1.0),
                 dict(negative_slope=0.2, max_value=2.0, threshold=0.5), dict(max_value=0.0)],
        "leaky_relu": [dict(negative_slope=0.01), dict(negative_slope=0.5)],
        "softmax": [dict(axis=0), dict(axis=1)],
        "log_softmax": [dict(axis=0), dict(axis=1)],
        "sparsemax": [dict(axis=0), dict(axis=1)],
        "elu": [dict(alpha=0.5)],
        "celu": [dict(alpha=2.0)],
        "glu": [dict(axis=0)],
        "gelu": [dict(approximate=True)],
        "soft_shrink": [dict(threshold=1.0)],
        "hard_shrink": [dict(threshold=1.0)],
        "squareplus": [dict(b=1), dict(b=0.25)],
        "threshold": [dict(threshold=0.5, default_value=-1.0), dict(threshold=-1.0, default_value=2.0)],
    }
    two = np.array([[-200.0, -30.0, -6.0, -3.0, -2.5, -1.0], [-0.5, -0.001, 0.0, 0.001, 0.25, 0.5],
                    [1.0, 2.0, 2.5, 3.5, 5.0, 6.0], [7.5, 20.0, 30.0, 90.0, 200.0, 0.7]], "float32")
    names = {}
    for public in sorted(dir(A)):
        fn = getattr(A, public)
        if inspect.isfunction(fn) and public not in ("get", "serialize", "deserialize"):
            names.setdefault(fn, []).append(public)
    cases = []
    for fn, publics in names.items():
        name = fn.__name__ if fn.__name__ in publics else publics[0]
        for kwargs in ([] if name == "threshold" else [{}]) + extra.get(name, []):
            rng = fresh(f"activation {name} {kwargs}")
            for x in (two, normal(rng, 2, 2, 4, scale=2.0, digits=2)):
                try:
                    t = tf.convert_to_tensor(x)
                    with tf.GradientTape() as tape:
                        tape.watch(t)
                        y = fn(t, **kwargs)
                        w = uniform(rng, 0.25, 1.5, *y.shape, digits=2)
                        s = tf.reduce_sum(y * w)
                    case = {"function": name, "kwargs": clean(kwargs), "input": arr(x), "output": arr(y),
                            "cotangent": arr(w), "gradient": arr(tf.convert_to_tensor(tape.gradient(s, t)))}
                    if len(publics) > 1:
                        case["aliases"] = [p for p in publics if p != name]
                    cases.append(case)
                except Exception as e:
                    left_out(f"activation {name} {kwargs} {x.shape}", e)
    write("activations", cases)
