"""What the sections of operations share: one case is a functional model of one operation."""

from common import arr, clean, fresh, left_out, normal  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf


def f(*s):
    """Floats."""
    return lambda rng: normal(rng, *s, digits=2)


def p(*s):
    """Positive floats."""
    return lambda rng: np.abs(normal(rng, *s, digits=2)) + np.float32(0.25)


def d(*s):
    """Doubles."""
    return lambda rng: np.round(rng.normal(0, 1, s), 3)


def i(*s):
    """Whole numbers."""
    return lambda rng: rng.integers(-3, 4, s).astype("int32")


def u(*s):
    """Whole numbers of one byte."""
    return lambda rng: rng.integers(1, 6, s).astype("uint8")


def b(*s):
    """Truth values."""
    return lambda rng: rng.integers(0, 2, s).astype(bool)


def constant(o):
    config = o["config"]
    if o["class_name"] in ("__numpy__", "__tensor__"):
        return {"constant": arr(np.array(config["value"], config["dtype"]))}
    if o["class_name"] == "__slice__":
        return {"slice": [config["start"], config["stop"], config["step"]]}
    assert o["class_name"] == "__ellipsis__", o
    return {"ellipsis": True}


class Cases:
    """The cases of one section."""

    def __init__(self):
        self.cases = []

    def add(self, name, fn, *inputs):
        rng = fresh("op " + name)
        inputs = [x(rng) if callable(x) else np.asarray(x) for x in inputs]
        try:
            self.cases.append(self.case(name, fn, inputs))
        except Exception as e:
            left_out("operation " + name, e)

    def case(self, name, fn, inputs):
        ins = [keras.Input(batch_shape=x.shape, dtype=str(x.dtype), name=f"in{n}") for n, x in enumerate(inputs)]
        out = fn(*ins)
        model = keras.Model(ins, out)
        entries = [e for e in model.get_config()["layers"] if e["class_name"] != "InputLayer"]
        assert len(entries) == 1, [e["class_name"] for e in entries]
        entry = entries[0]
        node = entry["inbound_nodes"][0]

        def value(o):
            if isinstance(o, dict) and o.get("class_name") == "__keras_tensor__":
                return arr(inputs[int(o["config"]["keras_history"][0][2:])])
            if isinstance(o, dict) and "class_name" in o:
                return constant(o)
            if isinstance(o, dict):
                return {k: value(v) for k, v in o.items()}
            if isinstance(o, (list, tuple)):
                return [value(v) for v in o]
            return clean(o)

        result = model([tf.convert_to_tensor(x) for x in inputs])
        several = isinstance(result, (list, tuple))
        for r, o in zip(result if several else [result], out if several else [out]):
            assert str(r.dtype.name) == o.dtype, (r.dtype, o.dtype)
        case = {
            "name": name,
            "module": entry["module"], "class_name": entry["class_name"],
            "config": clean(entry["config"]), "registered_name": entry["registered_name"],
            "args": value(node["args"]), "kwargs": value(node["kwargs"]),
        }
        specs = [list(o.shape) for o in (out if several else [out])]
        if any(None in s for s in specs):
            case["shapes"] = specs
        if several:
            case["outputs"] = [arr(r) for r in result]
        else:
            case["output"] = arr(result)
        return case
