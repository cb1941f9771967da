"""Operation nodes."""

from common import arr, clean, fresh, left_out, normal, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf
from keras import ops


def operations():
    cases = []

    def add(name, fn, *inputs):
        rng = fresh("op " + name)
        inputs = [i(rng) if callable(i) else np.asarray(i) for i in inputs]
        try:
            ins = [keras.Input(batch_shape=i.shape, dtype=str(i.dtype), name=f"in{n}") for n, i in enumerate(inputs)]
            out = fn(*ins)
            model = keras.Model(ins, out)
            entries = [e for e in model.get_config()["layers"] if e["class_name"] != "InputLayer"]
            assert len(entries) == 1, [e["class_name"] for e in entries]
            entry = entries[0]
            node = entry["inbound_nodes"][0]

            def value(o):
                if isinstance(o, dict) and o.get("class_name") == "__keras_tensor__":
                    return arr(inputs[int(o["config"]["keras_history"][0][2:])])
                if isinstance(o, dict):
                    return {k: value(v) for k, v in o.items()}
                if isinstance(o, (list, tuple)):
                    return [value(v) for v in o]
                return clean(o)

            result = model([tf.convert_to_tensor(i) for i in inputs])
            if isinstance(result, (list, tuple)):
                result = result[0]
            assert str(result.dtype.name) == out.dtype, (result.dtype, out.dtype)
            cases.append({
                "name": name,
                "module": entry["module"], "class_name": entry["class_name"],
                "config": clean(entry["config"]), "registered_name": entry["registered_name"],
                "args": value(node["args"]), "kwargs": value(node["kwargs"]), "output": arr(result),
            })
        except Exception as e:
            left_out("operation " + name, e)

    def f(*s):
        return lambda rng: normal(rng, *s, digits=2)

    def i(*s):
        return lambda rng: rng.integers(-2, 3, s).astype("int32")

    def b(*s):
        return lambda rng: rng.integers(0, 2, s).astype(bool)

    def d(*s):
        return lambda rng: np.round(rng.normal(0, 1, s), 3)

    for word, op, layer_op in [
        ("add", ops.add, lambda x, y: x + y),
        ("subtract", ops.subtract, lambda x, y: x - y),
        ("multiply", ops.multiply, lambda x, y: x * y),
    ]:
        add(f"{word} two", op, f(2, 3), f(2, 3))
        add(f"{word} broadcast", op, f(2, 2, 3), f(2, 1, 3))
        add(f"{word} broadcast both", op, f(2, 1, 3), f(1, 2, 1))
        add(f"{word} ranks", op, f(2, 2, 3), f(2, 3))
        add(f"{word} number", lambda x, o=layer_op: o(x, 1.5), f(2, 3))
        add(f"{word} number first", lambda x, o=layer_op: o(2, x), f(2, 3))
        add(f"{word} int number", lambda x, o=layer_op: o(x, 3), i(2, 3))
        add(f"{word} int and float number", lambda x, o=layer_op: o(x, 2.5), i(2, 3))
        add(f"{word} int and float", op, i(2, 3), f(2, 3))
        add(f"{word} float32 and float64", op, f(2, 3), d(2, 3))
        add(f"{word} bool and int", op, b(2, 3), i(2, 3))
        add(f"{word} bool and float", op, b(2, 3), f(2, 3))
    extremes = np.array([[-1000.0, -100.0, -88.0, -1.0, 0.0], [0.5, 10.0, 20.0, 100.0, 1000.0]], "float32")
    add("sigmoid", ops.sigmoid, f(2, 3))
    add("sigmoid rank 3", ops.sigmoid, f(2, 2, 3))
    add("sigmoid extremes", ops.sigmoid, extremes)
    add("sigmoid float64", ops.sigmoid, d(2, 3))
    add("sigmoid int", ops.sigmoid, i(2, 3))
    add("not_equal number", lambda x: x != 0, i(2, 4))
    add("not_equal float number", lambda x: ops.not_equal(x, 0.0), np.array([[0.0, -0.0, 1.5], [1e-7, 0.0, 2.0]], "float32"))
    add("not_equal two", ops.not_equal, i(3, 4), i(3, 4))
    add("not_equal broadcast", ops.not_equal, i(3, 4), i(1, 4))
    add("not_equal int and float", ops.not_equal, i(2, 3), np.array([[0.0, 1.0, 0.5], [2.0, 1.0, -1.0]], "float32"))
    add("not_equal nan", ops.not_equal, np.array([[np.nan, 1.0]], "float32"), np.array([[np.nan, 1.0]], "float32"))
    add("any", ops.any, b(2, 3))
    add("any axis -1", lambda x: ops.any(x, axis=-1), np.array([[False, False], [False, True], [True, True]]))
    add("any axis 1 keepdims", lambda x: ops.any(x, axis=1, keepdims=True), b(2, 2, 3))
    add("any axes", lambda x: ops.any(x, axis=(0, 2)), b(2, 3, 2))
    add("any axes negative keepdims", lambda x: ops.any(x, axis=(-1, -2), keepdims=True), b(2, 3, 2))
    add("any of int", lambda x: ops.any(x, axis=-1), np.array([[0, 0], [0, 2], [-1, 0]], "int32"))
    add("any of float", lambda x: ops.any(x, axis=0), np.array([[0.0, 0.0], [0.0, 0.25]], "float32"))
    add("logical_or", ops.logical_or, b(2, 4), b(2, 4))
    add("logical_or operator", lambda x, y: x | y, b(2, 4), b(2, 4))
    add("logical_or broadcast", ops.logical_or, b(3, 2), b(1, 2))
    add("logical_or ints", ops.logical_or, i(2, 3), i(2, 3))
    add("logical_or float and bool", ops.logical_or, np.array([[0.0, 0.5]], "float32"), np.array([[False, False]]))
    add("expand_dims -1", lambda x: ops.expand_dims(x, -1), f(2, 3))
    add("expand_dims 1", lambda x: ops.expand_dims(x, 1), f(2, 3))
    add("expand_dims -2", lambda x: ops.expand_dims(x, axis=-2), i(2, 3))
    add("expand_dims axes", lambda x: ops.expand_dims(x, axis=(1, -1)), f(2, 3))
    add("expand_dims bool", lambda x: ops.expand_dims(x, 0), b(2, 3))
    add("zeros_like", ops.zeros_like, f(2, 3))
    add("zeros_like int", ops.zeros_like, i(2, 3))
    add("zeros_like dtype", lambda x: ops.zeros_like(x, dtype="int32"), f(2, 3))
    add("zeros_like bool of float", lambda x: ops.zeros_like(x, dtype="bool"), f(2, 2))
    add("concatenate", lambda x, y: ops.concatenate([x, y], axis=-1), f(2, 3), f(2, 2))
    add("concatenate axis 1 of three", lambda x, y, z: ops.concatenate([x, y, z], axis=1), f(2, 1, 2), f(2, 2, 2), f(2, 1, 2))
    add("concatenate axis 0", lambda x, y: ops.concatenate([x, y]), f(2, 3), f(1, 3))
    add("concatenate int and float", lambda x, y: ops.concatenate([x, y], axis=1), i(2, 2), f(2, 1))
    add("concatenate bool", lambda x, y: ops.concatenate([x, y], axis=-1), b(2, 2), b(2, 1))
    write("operations", cases)
