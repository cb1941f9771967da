"""Trains models and writes them in each format."""

import sys

import keras
import numpy as np

import facts
from kinds import KINDS

# Kinds that Keras cannot write in the format of Keras 2, or not read from it by any means, and why.
NOT_LEGACY = {
    "operators": "an operator becomes a layer that there is not",
    "text_joined": "a mask's operators, likewise",
    "text_concatenated": "likewise",
    "policy_bfloat16": "elements of that type cannot be read again",
    "optimizer_adafactor": "a weight's slots for rows and for columns have one name",
}

# Kinds that Keras cannot export, and why.
NOT_EXPORTED = {"names": "names of inputs that differ alone in what is no letter become one"}


def shift(model):
    """Moves weights away from what they are by default, but for what was adapted: Keras reads that once."""
    random = np.random.default_rng(5)
    adapted = {id(w) for layer in model.layers if isinstance(layer, keras.layers.Normalization) for w in layer.weights}
    for weight in model.weights:
        if id(weight) not in adapted:
            weight.assign(weight + keras.ops.cast(0.2 * random.random(weight.shape), weight.dtype))


def write(name, folder):
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    kind = KINDS[name]()
    model = kind.model
    shift(model)
    if kind.compile:
        model.compile(**kind.compile)
    if kind.epochs:
        facts.train(model, kind.x, kind.y, kind.weights, kind.epochs)
    folder.mkdir(parents=True)
    files = facts.files(name)
    model.save(folder / facts.KERAS)
    if facts.LEGACY in files and name not in NOT_LEGACY:
        model.save(folder / facts.LEGACY)
    if facts.WEIGHTS in files:
        model.save_weights(folder / facts.WEIGHTS)
    if facts.PIECES in files:
        model.save_weights(folder / facts.PIECES, max_shard_size=facts.PIECE / 2**30)
    if name not in NOT_EXPORTED:
        model.export(folder / facts.SAVED_MODEL, verbose=False)
    facts.write(kind, folder)


def write_all(into):
    failed = 0
    for name in KINDS:
        try:
            write(name, into / name)
        except Exception as e:  # any failure is one of this kind
            failed += 1
            print(f"FAILED {name} of Keras: {e}", file=sys.stderr)
        finally:
            keras.config.set_dtype_policy("float32")
    print(f"{len(KINDS) - failed} kinds written by Keras, {failed} failed", file=sys.stderr)
    return failed
