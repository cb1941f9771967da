"""What is written down of a model beside its files."""

import json

import keras
import numpy as np

FILE = "facts.json"
KERAS = "model.keras"
LEGACY = "model.h5"
WEIGHTS = "model.weights.h5"
PIECES = "model.weights.json"
SAVED_MODEL = "saved_model"
AGAIN = "saved_model_again"

# Kinds whose weights are written in pieces, too, and what one may take.
IN_PIECES = {"nested"}
PIECE = 256

# Kinds that only an archive holds all of, and why.
ARCHIVE_ALONE = {"own_files": "a layer has a file"}
EPOCHS = 3
RANDOM_EPOCHS = 60


def files(kind):
    """The names of all files that a kind is written in."""
    return [KERAS] + [LEGACY, WEIGHTS] * (kind not in ARCHIVE_ALONE) + [PIECES] * (kind in IN_PIECES)


def array(a):
    a = np.asarray(keras.ops.convert_to_numpy(a))
    dtype = a.dtype.name
    # JSON's numbers hold what the short types hold
    return {"dtype": dtype, "shape": list(a.shape), "data": a.astype("float64" if "float" in dtype else a.dtype).ravel().tolist()}


def load(written):
    # a type that NumPy itself lacks goes by TensorFlow
    dtype = "float32" if written["dtype"] == "bfloat16" else written["dtype"]
    return np.array(written["data"], dtype).reshape(written["shape"])


def one_or_all(arrays):
    return arrays[0] if len(arrays) == 1 else list(arrays)


def output_names(model):
    return [model.layers[-1].name] if isinstance(model, keras.Sequential) else model.output_names


def outputs(model, x):
    found = model(one_or_all(x), training=False)
    return dict(zip(output_names(model), found if isinstance(found, (list, tuple)) else [found]))


def train(model, x, y, weights, epochs):
    return model.fit(
        one_or_all(x),
        one_or_all(y),
        sample_weight=one_or_all(weights) if weights else None,
        epochs=epochs,
        batch_size=8,
        shuffle=False,
        verbose=0,
    ).history


def state(model):
    """The optimizer's variables, made where there was no step yet: reading a file makes them, too."""
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    return model.optimizer.variables


def write(kind, folder):
    model = kind.model
    names = [t._keras_history.operation.name for t in model.inputs]
    facts = {
        "tolerance": kind.tolerance,
        "random": kind.random,
        "inputs": dict(zip(names, map(array, kind.x))),
        "targets": dict(zip(output_names(model), map(array, kind.y))),
        "sample_weights": dict(zip(output_names(model), map(array, kind.weights))),
        "outputs": {name: array(a) for name, a in outputs(model, kind.x).items()},
        "weights": [array(w) for w in model.weights],
        "json": json.loads(model.to_json()),
    }
    if kind.compile:
        facts["optimizer"] = [array(v) for v in state(model)]
        epochs = RANDOM_EPOCHS if kind.random else EPOCHS
        facts["history"] = train(model, kind.x, kind.y, kind.weights, epochs)
    (folder / FILE).write_text(json.dumps(facts))
