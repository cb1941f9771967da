"""What all sections share: the output format, seeded random values."""

import json
import math
import os
import warnings
import zlib
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

# one thread makes sums repeatable; op determinism would keep Keras from XLA, which channels_first needs
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

tf.get_logger().setLevel("ERROR")

import keras  # noqa: E402

OUT = Path(__file__).resolve().parents[2] / "resources" / "golden" / f"keras-{keras.__version__}"


# ---------------------------------------------------------------- writing


def number(v, dtype):
    if dtype in ("bool", "string"):
        return bool(v) if dtype == "bool" else str(v)
    if "int" in dtype:
        return int(v)
    if math.isnan(v):
        return "NaN"
    if math.isinf(v):
        return "Infinity" if v > 0 else "-Infinity"
    return float(str(v)) if dtype == "float32" else float(v)


def arr(a):
    """An array of the output format."""
    if hasattr(a, "numpy"):
        a = a.numpy()
    a = np.asarray(a)
    if str(a.dtype) in ("bfloat16", "float16"):
        a = a.astype("float32")
    dtype = "string" if a.dtype.kind in "SUO" else str(a.dtype)
    return {
        "shape": list(a.shape),
        "dtype": dtype,
        "data": [number(v, dtype) for v in a.ravel()],
    }


def clean(o):
    """Any configuration as strict JSON."""
    if isinstance(o, dict):
        return {str(k): clean(v) for k, v in o.items()}
    if isinstance(o, (list, tuple)):
        return [clean(v) for v in o]
    if o is None or isinstance(o, (bool, str, int)):
        return o
    if isinstance(o, float):
        return number(o, "float64")
    if isinstance(o, np.generic):
        return clean(o.item())
    if isinstance(o, np.ndarray) or tf.is_tensor(o):
        return arr(o)
    raise TypeError(f"cannot write {type(o)}")


def obj(o):
    s = keras.saving.serialize_keras_object(o)
    s = {k: v for k, v in s.items() if k not in ("build_config", "compile_config")}
    return clean(s)


def write(name, value):
    """One case a line."""
    OUT.mkdir(parents=True, exist_ok=True)

    def line(v):
        return json.dumps(v, separators=(",", ":"), allow_nan=False)

    def lines(v):
        return "[\n" + ",\n".join(line(e) for e in v) + "\n]"

    if isinstance(value, list):
        text = lines(value)
        count = str(len(value))
    else:
        parts = []
        for k, v in value.items():
            parts.append(json.dumps(k) + ":" + (lines(v) if isinstance(v, list) else line(v)))
        text = "{\n" + ",\n".join(parts) + "\n}"
        count = ", ".join(f"{k} {len(v)}" for k, v in value.items() if isinstance(v, list))
    path = OUT / f"{name}.json"
    path.write_text(text + "\n")
    json.loads(path.read_text())
    print(f"{path.name}: {count}; {path.stat().st_size} bytes", flush=True)


def left_out(what, error):
    print(f"  left out: {what}: {type(error).__name__}: {str(error).strip().splitlines()[0][:110] if str(error).strip() else ''}")


# ---------------------------------------------------------------- random values


def rng_of(name):
    return np.random.default_rng(zlib.crc32(name.encode()))


def normal(rng, *shape, scale=1.0, digits=3):
    return np.round(rng.normal(0, scale, shape), digits).astype("float32")


def uniform(rng, low, high, *shape, digits=3):
    return np.round(rng.uniform(low, high, shape), digits).astype("float32")


def fresh(name):
    keras.backend.clear_session()
    keras.config.set_dtype_policy("float32")
    keras.utils.set_random_seed(zlib.crc32(name.encode()) % 2**31)
    return rng_of(name)


def random_weights(rng, variables, scale=0.5):
    """Values for variables; nothing stays at what an initializer makes."""
    values = []
    for v in variables:
        if "int" in v.dtype:
            values.append(rng.integers(0, 9, v.shape))
        elif v.path.endswith(("variance", "stddev")):
            values.append(uniform(rng, 0.3, 2.0, *v.shape))
        elif v.path.endswith("gamma"):
            values.append(uniform(rng, 0.5, 1.7, *v.shape))
        else:
            values.append(normal(rng, *v.shape, scale=scale))
    return values


def f32(v):
    return number(np.float32(v), "float32")
