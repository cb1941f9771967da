"""Writes the golden values that the tests compare against: what real Keras computes.

Run:  pip install keras==3.15.1 tensorflow-cpu==2.21.0 && python goldens.py [section ...]

With no argument every file of ../resources/golden/keras-<version>/ is written anew; with section
names (e.g. "layers fit") only those.  Everything is seeded per case, so a new case changes no other.

Format.  An array is {"shape": [...], "dtype": "...", "data": [flat, row major]}.  A number is the
shortest decimal that gives the value back in its dtype: parse it as that dtype (a float32 0.1 is
float32(0.1), to be widened afterwards).  bfloat16 and float16 results are stored as float32.
Numbers that JSON has no word for are the strings "NaN", "Infinity" and "-Infinity".
Objects are as keras.saving.serialize_keras_object gives them; where "arguments" stands beside one,
those are the constructor's arguments, for Keras leaves some out of the configuration.
What Keras refuses is left out.
"""

import inspect
import json
import math
import os
import sys
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
from keras import constraints, initializers, layers, losses, metrics  # noqa: E402
from keras import ops, optimizers, regularizers  # noqa: E402

OUT = Path(__file__).resolve().parents[1] / "resources" / "golden" / f"keras-{keras.__version__}"


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
        if v.path.endswith("variance"):
            values.append(uniform(rng, 0.3, 2.0, *v.shape))
        elif v.path.endswith("gamma"):
            values.append(uniform(rng, 0.5, 1.7, *v.shape))
        else:
            values.append(normal(rng, *v.shape, scale=scale))
    return values


# ---------------------------------------------------------------- defaults


REQUIRED = {
    "Activation": dict(activation="relu"),
    "AdaptiveAveragePooling1D": dict(output_size=3),
    "AdaptiveAveragePooling2D": dict(output_size=3),
    "AdaptiveAveragePooling3D": dict(output_size=3),
    "AdaptiveMaxPooling1D": dict(output_size=3),
    "AdaptiveMaxPooling2D": dict(output_size=3),
    "AdaptiveMaxPooling3D": dict(output_size=3),
    "AlphaDropout": dict(rate=0.25),
    "Bidirectional": dict(layer=lambda: layers.LSTM(3)),
    "CategoryEncoding": dict(num_tokens=4),
    "CenterCrop": dict(height=3, width=4),
    "ConvLSTM1D": dict(filters=3, kernel_size=2),
    "ConvLSTM2D": dict(filters=3, kernel_size=2),
    "ConvLSTM3D": dict(filters=3, kernel_size=2),
    "Dense": dict(units=3),
    "Discretization": dict(bin_boundaries=[0.0, 1.0, 2.5]),
    "Dot": dict(axes=1),
    "Dropout": dict(rate=0.25),
    "EinsumDense": dict(equation="abc,cd->abd", output_shape=[None, 4]),
    "Embedding": dict(input_dim=5, output_dim=3),
    "GRU": dict(units=3),
    "GRUCell": dict(units=3),
    "GaussianDropout": dict(rate=0.25),
    "GaussianNoise": dict(stddev=0.25),
    "GroupedQueryAttention": dict(head_dim=4, num_query_heads=4, num_key_value_heads=2),
    "HashedCrossing": dict(num_bins=5),
    "Hashing": dict(num_bins=5),
    "InputLayer": dict(shape=[3]),
    "LSTM": dict(units=3),
    "LSTMCell": dict(units=3),
    "MaxNumBoundingBoxes": dict(max_number=5),
    "MultiHeadAttention": dict(num_heads=2, key_dim=3),
    "Permute": dict(dims=[2, 1]),
    "Pipeline": dict(layers=lambda: [layers.Rescaling(0.5)]),
    "RNN": dict(cell=lambda: layers.LSTMCell(3)),
    "RandomBrightness": dict(factor=0.25),
    "RandomColorDegeneration": dict(factor=0.25),
    "RandomContrast": dict(factor=0.25),
    "RandomCrop": dict(height=3, width=4),
    "RandomHue": dict(factor=0.25),
    "RandomPosterization": dict(factor=4),
    "RandomRotation": dict(factor=0.25),
    "RandomSaturation": dict(factor=0.25),
    "RandomSharpness": dict(factor=0.25),
    "RandomTranslation": dict(height_factor=0.25, width_factor=0.25),
    "RandomZoom": dict(height_factor=0.25),
    "RepeatVector": dict(n=3),
    "Rescaling": dict(scale=0.5),
    "Reshape": dict(target_shape=[3, 2]),
    "Resizing": dict(height=3, width=4),
    "ReversibleEmbedding": dict(input_dim=5, output_dim=3),
    "SimpleRNN": dict(units=3),
    "SimpleRNNCell": dict(units=3),
    "SpatialDropout1D": dict(rate=0.25),
    "SpatialDropout2D": dict(rate=0.25),
    "SpatialDropout3D": dict(rate=0.25),
    "SpectralNormalization": dict(layer=lambda: layers.Dense(3)),
    "StackedRNNCells": dict(cells=lambda: [layers.LSTMCell(3)]),
    "TimeDistributed": dict(layer=lambda: layers.Dense(3)),
    "Wrapper": dict(layer=lambda: layers.Dense(3)),
    "Metric": dict(),
    "IoU": dict(num_classes=3, target_class_ids=[1]),
    "MeanIoU": dict(num_classes=3),
    "OneHotIoU": dict(num_classes=3, target_class_ids=[1]),
    "OneHotMeanIoU": dict(num_classes=3),
    "PrecisionAtRecall": dict(recall=0.5),
    "RecallAtPrecision": dict(precision=0.5),
    "SensitivityAtSpecificity": dict(specificity=0.5),
    "SpecificityAtSensitivity": dict(sensitivity=0.5),
    "Optimizer": dict(learning_rate=0.25),
    "LossScaleOptimizer": dict(inner_optimizer=lambda: optimizers.SGD()),
    "MultiOptimizer": dict(optimizer_map=lambda: optimizers.OptimizerMap(optimizers.SGD())),
    "OptimizerMap": dict(default_optimizer=lambda: optimizers.SGD()),
    "CosineDecay": dict(initial_learning_rate=0.25, decay_steps=10),
    "CosineDecayRestarts": dict(initial_learning_rate=0.25, first_decay_steps=10),
    "ExponentialDecay": dict(initial_learning_rate=0.25, decay_steps=10, decay_rate=0.5),
    "InverseTimeDecay": dict(initial_learning_rate=0.25, decay_steps=10, decay_rate=0.5),
    "PiecewiseConstantDecay": dict(boundaries=[10, 20], values=[0.5, 0.25, 0.125]),
    "PolynomialDecay": dict(initial_learning_rate=0.25, decay_steps=10),
}
for _rank in "123":
    for _c in ("Conv{}D", "Conv{}DTranspose", "SeparableConv{}D"):
        REQUIRED[_c.format(_rank)] = dict(filters=3, kernel_size=2)
    REQUIRED[f"AveragePooling{_rank}D"] = dict(pool_size=2)
    REQUIRED[f"DepthwiseConv{_rank}D"] = dict(kernel_size=2)

SKIP = {
    "FlaxLayer": "needs JAX and Flax",
    "JaxLayer": "needs JAX",
    "TorchModuleWrapper": "needs PyTorch",
    "TFSMLayer": "needs a saved model on disk; its configuration is that file's path",
    "Lambda": "its configuration holds the byte code of a Python function",
    "InputSpec": "not serializable by Keras",
    "STFTSpectrogram": "needs SciPy",
    "STFT": "needs SciPy",
    "Regularizer": "abstract: no configuration",
    "LearningRateSchedule": "abstract: no configuration",
    "MeanMetricWrapper": "its required argument is a Python function",
}


def defaults():
    entries, skipped = [], []
    for module in ("layers", "initializers", "regularizers", "constraints", "losses", "metrics",
                   "optimizers", "optimizers.schedules"):
        mod = keras
        for part in module.split("."):
            mod = getattr(mod, part)
        classes = {}
        for public in sorted(dir(mod)):
            c = getattr(mod, public)
            if inspect.isclass(c) and not public.startswith("_") and public[0].isupper():
                classes.setdefault(c, []).append(public)
        for c, names in classes.items():
            if c.__name__ in SKIP:
                skipped.append({"module": f"keras.{module}", "class_name": c.__name__, "why": SKIP[c.__name__]})
                continue
            required = REQUIRED.get(c.__name__, {})
            made, used = [], None
            try:
                for seed in (1, 2):
                    keras.backend.clear_session()
                    keras.utils.set_random_seed(seed)
                    used = {k: v() if callable(v) else v for k, v in required.items()}
                    o = c(**used)
                    made.append(obj(o))
            except Exception as e:
                skipped.append({"module": f"keras.{module}", "class_name": c.__name__,
                                "why": f"{type(e).__name__}: {str(e).strip().splitlines()[0][:200]}"})
                left_out(f"{module}.{c.__name__}", e)
                continue
            entry = made[0]
            entry["required"] = {
                k: clean([obj(e) for e in v]) if callable(required[k]) and isinstance(v, list)
                else obj(v) if callable(required[k]) else clean(v)
                for k, v in used.items()
            }
            aliases = [n for n in names if n != entry["class_name"]]
            if aliases:
                entry["aliases"] = aliases
            arbitrary = [k for k in made[0]["config"] if made[0]["config"][k] != made[1]["config"][k]]
            if arbitrary:
                entry["arbitrary"] = arbitrary  # differs from one instance to the next
            entries.append(entry)
    write("defaults", {"objects": entries, "skipped": skipped})


# ---------------------------------------------------------------- layers


def with_masks(tensors, masks):
    tensors = [tf.convert_to_tensor(t) for t in tensors]
    for t, m in zip(tensors, masks):
        if m is not None:
            keras.src.backend.set_keras_mask(t, tf.convert_to_tensor(m))
    return tensors[0] if len(tensors) == 1 else tensors


def run(layer, inputs, masks, xla):
    """Inference; on a CPU TensorFlow's own kernels refuse channels_first convolutions, XLA's do not."""
    if not xla:
        return layer(with_masks(inputs, masks), training=False)
    return tf.function(lambda x: layer(x, training=False), jit_compile=True)(with_masks(inputs, masks))


def layer_case(name, make, inputs, masks=None, train=True, xla=False):
    """make(**dtype) gives a new layer."""
    rng = fresh(name)
    inputs = inputs(rng) if callable(inputs) else inputs
    masks = masks or [None] * len(inputs)
    layer = make()
    run(layer, inputs, masks, xla)
    weights = random_weights(rng, layer.weights)
    layer.set_weights(weights)
    y = run(layer, inputs, masks, xla)
    case = {"name": name, "layer": clean(keras.saving.serialize_keras_object(layer)), "inputs": [arr(i) for i in inputs]}
    if any(m is not None for m in masks):
        m = [None if m is None else arr(m) for m in masks]
        case["mask"] = m[0] if len(m) == 1 else m
    case["weights"] = [arr(w) for w in weights]
    case["weight_names"] = [v.path.split("/")[-1] for v in layer.weights]
    case["trainable"] = [any(v is t for t in layer.trainable_weights) for v in layer.weights]
    case["output"] = arr(y)
    mask = keras.src.backend.get_keras_mask(y)
    if mask is not None:
        case["output_mask"] = arr(mask)
    for policy in ("float64", "mixed_bfloat16"):
        try:
            keras.backend.clear_session()
            other = make(dtype=policy)
            run(other, inputs, masks, xla)
            other.set_weights(weights)
            case[f"output_{policy}"] = arr(run(other, inputs, masks, xla))
        except Exception as e:
            left_out(f"{name} {policy}", e)
    if train:
        try:
            case["train"] = layer_train(name, make, inputs, weights, xla)
        except Exception as e:
            left_out(f"{name} train", e)
    return case


def layer_train(name, make, inputs, weights, xla):
    rng = fresh(name + " train")
    layer = make()
    ins = [keras.Input(i.shape[1:], dtype=str(i.dtype)) for i in inputs]
    h = layer(ins[0] if len(ins) == 1 else ins)
    if len(h.shape) > 2:
        h = layers.Flatten(name="flat")(h)
    head = layers.Dense(2, use_bias=False, name="head")
    model = keras.Model(ins, head(h))
    head_kernel = normal(rng, *head.kernel.shape, scale=0.3, digits=2)
    head.set_weights([head_kernel])
    layer.set_weights(weights)
    model.compile(optimizer=optimizers.SGD(0.1), loss="mse", jit_compile=xla)
    if inputs[0].dtype.kind == "i":
        xs = [rng.integers(0, i.max() + 1, i.shape).astype(i.dtype) for i in inputs]
    else:
        xs = [normal(rng, *i.shape, digits=2) for i in inputs]
    y = normal(rng, inputs[0].shape[0], 2, digits=2)
    seen = [float(str(np.float32(model.train_on_batch(xs if len(xs) > 1 else xs[0], y)))) for _ in range(2)]
    assert all(math.isfinite(v) and v < 1e3 for v in seen), seen
    return {
        "x": [arr(x) for x in xs],
        "y": arr(y),
        "head": arr(head_kernel),
        "losses": seen,
        "weights_after": [arr(w) for w in layer.get_weights()],
        "head_after": arr(head.get_weights()[0]),
    }


def layers_section():
    L = layers
    cases = []

    def add(name, cls, kwargs, *shapes, ints=None, masks=None, train=True, fill=None, xla=False):
        def inputs(rng):
            if ints:
                return [rng.integers(0, ints, s).astype("int32") for s in shapes]
            xs = [normal(rng, *s, digits=2) for s in shapes]
            if fill:
                fill(xs[0])
            return xs

        def make(**dtype):
            k = kwargs() if callable(kwargs) else kwargs
            return cls(**{**k, **dtype})

        if callable(masks):
            masks = masks()
        try:
            cases.append(layer_case(name, make, inputs, masks, train, xla))
        except Exception as e:
            left_out(name, e)

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
    write("layers", cases)


# ---------------------------------------------------------------- operations


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


# ---------------------------------------------------------------- activations


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


# ---------------------------------------------------------------- losses


def softmax_np(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def one_hot(rng, *shape):
    return np.eye(shape[-1], dtype="float32")[rng.integers(0, shape[-1], shape[:-1])]


def targets(kind, rng, shape):
    """(y_true, y_pred) of one kind."""
    if kind == "real":
        return normal(rng, *shape, digits=2), normal(rng, *shape, digits=2)
    if kind == "far":
        return normal(rng, *shape, scale=3, digits=2), normal(rng, *shape, scale=3, digits=2)
    if kind == "positive":
        return uniform(rng, 0, 3, *shape, digits=2), uniform(rng, 0.1, 3, *shape, digits=2)
    if kind == "binary":
        p = uniform(rng, 0, 1, *shape, digits=2)
        p.ravel()[:2] = [0.0, 1.0]
        return rng.integers(0, 2, shape).astype("float32"), p
    if kind == "binary logits":
        return rng.integers(0, 2, shape).astype("float32"), normal(rng, *shape, scale=4, digits=2)
    if kind == "signs":
        return (rng.integers(0, 2, shape) * 2 - 1).astype("float32"), normal(rng, *shape, digits=2)
    if kind == "zero one signs":
        return rng.integers(0, 2, shape).astype("float32"), normal(rng, *shape, digits=2)
    if kind == "categorical":
        p = softmax_np(rng.normal(0, 1.5, shape))
        return one_hot(rng, *shape), np.round(p, 4).astype("float32")
    if kind == "categorical unnormalized":
        return one_hot(rng, *shape), uniform(rng, 0, 2, *shape, digits=2)
    if kind == "categorical logits":
        return one_hot(rng, *shape), normal(rng, *shape, scale=3, digits=2)
    if kind == "distribution":
        return (np.round(softmax_np(rng.normal(0, 1, shape)), 4).astype("float32"),
                np.round(softmax_np(rng.normal(0, 1, shape)), 4).astype("float32"))
    if kind in ("sparse", "sparse logits", "sparse column"):
        _, p = targets("categorical logits" if kind == "sparse logits" else "categorical", rng, shape)
        y = rng.integers(0, shape[-1], shape[:-1]).astype("int32")
        return (y[..., None] if kind == "sparse column" else y), p
    if kind == "embeddings":
        e = rng.normal(0, 1, shape)
        e /= np.linalg.norm(e, axis=-1, keepdims=True)
        return np.array([0, 1, 0, 1, 2, 2][:shape[0]], "int32"), np.round(e, 3).astype("float32")
    raise ValueError(kind)


R2, R3 = (4, 3), (2, 3, 3)
LOSSES = [
    # class, arguments, kind, shapes
    ("MeanSquaredError", {}, "real", [R2, R3, (4,), (4, 1)]),
    ("MeanSquaredError", dict(reduction="sum"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="mean"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="mean_with_sample_weight"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="none"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction=None), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="sum_over_batch_size", name="mine", dtype="float64"), "real", [R2]),
    ("MeanAbsoluteError", {}, "real", [R2, R3]),
    ("MeanAbsoluteError", dict(reduction="sum"), "real", [R2]),
    ("MeanAbsolutePercentageError", {}, "real", [R2, R3]),
    ("MeanAbsolutePercentageError", dict(reduction="none"), "positive", [R2]),
    ("MeanSquaredLogarithmicError", {}, "positive", [R2, R3]),
    ("MeanSquaredLogarithmicError", dict(reduction="sum"), "real", [R2]),
    ("CosineSimilarity", {}, "real", [R2, R3]),
    ("CosineSimilarity", dict(axis=0), "real", [R2]),
    ("CosineSimilarity", dict(axis=1, reduction="none"), "real", [R3]),
    ("Huber", {}, "far", [R2, R3]),
    ("Huber", dict(delta=2.5), "far", [R2]),
    ("LogCosh", {}, "far", [R2, R3]),
    ("LogCosh", dict(reduction="sum"), "far", [R2]),
    ("Hinge", {}, "signs", [R2, R3]),
    ("Hinge", {}, "zero one signs", [R2]),
    ("Hinge", dict(reduction="none"), "signs", [R2]),
    ("SquaredHinge", {}, "signs", [R2, R3]),
    ("SquaredHinge", dict(reduction="sum"), "zero one signs", [R2]),
    ("CategoricalHinge", {}, "categorical", [R2, R3]),
    ("CategoricalHinge", dict(reduction="sum"), "categorical logits", [R2]),
    ("KLDivergence", {}, "distribution", [R2, R3]),
    ("KLDivergence", dict(reduction="none"), "categorical", [R2]),
    ("Poisson", {}, "positive", [R2, R3]),
    ("Poisson", dict(reduction="sum"), "positive", [R2]),
    ("BinaryCrossentropy", {}, "binary", [R2, R3, (4,), (4, 1)]),
    ("BinaryCrossentropy", dict(from_logits=True), "binary logits", [R2, R3]),
    ("BinaryCrossentropy", dict(label_smoothing=0.2), "binary", [R2]),
    ("BinaryCrossentropy", dict(from_logits=True, label_smoothing=0.1, axis=1, reduction="none"), "binary logits", [R3]),
    ("BinaryFocalCrossentropy", {}, "binary", [R2, R3]),
    ("BinaryFocalCrossentropy", dict(apply_class_balancing=True, alpha=0.4, gamma=1.5), "binary", [R2]),
    ("BinaryFocalCrossentropy", dict(from_logits=True, label_smoothing=0.1), "binary logits", [R2]),
    ("CategoricalCrossentropy", {}, "categorical", [R2, R3]),
    ("CategoricalCrossentropy", {}, "categorical unnormalized", [R2]),
    ("CategoricalCrossentropy", dict(from_logits=True), "categorical logits", [R2, R3]),
    ("CategoricalCrossentropy", dict(label_smoothing=0.1), "categorical", [R2]),
    ("CategoricalCrossentropy", dict(axis=1), "categorical unnormalized", [R3]),
    ("CategoricalCrossentropy", dict(from_logits=True, axis=1, reduction="sum"), "categorical logits", [R3]),
    ("CategoricalFocalCrossentropy", {}, "categorical", [R2, R3]),
    ("CategoricalFocalCrossentropy", dict(alpha=0.4, gamma=1.5, label_smoothing=0.1), "categorical", [R2]),
    ("CategoricalFocalCrossentropy", dict(from_logits=True), "categorical logits", [R2]),
    ("SparseCategoricalCrossentropy", {}, "sparse", [R2, R3]),
    ("SparseCategoricalCrossentropy", {}, "sparse column", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(from_logits=True), "sparse logits", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=1), "sparse", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=0, from_logits=True, reduction="none"), "sparse logits", [R2]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=-1, reduction="sum"), "sparse", [R2]),
    ("Dice", {}, "binary", [R2, R3]),
    ("Dice", dict(axis=[1, 2]), "binary", [R3]),
    ("Dice", dict(axis=1, reduction="none"), "binary", [R2]),
    ("Tversky", {}, "binary", [R2, R3]),
    ("Tversky", dict(alpha=0.3, beta=0.7), "binary", [R2]),
    ("Tversky", dict(alpha=0.3, beta=0.7, axis=[1, 2], reduction="none"), "binary", [R3]),
    ("Circle", {}, "embeddings", [(6, 3)]),
    ("Circle", dict(gamma=16.0, margin=0.25, remove_diagonal=False), "embeddings", [(5, 4)]),
    ("CategoricalGeneralizedCrossEntropy", {}, "sparse", [R2]),
    ("CategoricalGeneralizedCrossEntropy", dict(q=0.8, reduction="none"), "sparse", [R2]),
]


def losses_section():
    cases = []
    for cls, kwargs, kind, shapes in LOSSES:
        for shape in shapes:
            rng = fresh(f"loss {cls} {kwargs} {kind} {shape}")
            y_true, y_pred = targets(kind, rng, shape)
            b = shape[0]
            weights = [None, uniform(rng, 0.2, 2, b, digits=2)]
            weights[1][-1] = 0
            if len(shape) > 1:
                weights.append(uniform(rng, 0.2, 2, b, 1, digits=2))
            if len(shape) > 2:
                weights.append(uniform(rng, 0.2, 2, b, shape[1], digits=2))
            for w in weights:
                loss = getattr(losses, cls)(**kwargs)
                try:
                    out = loss(y_true, y_pred, sample_weight=w)
                except Exception as e:
                    left_out(f"loss {cls} {kwargs} {shape} weight {w.shape if w is not None else None}", e)
                    continue
                case = {"object": obj(loss), "y_true": arr(y_true), "y_pred": arr(y_pred)}
                if kwargs:
                    case["arguments"] = clean(kwargs)  # some configurations lack some arguments
                if w is not None:
                    case["sample_weight"] = arr(w)
                case["output"] = arr(out)
                cases.append(case)
    # shapes of target and prediction that Keras makes one
    for cls, ys, ps, ws in [("MeanSquaredError", (4,), (4, 1), (4,)), ("MeanSquaredError", (4, 1), (4,), (4,)),
                            ("MeanAbsoluteError", (2, 3), (2, 3, 1), (2, 3)), ("MeanSquaredError", (4, 1), (4, 3), (4,)),
                            ("BinaryCrossentropy", (4,), (4, 1), (4, 1)), ("BinaryCrossentropy", (4, 1), (4,), (4,)),
                            ("Hinge", (4,), (4, 1), (4,)), ("MeanSquaredError", (2, 3), (2, 3), (2, 3))]:
        rng = fresh(f"loss shapes {cls} {ys} {ps}")
        y_true = rng.integers(0, 2, ys).astype("int32")
        y_pred = uniform(rng, 0.1, 0.9, *ps, digits=2)
        for w in (None, uniform(rng, 0.2, 2, *ws, digits=2)):
            loss = getattr(losses, cls)()
            try:
                out = loss(y_true, y_pred, sample_weight=w)
            except Exception as e:
                left_out(f"loss shapes {cls} {ys} {ps} {ws}", e)
                continue
            case = {"object": obj(loss), "y_true": arr(y_true), "y_pred": arr(y_pred)}
            if w is not None:
                case["sample_weight"] = arr(w)
            case["output"] = arr(out)
            cases.append(case)
    write("losses", {"cases": cases, "symbolic": symbolic_losses(), "masked": masked_losses()})


def symbolic_losses():
    """What the loss is where Keras sees through a softmax or sigmoid to its logits, and where not."""
    cases = []
    categorical = [
        ("moderate", [[1.0, -0.5, 0.25], [0.0, 2.0, -1.0], [-1.5, 0.5, 3.0]], [0, 2, 1]),
        ("wrong by far", [[60.0, 0.0, 0.0]], [1]),
        ("right by far", [[60.0, 0.0, 0.0]], [0]),
        ("wrong by 20", [[0.0, 20.0, -5.0], [18.0, 0.0, 1.0]], [0, 2]),
        ("wrong by 200", [[100.0, -100.0, 0.0]], [1]),
    ]
    binary = [
        ("moderate", [[1.0, -0.5, 0.25], [0.0, 2.0, -1.0]], [[1, 0, 1], [0, 0, 1]]),
        ("wrong by far", [[60.0, -60.0, 0.0]], [[0, 1, 0]]),
        ("right by far", [[60.0, -60.0, 0.0]], [[1, 0, 0]]),
        ("wrong by 18", [[18.0, -18.0, 1.0]], [[0, 1, 0]]),
    ]
    todo = []
    for loss in ("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"):
        for policy in ("float32", "mixed_float16", "mixed_bfloat16", "float64"):
            todo.append((loss, {}, policy, "dense"))
        for last in ("activation", "layer", "identity", "reshape", "sequential", "cast float32", "operation"):
            todo.append((loss, {}, "float32", last))
        for last in ("cast float32", "activation float32"):
            todo.append((loss, {}, "mixed_float16", last))
            todo.append((loss, {}, "mixed_bfloat16", last))
        todo.append((loss, dict(label_smoothing=0.1) if loss[0] != "S" else dict(ignore_class=2), "float32", "dense"))
        todo.append((loss, dict(from_logits=True), "float32", "dense"))
    for name, kwargs, policy, last in todo:
        is_binary = name[0] == "B"
        activation = "sigmoid" if is_binary else "softmax"
        fresh(f"symbolic {name}")
        keras.config.set_dtype_policy(policy)
        inp = keras.Input((3,), dtype="float32")
        dense = layers.Dense(3, activation=activation if last in ("dense", "identity", "reshape", "cast float32") else None,
                             name="dense")
        h = dense(inp)
        try:
            if last == "activation":
                h = layers.Activation(activation, name="last")(h)
            elif last == "activation float32":
                h = layers.Activation(activation, dtype="float32", name="last")(h)
            elif last == "layer":
                if is_binary:
                    continue
                h = layers.Softmax(name="last")(h)
            elif last == "identity":
                h = layers.Identity(name="last")(h)
            elif last == "reshape":
                h = layers.Reshape((3,), name="last")(h)
            elif last == "sequential":
                h = keras.Sequential([keras.Input((3,)), layers.Activation(activation)], name="last")(h)
            elif last == "cast float32":
                h = layers.Activation("linear", dtype="float32", name="last")(h)
            elif last == "operation":
                h = ops.sigmoid(h) if is_binary else ops.softmax(h)
            model = keras.Model(inp, h)
            dense.set_weights([np.eye(3), np.zeros(3)])
            loss = getattr(losses, name)(**kwargs)
            model.compile(optimizer=optimizers.SGD(0.0), loss=loss)
            group = {"object": obj(loss), "policy": policy, "last": last, "activation": activation,
                     "prediction_dtype": h.dtype, "runs": []}
            for what, x, y in binary if is_binary else categorical:
                if last != "dense" and what not in ("moderate", "wrong by far"):
                    continue
                x = np.array(x, "float32")
                y = np.array(y, "int32")
                if name[0] == "C":
                    y = np.eye(3, dtype="float32")[y]
                elif is_binary:
                    y = y.astype("float32")
                n = len(x)

                prediction = model.predict(x, verbose=0)
                group["runs"].append({
                    "what": what, "x": arr(x), "y": arr(y),
                    "evaluate": f32(model.evaluate(x, y, batch_size=n, verbose=0)),
                    "fit": f32(model.fit(x, y, batch_size=n, verbose=0, shuffle=False).history["loss"][0]),
                    "eager": f32(loss(y, model(x))),
                    "prediction": arr(prediction),
                    "plain": f32(loss(y, np.asarray(prediction))),  # the same prediction without its history
                })
            cases.append(group)
        except Exception as e:
            left_out(f"symbolic {name} {kwargs} {policy} {last}", e)
    keras.config.set_dtype_policy("float32")
    return cases


def masked_losses():
    cases = []
    for cls, kwargs in [("MeanSquaredError", {}), ("MeanSquaredError", dict(reduction="sum")),
                        ("MeanSquaredError", dict(reduction="mean_with_sample_weight")),
                        ("SparseCategoricalCrossentropy", {}), ("SparseCategoricalCrossentropy", dict(ignore_class=1)),
                        ("SparseCategoricalCrossentropy", dict(reduction="sum"))]:
        for weight in (None, "batch", "column", "time"):
            rng = fresh(f"masked {cls} {kwargs}")
            x = normal(rng, 3, 4, 2, digits=2)
            x[0, 2:] = 0
            x[1, 0] = 0
            sparse = cls[0] == "S"
            inp = keras.Input((4, 2))
            dense = layers.Dense(3, activation="softmax" if sparse else None)
            model = keras.Model(inp, dense(layers.Masking()(inp)))
            values = random_weights(rng, dense.weights)
            dense.set_weights(values)
            y = rng.integers(0, 3, (3, 4)).astype("int32") if sparse else normal(rng, 3, 4, 3, digits=2)
            w = None if weight is None else uniform(rng, 0.2, 2, *{"batch": (3,), "column": (3, 1), "time": (3, 4)}[weight], digits=2)
            try:
                loss = getattr(losses, cls)(**kwargs)
                model.compile(optimizer=optimizers.SGD(0.0), loss=loss, metrics=["mae"] if not sparse else ["accuracy"],
                              weighted_metrics=["mse"] if not sparse else ["sparse_categorical_crossentropy"])
                case = {
                    "object": obj(loss), "x": arr(x), "weights": [arr(v) for v in values], "y": arr(y),
                    "mask": arr((x != 0).any(axis=-1)), "y_pred": arr(model.predict(x, verbose=0)),
                }
                if w is not None:
                    case["sample_weight"] = arr(w)
                result = model.evaluate(x, y, sample_weight=w, batch_size=3, verbose=0, return_dict=True)
                case["evaluate"] = {k: arr(np.float32(v)) for k, v in result.items()}
                result = model.evaluate(x, y, sample_weight=w, batch_size=2, verbose=0, return_dict=True)
                case["evaluate_batches_of_2"] = {k: arr(np.float32(v)) for k, v in result.items()}
                history = model.fit(x, y, sample_weight=w, batch_size=3, verbose=0, shuffle=False).history
                case["fit"] = {k: arr(np.float32(v[0])) for k, v in history.items()}
                p = tf.convert_to_tensor(model.predict(x, verbose=0))
                keras.src.backend.set_keras_mask(p, tf.convert_to_tensor((x != 0).any(axis=-1)))
                case["plain"] = arr(loss(y, p, sample_weight=w))
                cases.append(case)
            except Exception as e:
                left_out(f"masked {cls} {kwargs} {weight}", e)
    return cases


# ---------------------------------------------------------------- metrics


METRICS = [
    # class, arguments, kind, shapes
    ("Mean", {}, "values", [(4,), (3, 2), ()]),
    ("Mean", dict(name="avg", dtype="float64"), "values", [(4,)]),
    ("Sum", {}, "values", [(4,), (3, 2), ()]),
    ("Sum", dict(name="total"), "values", [(3, 2)]),
    ("Accuracy", {}, "labels", [(4,), (4, 1), (3, 2)]),
    ("Accuracy", dict(name="acc"), "labels", [(4, 1)]),
    ("BinaryAccuracy", {}, "binary", [(4,), (4, 1), (4, 3)]),
    ("BinaryAccuracy", dict(threshold=0.7), "binary", [(4, 3)]),
    ("CategoricalAccuracy", {}, "categorical", [(4, 3), (2, 3, 3)]),
    ("CategoricalAccuracy", dict(name="cat"), "categorical", [(4, 5)]),
    ("SparseCategoricalAccuracy", {}, "sparse", [(4, 3), (2, 3, 3)]),
    ("SparseCategoricalAccuracy", dict(name="sp"), "sparse column", [(4, 3)]),
    ("TopKCategoricalAccuracy", {}, "categorical", [(4, 7)]),
    ("TopKCategoricalAccuracy", dict(k=2), "categorical", [(4, 5)]),
    ("SparseTopKCategoricalAccuracy", {}, "sparse", [(4, 7)]),
    ("SparseTopKCategoricalAccuracy", dict(k=2), "sparse", [(4, 5)]),
    ("SparseTopKCategoricalAccuracy", dict(k=2, from_sorted_ids=True), "sorted ids", [(4, 3)]),
    ("MeanSquaredError", {}, "real", [(4, 3), (4,), (2, 3, 2)]),
    ("MeanSquaredError", dict(name="m"), "real", [(4, 1)]),
    ("MeanAbsoluteError", {}, "real", [(4, 3)]),
    ("MeanAbsoluteError", dict(name="m"), "real", [(4, 1)]),
    ("RootMeanSquaredError", {}, "real", [(4, 3), (4, 1)]),
    ("RootMeanSquaredError", dict(name="rmse"), "real", [(2, 3, 2)]),
    ("MeanAbsolutePercentageError", {}, "real", [(4, 3)]),
    ("MeanSquaredLogarithmicError", {}, "positive", [(4, 3)]),
    ("CosineSimilarity", {}, "real", [(4, 3)]),
    ("CosineSimilarity", dict(axis=1), "real", [(2, 3, 2)]),
    ("LogCoshError", {}, "far", [(4, 3)]),
    ("BinaryCrossentropy", {}, "binary", [(4, 3), (4, 1)]),
    ("BinaryCrossentropy", dict(from_logits=True, label_smoothing=0.1), "binary logits", [(4, 3)]),
    ("CategoricalCrossentropy", {}, "categorical", [(4, 3), (2, 3, 3)]),
    ("CategoricalCrossentropy", dict(from_logits=True, label_smoothing=0.2), "categorical logits", [(4, 3)]),
    ("CategoricalCrossentropy", dict(axis=1), "categorical unnormalized", [(2, 3, 3)]),
    ("SparseCategoricalCrossentropy", {}, "sparse", [(4, 3), (2, 3, 3)]),
    ("SparseCategoricalCrossentropy", dict(from_logits=True), "sparse logits", [(4, 3)]),
    ("KLDivergence", {}, "distribution", [(4, 3)]),
    ("Poisson", {}, "positive", [(4, 3)]),
    ("Hinge", {}, "signs", [(4, 3)]),
    ("Hinge", dict(name="h"), "zero one signs", [(4, 3)]),
    ("SquaredHinge", {}, "signs", [(4, 3)]),
    ("CategoricalHinge", {}, "categorical", [(4, 3)]),
    ("Precision", {}, "binary", [(5,), (4, 3)]),
    ("Precision", dict(thresholds=0.3), "binary", [(4, 3)]),
    ("Precision", dict(thresholds=[0.2, 0.5, 0.8]), "binary", [(4, 3)]),
    ("Precision", dict(top_k=2), "categorical", [(4, 5)]),
    ("Precision", dict(class_id=1), "categorical", [(4, 3)]),
    ("Precision", dict(top_k=1, class_id=2), "categorical", [(4, 3)]),
    ("Recall", {}, "binary", [(5,), (4, 3)]),
    ("Recall", dict(thresholds=[0.2, 0.8]), "binary", [(4, 3)]),
    ("Recall", dict(top_k=2), "categorical", [(4, 5)]),
    ("Recall", dict(class_id=0, thresholds=0.4), "categorical", [(4, 3)]),
    ("AUC", {}, "binary", [(6,), (6, 1)]),
    ("AUC", dict(num_thresholds=11), "binary", [(6,)]),
    ("AUC", dict(curve="PR"), "binary", [(6, 1)]),
    ("AUC", dict(curve="PR", summation_method="majoring", num_thresholds=7), "binary", [(6,)]),
    ("AUC", dict(summation_method="minoring", thresholds=[0.1, 0.4, 0.45, 0.9]), "binary", [(6,)]),
    ("AUC", dict(multi_label=True, num_thresholds=9), "binary", [(5, 3)]),
    ("AUC", dict(multi_label=True, num_labels=3, label_weights=[1.0, 2.0, 0.5], num_thresholds=9), "binary", [(5, 3)]),
    ("AUC", dict(from_logits=True, num_thresholds=21), "binary logits", [(6,)]),
    ("F1Score", {}, "categorical", [(5, 3)]),
    ("F1Score", dict(average="micro", threshold=0.4), "binary", [(5, 3)]),
    ("F1Score", dict(average="macro"), "categorical", [(5, 3)]),
    ("F1Score", dict(average="weighted", threshold=0.3), "binary", [(5, 3)]),
    ("FBetaScore", {}, "categorical", [(5, 3)]),
    ("FBetaScore", dict(beta=2.0, average="macro", threshold=0.5), "binary", [(5, 3)]),
    ("FBetaScore", dict(beta=0.5, average="weighted"), "categorical", [(5, 3)]),
    ("R2Score", {}, "real", [(5, 3), (5, 1)]),
    ("R2Score", dict(class_aggregation="variance_weighted_average"), "real", [(5, 3)]),
    ("R2Score", dict(class_aggregation=None, num_regressors=1), "real", [(5, 3)]),
    ("PearsonCorrelation", {}, "real", [(4, 5)]),
    ("ConcordanceCorrelation", {}, "real", [(4, 5)]),
    ("TruePositives", {}, "binary", [(5,), (4, 3)]),
    ("TruePositives", dict(thresholds=[0.2, 0.8]), "binary", [(4, 3)]),
    ("TrueNegatives", {}, "binary", [(5,)]),
    ("TrueNegatives", dict(thresholds=[0.2, 0.8]), "binary", [(4, 3)]),
    ("FalsePositives", {}, "binary", [(5,)]),
    ("FalsePositives", dict(thresholds=0.3), "binary", [(4, 3)]),
    ("FalseNegatives", {}, "binary", [(5,)]),
    ("FalseNegatives", dict(thresholds=[0.2, 0.8]), "binary", [(4, 3)]),
    ("PrecisionAtRecall", dict(recall=0.5), "binary", [(6,)]),
    ("PrecisionAtRecall", dict(recall=0.8, num_thresholds=10), "binary", [(6,)]),
    ("RecallAtPrecision", dict(precision=0.6), "binary", [(6,)]),
    ("RecallAtPrecision", dict(precision=0.9, num_thresholds=10), "binary", [(6,)]),
    ("SensitivityAtSpecificity", dict(specificity=0.5), "binary", [(6,)]),
    ("SensitivityAtSpecificity", dict(specificity=0.7, num_thresholds=1), "binary", [(6,)]),
    ("SpecificityAtSensitivity", dict(sensitivity=0.5), "binary", [(6,)]),
    ("SpecificityAtSensitivity", dict(sensitivity=0.7, num_thresholds=10), "binary", [(6,)]),
    ("IoU", dict(num_classes=3, target_class_ids=[0, 2]), "labels", [(6,), (3, 2)]),
    ("IoU", dict(num_classes=3, target_class_ids=[1], ignore_class=0), "labels", [(6,)]),
    ("IoU", dict(num_classes=3, target_class_ids=[1], sparse_y_pred=False), "sparse", [(6, 3)]),
    ("MeanIoU", dict(num_classes=3), "labels", [(6,)]),
    ("MeanIoU", dict(num_classes=3, ignore_class=0), "labels", [(6,)]),
    ("MeanIoU", dict(num_classes=3, sparse_y_true=False, sparse_y_pred=False), "categorical", [(6, 3)]),
    ("BinaryIoU", {}, "binary", [(6,)]),
    ("BinaryIoU", dict(target_class_ids=[1], threshold=0.3), "binary", [(3, 2)]),
    ("OneHotIoU", dict(num_classes=3, target_class_ids=[0, 2]), "categorical", [(6, 3)]),
    ("OneHotMeanIoU", dict(num_classes=3), "categorical", [(6, 3)]),
]


def metrics_section():
    cases = []
    for cls, kwargs, kind, shapes in METRICS:
        for shape in shapes:
            weight_shapes = [None]
            if shape:
                weight_shapes.append(shape[:1])
            if len(shape) > 1 and (cls in ("Mean", "Sum", "Precision", "TruePositives", "MeanSquaredError") or len(shape) > 2):
                weight_shapes.append(shape[:2] if len(shape) > 2 or cls in ("Mean", "Sum", "Precision") else shape[:1] + (1,))
            if kwargs and len(weight_shapes) > 1 and cls not in ("Mean", "Sum", "AUC", "Precision", "R2Score"):
                weight_shapes = weight_shapes[1:]
            for ws in weight_shapes:
                what = f"metric {cls} {kwargs} {kind} {shape} {ws}"
                rng = fresh(what)
                try:
                    metric = getattr(metrics, cls)(**kwargs)
                    updates, results = [], []
                    for step in range(3):
                        u = {}
                        if kind == "values":
                            u["values"] = normal(rng, *shape, digits=2) if shape else np.float32(round(rng.normal(), 2))
                        elif kind == "labels":
                            u["y_true"] = rng.integers(0, 3, shape).astype("int32")
                            u["y_pred"] = rng.integers(0, 3, shape).astype("int32")
                        elif kind == "sorted ids":
                            u["y_true"] = rng.integers(0, 4, shape[:1]).astype("int32")
                            u["y_pred"] = np.stack([rng.permutation(4)[:shape[1]] for _ in range(shape[0])]).astype("int32")
                        else:
                            u["y_true"], u["y_pred"] = targets(kind, rng, shape)
                        if ws is not None:
                            u["sample_weight"] = uniform(rng, 0.2, 2, *ws, digits=2)
                            if step == 1:
                                u["sample_weight"].ravel()[0] = 0
                        metric.update_state(**u)
                        updates.append({k: arr(v) for k, v in u.items()})
                        results.append(arr(metric.result()))
                    case = {"object": obj(metric), "updates": updates, "results": results,
                            "variables": [v.path.split("/")[-1] for v in metric.variables]}
                    if kwargs:
                        case["arguments"] = clean(kwargs)  # some configurations lack some arguments
                    cases.append(case)
                except Exception as e:
                    left_out(what, e)
    write("metrics", cases)


# ---------------------------------------------------------------- optimizers


def optimizers_section():
    O = optimizers  # noqa: E741
    cases = []

    def add(name, make, shapes=((3, 2), (2,)), set_rate=True, rated=True, exclude=None, infinite=None, scale=1.0, steps=4):
        rng = fresh("optimizer " + name)
        try:
            o = make()
            if exclude:
                o.exclude_from_weight_decay(var_names=exclude)
            values = [normal(rng, *s) for s in shapes]
            names = ("kernel", "bias", "other")
            variables = [keras.Variable(v, name=n) for v, n in zip(values, names)]
            o.build(variables)
            case = {"name": name, "object": obj(o), "variable_names": [v.path for v in variables],
                    "variables": [arr(v) for v in values]}
            if exclude:
                case["exclude_from_weight_decay"] = exclude
            rates, gradients, outputs = [], [], []
            base = float(np.float32(o.learning_rate)) if set_rate else None
            for step in range(steps):
                if set_rate:
                    o.learning_rate = round(base * (1.0, 0.5, 2.0, 0.25)[step % 4], 9)
                if rated:
                    rates.append(number(np.float32(o.learning_rate), "float32"))
                g = [np.round(normal(rng, *s, digits=3) * scale, 3).astype("float32") for s in shapes]
                if infinite == step:
                    g[0][0, 0] = np.inf
                gradients.append([arr(v) for v in g])
                o.apply([tf.convert_to_tensor(v) for v in g], variables)
                outputs.append([arr(v.numpy()) for v in variables])
            if rated:
                case["learning_rates"] = rates
            case["set_learning_rate"] = set_rate
            case["gradients"] = gradients
            case["outputs"] = outputs
            case["state_names"] = [v.path for v in o.variables]
            case["state"] = [arr(v.numpy()) for v in o.variables]
            cases.append(case)
        except Exception as e:
            left_out("optimizer " + name, e)

    add("SGD", lambda: O.SGD(0.1))
    add("SGD default", lambda: O.SGD())
    add("SGD momentum", lambda: O.SGD(0.1, momentum=0.9))
    add("SGD nesterov", lambda: O.SGD(0.1, momentum=0.8, nesterov=True))
    add("SGD weight_decay", lambda: O.SGD(0.1, weight_decay=0.05))
    add("SGD weight_decay excluded", lambda: O.SGD(0.1, momentum=0.5, weight_decay=0.05), exclude=["bias"])
    add("SGD clipnorm", lambda: O.SGD(0.1, clipnorm=0.7))
    add("SGD clipvalue", lambda: O.SGD(0.1, clipvalue=0.4))
    add("SGD global_clipnorm", lambda: O.SGD(0.1, momentum=0.9, global_clipnorm=0.9))
    add("SGD ema", lambda: O.SGD(0.1, use_ema=True, ema_momentum=0.8))
    add("SGD ema overwrite", lambda: O.SGD(0.1, use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=3))
    add("SGD accumulation", lambda: O.SGD(0.1, momentum=0.9, gradient_accumulation_steps=2))
    add("SGD schedule", lambda: O.SGD(O.schedules.ExponentialDecay(0.2, 2, 0.5), momentum=0.9), set_rate=False)
    add("SGD loss_scale_factor", lambda: O.SGD(0.1, loss_scale_factor=8.0), scale=8.0)
    add("Adam", lambda: O.Adam())
    add("Adam amsgrad", lambda: O.Adam(0.01, amsgrad=True))
    add("Adam weight_decay", lambda: O.Adam(0.01, weight_decay=0.1))
    add("Adam betas", lambda: O.Adam(0.05, beta_1=0.7, beta_2=0.9, epsilon=1e-3))
    add("Adam clipnorm", lambda: O.Adam(0.02, clipnorm=0.5))
    add("Adam ema accumulation", lambda: O.Adam(0.02, use_ema=True, ema_momentum=0.9, gradient_accumulation_steps=2))
    add("Adam schedule", lambda: O.Adam(O.schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.05, 0.01])), set_rate=False)
    add("AdamW", lambda: O.AdamW())
    add("AdamW other", lambda: O.AdamW(0.02, weight_decay=0.2, beta_1=0.8, amsgrad=True))
    add("AdamW excluded", lambda: O.AdamW(0.02, weight_decay=0.2), exclude=["bias"])
    add("Adamax", lambda: O.Adamax())
    add("Adamax other", lambda: O.Adamax(0.02, beta_1=0.8, beta_2=0.9, epsilon=1e-3, weight_decay=0.1))
    add("Nadam", lambda: O.Nadam())
    add("Nadam other", lambda: O.Nadam(0.02, beta_1=0.8, beta_2=0.9, epsilon=1e-3))
    add("RMSprop", lambda: O.RMSprop())
    add("RMSprop momentum", lambda: O.RMSprop(0.02, rho=0.8, momentum=0.5, epsilon=1e-3))
    add("RMSprop centered", lambda: O.RMSprop(0.02, centered=True, momentum=0.3, weight_decay=0.1))
    add("Adagrad", lambda: O.Adagrad())
    add("Adagrad other", lambda: O.Adagrad(0.1, initial_accumulator_value=0.5, epsilon=1e-3))
    add("Adadelta", lambda: O.Adadelta())
    add("Adadelta other", lambda: O.Adadelta(0.5, rho=0.8, epsilon=1e-3))
    add("Adafactor", lambda: O.Adafactor())
    add("Adafactor other", lambda: O.Adafactor(0.1, beta_2_decay=-0.5, clip_threshold=0.5, relative_step=False))
    add("Adafactor rank 3", lambda: O.Adafactor(0.05, weight_decay=0.05), shapes=((2, 3, 2), (4,)))
    add("Ftrl", lambda: O.Ftrl())
    add("Ftrl other", lambda: O.Ftrl(0.1, learning_rate_power=-0.7, initial_accumulator_value=0.2,
                                     l1_regularization_strength=0.05, l2_regularization_strength=0.1,
                                     l2_shrinkage_regularization_strength=0.02, beta=0.1))
    add("Lion", lambda: O.Lion())
    add("Lion other", lambda: O.Lion(0.02, beta_1=0.7, beta_2=0.8, weight_decay=0.1))
    add("Lamb", lambda: O.Lamb())
    add("Lamb other", lambda: O.Lamb(0.05, beta_1=0.8, beta_2=0.9, epsilon=1e-3, weight_decay=0.05))
    add("Muon", lambda: O.Muon(), shapes=((3, 2), (2,)))
    add("Muon other", lambda: O.Muon(0.02, momentum=0.8, nesterov=False, ns_steps=3, rms_rate=None, adam_lr_ratio=0.5,
                                     weight_decay=0.1), shapes=((2, 3), (3,)))
    add("Muon excluded", lambda: O.Muon(0.02, exclude_layers=["kernel"]))
    add("ScheduleFreeAdamW", lambda: O.ScheduleFreeAdamW())
    add("ScheduleFreeAdamW other", lambda: O.ScheduleFreeAdamW(0.05, beta_1=0.8, beta_2=0.9, warmup_steps=3, weight_decay=0.1))
    add("LossScaleOptimizer", lambda: O.LossScaleOptimizer(O.SGD(0.1, momentum=0.9)), scale=32768.0)
    add("LossScaleOptimizer other", lambda: O.LossScaleOptimizer(O.Adam(0.1), initial_scale=8.0, dynamic_growth_steps=2),
        scale=8.0, infinite=1, steps=5)
    add("MultiOptimizer", lambda: O.MultiOptimizer(O.OptimizerMap(O.SGD(0.1), {"bias": O.Adam(0.05)})),
        set_rate=False, rated=False)
    write("optimizers", cases)


# ---------------------------------------------------------------- initializers


def initializers_section():
    I = initializers  # noqa: E741
    shapes = [(7, 5), (5, 7), (3, 3, 4, 8), (12,), (200, 300), (3, 3, 64, 100)]
    deterministic, random, orthogonal = [], [], []
    for make in (lambda: I.Zeros(), lambda: I.Ones(), lambda: I.Constant(), lambda: I.Constant(-1.25), lambda: I.Constant(3),
                 lambda: I.Identity(), lambda: I.Identity(gain=0.5)):
        for shape in [(7, 5), (5, 7), (2, 2, 3, 2), (12,), (4, 4), ()]:
            o = make()
            try:
                case = {"object": obj(o), "shape": list(shape), "output": arr(o(shape))}
                if isinstance(o, I.Identity):
                    case["arguments"] = {"gain": o.gain}  # not in its configuration
                deterministic.append(case)
            except Exception as e:
                left_out(f"{type(o).__name__} {shape}", e)
    for dtype in ("float64", "int32", "bool", "bfloat16"):
        for o in (I.Zeros(), I.Ones(), I.Constant(2)):
            try:
                deterministic.append({"object": obj(o), "shape": [2, 2], "dtype": dtype, "output": arr(o((2, 2), dtype=dtype))})
            except Exception as e:
                left_out(f"{type(o).__name__} {dtype}", e)

    def fans(shape, ia=None, oa=None):
        if ia is not None and oa is not None:
            return math.prod(shape[a] for a in ia), math.prod(shape[a] for a in oa)
        if len(shape) == 1:
            return shape[0], shape[0]
        field = math.prod(shape[:-2])
        return shape[-2] * field, shape[-1] * field

    cut = 0.87962566103423978  # standard deviation of a standard normal cut off at 2

    def theory(c, shape):
        """The distribution that the class's rules ask for."""
        k, cfg = c["class_name"], c["config"]
        if k == "RandomUniform":
            return uniform_theory(cfg["minval"], cfg["maxval"])
        if k == "RandomNormal":
            return {"distribution": "normal", "mean": cfg["mean"], "std": cfg["stddev"]}
        if k == "TruncatedNormal":
            m, sd = cfg["mean"], cfg["stddev"]
            return {"distribution": "truncated_normal", "mean": m, "std": sd * cut, "untruncated_std": sd,
                    "min": m - 2 * sd, "max": m + 2 * sd}
        scale, mode, dist = {
            "GlorotUniform": (1.0, "fan_avg", "uniform"), "GlorotNormal": (1.0, "fan_avg", "truncated_normal"),
            "HeUniform": (2.0, "fan_in", "uniform"), "HeNormal": (2.0, "fan_in", "truncated_normal"),
            "LecunUniform": (1.0, "fan_in", "uniform"), "LecunNormal": (1.0, "fan_in", "truncated_normal"),
        }.get(k) or (cfg["scale"], cfg["mode"], cfg["distribution"])
        fan_in, fan_out = fans(shape, cfg.get("input_axes"), cfg.get("output_axes"))
        scale /= max(1.0, {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode])
        f = {"fan_in": fan_in, "fan_out": fan_out}
        if dist == "uniform":
            limit = math.sqrt(3 * scale)
            return {**uniform_theory(-limit, limit), **f}
        sd = math.sqrt(scale)
        if dist == "untruncated_normal":
            return {"distribution": "normal", "mean": 0.0, "std": sd, **f}
        return {"distribution": "truncated_normal", "mean": 0.0, "std": sd, "untruncated_std": sd / cut,
                "min": -2 * sd / cut, "max": 2 * sd / cut, **f}

    def uniform_theory(low, high):
        return {"distribution": "uniform", "mean": (low + high) / 2, "std": (high - low) / math.sqrt(12), "min": low, "max": high}

    makers = [
        lambda: I.RandomNormal(seed=1), lambda: I.RandomNormal(mean=0.5, stddev=2.0, seed=2),
        lambda: I.TruncatedNormal(seed=3), lambda: I.TruncatedNormal(mean=-1.0, stddev=0.5, seed=4),
        lambda: I.RandomUniform(seed=5), lambda: I.RandomUniform(minval=0.25, maxval=1.5, seed=6),
        lambda: I.GlorotUniform(seed=7), lambda: I.GlorotNormal(seed=8), lambda: I.HeUniform(seed=9), lambda: I.HeNormal(seed=10),
        lambda: I.LecunUniform(seed=11), lambda: I.LecunNormal(seed=12), lambda: I.VarianceScaling(seed=13),
        lambda: I.VarianceScaling(scale=2.5, mode="fan_out", distribution="uniform", seed=14),
        lambda: I.VarianceScaling(scale=0.5, mode="fan_avg", distribution="untruncated_normal", seed=15),
        lambda: I.VarianceScaling(scale=3.0, mode="fan_out", distribution="normal", seed=16),
        lambda: I.GlorotUniform(seed=17, input_axes=[0], output_axes=[1]),
    ]
    for make in makers:
        for shape in shapes:
            o = make()
            try:
                c = obj(o)
                case = {"object": c, "shape": list(shape), "theory": theory(c, shape)}
                v = np.asarray(o(shape)).astype("float64")
                t = case["theory"]
                if "min" in t:
                    assert v.min() >= t["min"] - 1e-6 and v.max() <= t["max"] + 1e-6, (c, shape)
                if v.size >= 50000:
                    case["observed"] = {"count": int(v.size), "mean": v.mean(), "std": v.std(), "min": v.min(), "max": v.max()}
                    assert abs(v.std() / t["std"] - 1) < 0.02, (c, shape, v.std(), t)
                random.append(clean(case))
            except Exception as e:
                left_out(f"{type(o).__name__} {shape}", e)
    for make in (lambda: I.Orthogonal(seed=21), lambda: I.Orthogonal(gain=1.5, seed=22)):
        for shape in [(7, 5), (5, 7), (4, 4), (3, 3, 4, 8), (2, 2, 2, 12), (12,)]:
            o = make()
            try:
                v = np.asarray(o(shape)).astype("float64")
                m = v.reshape(-1, shape[-1])
                tall = m.shape[0] >= m.shape[1]
                gram = m.T @ m if tall else m @ m.T
                orthogonal.append(clean({
                    "object": obj(o), "shape": list(shape), "matrix": list(m.shape), "orthonormal": "columns" if tall else "rows",
                    "gram_diagonal": o.gain**2, "largest_gram_error": float(np.abs(gram - o.gain**2 * np.eye(len(gram))).max()),
                }))
            except Exception as e:
                left_out(f"Orthogonal {shape}", e)
    write("initializers", {"deterministic": deterministic, "random": random, "orthogonal": orthogonal})


# ---------------------------------------------------------------- schedules, regularizers, constraints


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


# ---------------------------------------------------------------- whole trainings


def data(o):
    """Arrays, and lists and dicts of them, as JSON."""
    if isinstance(o, dict):
        return {k: data(v) for k, v in o.items()}
    if isinstance(o, (list, tuple)):
        return [data(v) for v in o]
    return None if o is None else arr(o)


def described(o):
    """Arguments of compile as JSON."""
    if isinstance(o, dict):
        return {k: described(v) for k, v in o.items()}
    if isinstance(o, (list, tuple)):
        return [described(v) for v in o]
    return clean(o) if o is None or isinstance(o, (str, int, float, bool)) else obj(o)


def f32(v):
    return number(np.float32(v), "float32")


def fit_section():
    L = layers
    cases = []

    def run(name, build, x, y, compiled, fit=None, callbacks=(), evaluate=None, weights=None):
        """fit holds further arguments of fit; callbacks are (class name, arguments)."""
        rng = fresh("fit " + name)
        fit = dict(fit or {})
        fit.setdefault("batch_size", 4)
        fit.setdefault("epochs", 2)
        try:
            model = build()
            x_ = x(rng) if callable(x) else x
            y_ = y(rng) if callable(y) else y
            fit = {k: v(rng) if callable(v) else v for k, v in fit.items()}
            values = random_weights(rng, model.weights)
            if weights:
                weights(model, values)
            model.set_weights(values)
            compiled = {k: v() if callable(v) else v for k, v in compiled.items()}
            case = {
                "name": name,
                "model": clean(json.loads(model.to_json())),
                "weights": [{"path": v.path, "value": arr(w)} for v, w in zip(model.weights, values)],
                "trainable_weights": [v.path for v in model.trainable_weights],
                "compile": described(compiled),
                "x": data(x_), "y": data(y_),
            }
            model.compile(**compiled)
            case["fit"] = {"shuffle": False}
            for k, v in fit.items():
                if k in ("sample_weight", "validation_data"):
                    case["fit"][k] = data(v)
                elif k == "class_weight":
                    case["fit"][k] = {str(c): w for c, w in v.items()}
                else:
                    case["fit"][k] = v
            made = [getattr(keras.callbacks, c)(**a) for c, a in callbacks]
            if callbacks:
                case["fit"]["callbacks"] = [{"class_name": c, "config": clean(a)} for c, a in callbacks]
            history = model.fit(x_, y_, shuffle=False, verbose=0, callbacks=made, **fit)
            case["history"] = {k: [f32(e) for e in v] for k, v in history.history.items()}
            case["epoch"] = history.epoch
            for c in made:
                if isinstance(c, keras.callbacks.EarlyStopping):
                    case["early_stopping"] = {"stopped_epoch": c.stopped_epoch, "best_epoch": c.best_epoch, "wait": c.wait,
                                              "best": None if c.best is None else f32(c.best)}
            weight = fit.get("sample_weight")
            result = model.evaluate(x_, y_, batch_size=fit["batch_size"] or 32, sample_weight=weight, verbose=0, return_dict=True)
            case["evaluate"] = {k: f32(v) for k, v in result.items()}
            case["evaluate_list"] = [f32(v) for v in np.ravel(model.evaluate(
                x_, y_, batch_size=fit["batch_size"] or 32, sample_weight=weight, verbose=0))]
            case["weights_after"] = [arr(v.numpy()) for v in model.weights]
            case["iterations"] = int(model.optimizer.iterations.numpy())
            text = json.dumps(case)
            assert "NaN" not in text and "Infinity" not in text, "not finite"
            cases.append(case)
        except Exception as e:
            left_out("fit " + name, e)

    def f(*s, scale=1.0):
        return lambda rng: normal(rng, *s, scale=scale, digits=2)

    def labels(classes, *s):
        return lambda rng: rng.integers(0, classes, s).astype("int32")

    def hot(n, classes):
        return lambda rng: one_hot(rng, n, classes)

    def bits(*s):
        return lambda rng: rng.integers(0, 2, s).astype("float32")

    def ws(*s):
        return lambda rng: uniform(rng, 0.2, 2, *s, digits=2)

    def both(*fs):
        return lambda rng: [g(rng) for g in fs]

    def pair(*fs):
        return lambda rng: tuple(g(rng) for g in fs)

    def mlp(units=1, activation=None, inputs=3, **last):
        def build():
            return keras.Sequential([keras.Input((inputs,)), L.Dense(4, activation="tanh", name="hidden"),
                                     L.Dense(units, activation=activation, name="out", **last)], name="mlp")
        return build

    def two():
        a, b = keras.Input((3,), name="a"), keras.Input((2,), name="b")
        h = L.Concatenate(name="join")([L.Dense(3, activation="relu", name="da")(a), b])
        h = L.Dense(4, activation="tanh", name="h")(h)
        return keras.Model([a, b], [L.Dense(1, name="value")(h), L.Dense(3, activation="softmax", name="kind")(h)], name="two")

    def sgd(rate=0.1, **k):
        return lambda: optimizers.SGD(rate, **k)

    def adam(rate=0.02, **k):
        return lambda: optimizers.Adam(rate, **k)

    two_x = both(f(7, 3), f(7, 2))
    two_y = both(f(7, 1), labels(3, 7))
    mse_scce = ["mse", "sparse_categorical_crossentropy"]
    run("two inputs two outputs lists", two, two_x, two_y,
        dict(optimizer=sgd(), loss=mse_scce, loss_weights=[0.5, 2.0], metrics=[["mae", "mse"], ["accuracy"]]))
    run("two inputs two outputs dicts", two, lambda r: dict(zip(("a", "b"), two_x(r))), lambda r: dict(zip(("value", "kind"), two_y(r))),
        dict(optimizer=adam(), loss={"kind": "sparse_categorical_crossentropy", "value": "mae"},
             loss_weights={"value": 0.3, "kind": 1.5}, metrics={"kind": ["acc", "sparse_categorical_crossentropy"], "value": "mse"},
             weighted_metrics={"value": ["mae"]}))
    run("two outputs one loss", two, two_x, both(f(7, 1), f(7, 3)), dict(optimizer=sgd(), loss="mse"))
    run("two outputs metric objects", two, two_x, two_y,
        dict(optimizer=sgd(), loss=lambda: [losses.Huber(), losses.SparseCategoricalCrossentropy()],
             metrics=lambda: [[metrics.MeanAbsoluteError(name="distance")], [metrics.SparseCategoricalAccuracy()]],
             weighted_metrics=lambda: [[metrics.MeanSquaredError()], []]))
    run("two outputs sample weights list", two, two_x, two_y,
        dict(optimizer=sgd(), loss=mse_scce, weighted_metrics=[["mae"], ["accuracy"]]),
        fit=dict(sample_weight=both(ws(7), ws(7))))
    run("two outputs one sample weight", two, two_x, two_y,
        dict(optimizer=sgd(), loss=mse_scce, metrics=[[], ["accuracy"]], weighted_metrics=[["mae"], ["accuracy"]]),
        fit=dict(sample_weight=ws(7)))
    run("two outputs loss on one", two, two_x, lambda r: dict(zip(("value", "kind"), two_y(r))),
        dict(optimizer=sgd(), loss={"value": None, "kind": "sparse_categorical_crossentropy"}, metrics={"kind": "accuracy"}))
    run("two outputs loss none", two, two_x, two_y, dict(optimizer=sgd(), loss=["mse", None]))
    run("two outputs validation", two, two_x, two_y,
        dict(optimizer=sgd(), loss=mse_scce, metrics=[["mae"], ["accuracy"]]),
        fit=dict(validation_data=pair(both(f(5, 3), f(5, 2)), both(f(5, 1), labels(3, 5)))))
    run("weighted metrics", mlp(2), f(7, 3), f(7, 2),
        dict(optimizer=sgd(), loss="mse", metrics=["mae", "mse"], weighted_metrics=["mae", "mse"]), fit=dict(sample_weight=ws(7)))
    run("sample weights of two ranks", mlp(2), f(7, 3), f(7, 2),
        dict(optimizer=sgd(), loss="mse", weighted_metrics=["mae"]), fit=dict(sample_weight=ws(7, 1)))
    run("sample weights zero", mlp(2), f(6, 3), f(6, 2), dict(optimizer=sgd(), loss="mae", weighted_metrics=["mse"]),
        fit=dict(sample_weight=lambda r: np.array([1, 0, 2, 0, 0, 0], "float32"), batch_size=3))
    run("class weight", mlp(3, "softmax"), f(7, 3), labels(3, 7),
        dict(optimizer=sgd(), loss="sparse_categorical_crossentropy", metrics=["accuracy"], weighted_metrics=["accuracy"]),
        fit=dict(class_weight={0: 1.0, 1: 2.0, 2: 0.5}))
    # accuracy
    bce, cce, scce = "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"
    for name, units, activation, loss, y in [
        ("binary (n,1)", 1, "sigmoid", bce, bits(7, 1)), ("binary (n,)", 1, "sigmoid", bce, bits(7)),
        ("binary (n,3)", 3, "sigmoid", bce, bits(7, 3)), ("binary int (n,1)", 1, "sigmoid", bce, labels(2, 7, 1)),
        ("categorical (n,3)", 3, "softmax", cce, hot(7, 3)), ("categorical of binary loss", 3, "softmax", bce, hot(7, 3)),
        ("sparse (n,)", 3, "softmax", scce, labels(3, 7)), ("sparse (n,1)", 3, "softmax", scce, labels(3, 7, 1)),
        ("sparse float (n,)", 3, "softmax", scce, lambda r: labels(3, 7)(r).astype("float32")),
        ("of mse (n,1)", 1, None, "mse", bits(7, 1)),
    ]:
        run("accuracy " + name, mlp(units, activation), f(7, 3), y, dict(optimizer=sgd(), loss=loss, metrics=["accuracy"]))
        if name in ("binary (n,)", "categorical (n,3)", "sparse (n,1)"):
            run("acc and loss ce " + name, mlp(units, activation), f(7, 3), y,
                dict(optimizer=sgd(), loss="ce" if units == 1 else "crossentropy", metrics=["acc"]))
    run("accuracy sparse rank 3", lambda: keras.Sequential([keras.Input((4, 2)), L.Dense(3, activation="softmax", name="d")]),
        f(5, 4, 2), labels(3, 5, 4), dict(optimizer=sgd(), loss=scce, metrics=["accuracy"]))
    run("from logits", mlp(3), f(7, 3), labels(3, 7),
        dict(optimizer=adam(), loss=lambda: losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"]))
    run("repeated metric names", mlp(1, "sigmoid"), f(7, 3), bits(7, 1),
        dict(optimizer=sgd(), loss=bce, metrics=["accuracy", "binary_accuracy", "AUC", "mse", "MeanSquaredError"]))
    # batches
    run("last batch smaller", mlp(2), f(10, 3), f(10, 2), dict(optimizer=sgd(momentum=0.9), loss="mse", metrics=["mae"]))
    run("batch larger than the data", mlp(2), f(5, 3), f(5, 2), dict(optimizer=sgd(), loss="mse"), fit=dict(batch_size=16))
    run("loss sum", mlp(2), f(6, 3), f(6, 2), dict(optimizer=sgd(0.02), loss=lambda: losses.MeanSquaredError(reduction="sum")))
    run("validation data", mlp(2), f(6, 3), f(6, 2), dict(optimizer=sgd(), loss="mse", metrics=["mae"]),
        fit=dict(validation_data=pair(f(5, 3), f(5, 2)), epochs=3))
    run("validation data weighted", mlp(2), f(6, 3), f(6, 2),
        dict(optimizer=sgd(), loss="mse", metrics=["mae"], weighted_metrics=["mae"]),
        fit=dict(validation_data=pair(f(5, 3), f(5, 2), ws(5)), validation_batch_size=3, validation_freq=2, epochs=4))
    run("validation split", mlp(2), f(10, 3), f(10, 2), dict(optimizer=sgd(), loss="mse"), fit=dict(validation_split=0.25))
    run("initial epoch", mlp(2), f(6, 3), f(6, 2), dict(optimizer=sgd(), loss="mse"), fit=dict(initial_epoch=2, epochs=4))
    run("clipping and decay", mlp(2), f(6, 3), f(6, 2),
        dict(optimizer=adam(0.05, weight_decay=0.1, global_clipnorm=0.3), loss="mse"))
    run("schedule", mlp(2), f(6, 3), f(6, 2), dict(
        optimizer=lambda: optimizers.SGD(optimizers.schedules.CosineDecay(0.2, 5, alpha=0.1)), loss="mse"), fit=dict(epochs=3))
    # early stopping: the training pulls one way, the validation data part of it the other way
    rng = rng_of("early stopping")
    ex = normal(rng, 8, 3, digits=2)
    ey = np.round(ex @ np.array([[1.0], [-0.5], [0.25]], "float32") + rng.normal(0, 0.3, (8, 1)), 2).astype("float32")
    vx = normal(rng, 5, 3, digits=2)
    vy = np.round(0.45 * vx @ np.array([[1.0], [-0.5], [0.25]], "float32"), 2).astype("float32")

    def linear():
        return keras.Sequential([keras.Input((3,)), L.Dense(1, name="out")])

    def small(model, values):
        values[0][:] = [[0.05], [0.1], [-0.1]]
        values[1][:] = [0.02]

    for name, k in [
        ("restores", dict(patience=2, restore_best_weights=True)),
        ("keeps the last", dict(patience=2)),
        ("patience 0", dict(restore_best_weights=True)),
        ("start from epoch", dict(patience=1, start_from_epoch=4, restore_best_weights=True)),
        ("start from epoch beyond", dict(patience=1, start_from_epoch=20, restore_best_weights=True)),
        ("baseline met", dict(patience=2, baseline=0.05, restore_best_weights=True)),
        ("baseline never met", dict(patience=3, baseline=0.001, restore_best_weights=True)),
        ("min delta", dict(patience=1, min_delta=0.02, restore_best_weights=True)),
        ("min delta negative", dict(patience=1, min_delta=-0.02)),
        ("mode max", dict(monitor="val_mae", mode="max", patience=3, restore_best_weights=True)),
        ("mode min loss", dict(monitor="loss", mode="min", patience=1, min_delta=0.2)),
        ("never stops", dict(patience=50, restore_best_weights=True)),
    ]:
        run("early stopping " + name, linear, ex, ey, dict(optimizer=sgd(0.02), loss="mse", metrics=["mae"]),
            fit=dict(validation_data=(vx, vy), epochs=9), callbacks=[("EarlyStopping", k)], weights=small)
    run("reduce on plateau", linear, ex, ey, dict(optimizer=sgd(0.02), loss="mse"),
        fit=dict(validation_data=(vx, vy), epochs=8), weights=small,
        callbacks=[("ReduceLROnPlateau", dict(factor=0.5, patience=1, cooldown=1, min_lr=0.004))])

    # what a model is made of
    def regularized():
        i = keras.Input((3,))
        h = L.Dense(4, activation="relu", kernel_regularizer=regularizers.L2(0.05), name="l2")(i)
        h = L.Dense(3, kernel_regularizer=regularizers.L1(0.02), bias_regularizer="l2", name="l1")(h)
        return keras.Model(i, L.Dense(1, activity_regularizer=regularizers.L2(0.03), name="out")(h))

    run("regularizers", regularized, f(7, 3), f(7, 1), dict(optimizer=sgd(), loss="mse", metrics=["mse"]),
        fit=dict(validation_data=pair(f(3, 3), f(3, 1)), sample_weight=ws(7)))

    def shared():
        a, b = keras.Input((3,)), keras.Input((3,))
        d = L.Dense(4, activation="tanh", kernel_regularizer=regularizers.L2(0.01), name="shared")
        return keras.Model([a, b], L.Dense(1, name="out")(L.Add(name="sum")([d(a), d(b)])))

    run("shared layer", shared, both(f(6, 3), f(6, 3)), f(6, 1), dict(optimizer=adam(), loss="mse"))

    def nested():
        inner = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="relu", name="first"), L.Dense(3, name="second")], name="inner")
        i = keras.Input((4,), name="in")
        return keras.Model(i, L.Dense(2, name="out")(L.Activation("sigmoid", name="act")(inner(i))), name="outer")

    run("nested sequential", nested, f(6, 4), f(6, 2), dict(optimizer=sgd(), loss="mse"))

    def frozen():
        m = mlp(2)()
        m.get_layer("hidden").trainable = False
        return m

    run("frozen layer", frozen, f(6, 3), f(6, 2), dict(optimizer=adam(), loss="mse"))

    def normalized(frozen=False):
        def build():
            i = keras.Input((3,))
            h = L.BatchNormalization(momentum=0.8, epsilon=0.01, trainable=not frozen, name="bn")(L.Dense(4, name="d")(i))
            return keras.Model(i, L.Dense(1, name="out")(L.Activation("relu", name="act")(h)))
        return build

    run("batch normalization", normalized(), f(10, 3), f(10, 1), dict(optimizer=sgd(), loss="mse", metrics=["mae"]),
        fit=dict(validation_data=pair(f(4, 3), f(4, 1))))
    run("batch normalization frozen", normalized(True), f(10, 3), f(10, 1), dict(optimizer=sgd(), loss="mse"))

    def image():
        return keras.Sequential([keras.Input((6, 5, 1)), L.Conv2D(2, 3, padding="same", activation="relu", name="conv"),
                                 L.BatchNormalization(momentum=0.9, name="bn"), L.MaxPooling2D(2, name="pool"),
                                 L.Flatten(name="flat"), L.Dropout(0.0, name="drop"), L.Dense(3, activation="softmax", name="out")])

    run("image", image, f(6, 6, 5, 1), labels(3, 6), dict(optimizer=adam(), loss=scce, metrics=["accuracy"]))

    def text():
        return keras.Sequential([keras.Input((5,), dtype="int32"), L.Embedding(7, 3, mask_zero=True, name="words"),
                                 L.GlobalAveragePooling1D(name="mean"), L.Dense(1, activation="sigmoid", name="out")])

    def sentences(rng):
        w = rng.integers(1, 7, (7, 5)).astype("int32")
        for n, length in enumerate((5, 3, 4, 1, 2, 5, 3)):
            w[n, length:] = 0
        return w

    run("embedding masked mean", text, sentences, bits(7, 1), dict(optimizer=adam(), loss=bce, metrics=["accuracy"]))

    def tagger():
        return keras.Sequential([keras.Input((5,), dtype="int32"), L.Embedding(7, 3, mask_zero=True, name="words"),
                                 L.Dense(3, activation="softmax", name="out")])

    run("embedding masked tags", tagger, sentences, labels(3, 7, 5),
        dict(optimizer=sgd(0.5), loss=scce, metrics=["accuracy"], weighted_metrics=["accuracy"]))
    run("embedding masked tags weighted", tagger, sentences, labels(3, 7, 5),
        dict(optimizer=sgd(0.5), loss=scce, metrics=["accuracy"], weighted_metrics=["accuracy"]), fit=dict(sample_weight=ws(7, 5)))

    def constrained():
        return keras.Sequential([keras.Input((3,)), L.Dense(4, activation="relu", kernel_constraint=constraints.MaxNorm(0.6), name="h"),
                                 L.Dense(1, kernel_constraint="non_neg", name="out")])

    run("constraints", constrained, f(6, 3), f(6, 1), dict(optimizer=sgd(0.2), loss="mse"))

    def operations_inside():
        i, j = keras.Input((3,), name="i"), keras.Input((3,), name="j")
        h = L.Dense(3, name="h")(i) * ops.sigmoid(j) + 0.5
        return keras.Model([i, j], L.Dense(1, name="out")(h - i))

    run("operations inside", operations_inside, both(f(6, 3), f(6, 3)), f(6, 1), dict(optimizer=sgd(), loss="mse"))
    write("fit", cases)


SECTIONS = {
    "defaults": defaults,
    "layers": layers_section,
    "operations": operations,
    "activations": activations,
    "losses": losses_section,
    "metrics": metrics_section,
    "optimizers": optimizers_section,
    "fit": fit_section,
    "initializers": initializers_section,
    "schedules": schedules,
    "regularizers": regularizers_section,
    "constraints": constraints_section,
}

if __name__ == "__main__":
    for section in sys.argv[1:] or SECTIONS:
        print(section, flush=True)
        SECTIONS[section]()
