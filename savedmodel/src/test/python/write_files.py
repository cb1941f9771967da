"""Writes the files of savedmodel's tests with the Keras that is installed.

    python write_files.py

Into ../resources/files: an archive with its weights in NumPy's format and, from Keras 3.15 on, weights in shards and
whole archives that tests damage. Beside each, inputs and what the model makes of them. Committed: what Keras 2.13.1
(TensorFlow 2.13.1), 3.6.0 and 3.15.1 (TensorFlow 2.21.0) wrote.
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

try:
    from keras.src.saving import saving_lib
except ImportError:
    from keras.saving import saving_lib

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "files"
VERSION = keras.__version__
NUMBERS = tuple(int(n) for n in VERSION.split("."))
X = np.arange(8, dtype="float32").reshape(2, 4) / 8


def model(*layers):
    built = keras.Sequential([*layers])
    built.build((None, 4))
    random = np.random.RandomState(1)
    for variable in built.weights:
        variable.assign(random.randint(1, 5, variable.shape) / 4)  # sums of products are exact in halves
    return built


def trained(*layers):
    built = model(*layers)
    built.compile("adam", "mse")
    built.train_on_batch(X, np.ones((2, 2), "float32"))
    return built


def write_values(built, name):
    values = {"keras": VERSION, "x": X.tolist(), "y": np.asarray(built(X), "float32").tolist()}
    (FOLDER / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n")


def write_npz():
    name = f"npz-{VERSION}"
    layers = [keras.layers.Dense(2, activation="relu"), keras.layers.BatchNormalization(),
              keras.layers.LayerNormalization()]
    if NUMBERS >= (3,):  # Keras 2.13 numbers layers of one class as no other does
        layers += [keras.layers.Dense(2, use_bias=False)]
    built = trained(*layers)
    saving_lib.save_model(built, str(FOLDER / f"{name}.keras"), weights_format="npz")
    write_values(built, name)


def write_halves():
    name = f"npz-halves-{VERSION}"
    built = model(
        keras.layers.Dense(3, dtype="bfloat16"), keras.layers.Dense(2, dtype="float16"),
        keras.layers.Dense(2, dtype="float64"))
    saving_lib.save_model(built, str(FOLDER / f"{name}.keras"), weights_format="npz")
    write_values(built, name)


def write_shards():
    built = trained(keras.layers.Dense(8, activation="relu"), keras.layers.Dense(8), keras.layers.Dense(2))
    # 260 bytes each: the optimizer's state lies in several, and one layer in two
    built.save_weights(FOLDER / "shards.weights.json", max_shard_size=260 / 1024**3)
    built.save(FOLDER / "shards.keras")
    write_values(built, "shards")


def write_victims():
    """Small archives with much in them, for tests that damage them."""
    inputs = keras.Input((4,), name="x")
    hidden = keras.layers.Dense(5, activation="relu", kernel_regularizer="l2")(inputs)
    hidden = keras.layers.BatchNormalization()(hidden) * 2 + 1
    rows = keras.layers.Reshape((5, 1))(keras.layers.Dropout(0.2)(hidden))
    state = keras.layers.Flatten()(keras.layers.Conv1D(3, 2, padding="same")(rows))
    merged = keras.layers.Concatenate()([hidden, state])
    outputs = keras.layers.Dense(2, name="y")(merged)
    built = keras.Model(inputs, outputs, name="victim")
    built.compile(keras.optimizers.Adam(0.01), keras.losses.Huber(), metrics=["mae"])
    built.train_on_batch(X, np.ones((2, 2), "float32"))
    built.save(FOLDER / "victim.keras")
    built.save_weights(FOLDER / "victim.weights.h5")
    built.save(FOLDER / "victim.h5")
    write_values(built, "victim")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_npz()
    if NUMBERS >= (3,):
        write_halves()
    if NUMBERS >= (3, 15):
        write_shards()
        write_victims()
