"""Writes what real Keras's EarlyStopping decides, for EarlyStoppingParityTest.

Run:  pip install keras==3.15.1 tensorflow-cpu==2.21.0 && python early_stopping.py

A case is a key, options, and the key's values by epoch; Keras's answer is the number of epochs run,
the best epoch, whether it stopped, and the epoch whose weights the model has at the end.  The only
weight of the model is the number of the epoch.
"""

import json
import os
import random
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy as np  # noqa: E402

OUT = Path(__file__).resolve().parents[1] / "resources" / "golden" / f"keras-{keras.__version__}"


def trained_model():
    """A model that knows its metrics, as mode "auto" needs it."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile("sgd", "mse", metrics=["accuracy", "mae"])
    model.fit(np.zeros((2, 1)), np.zeros((2, 1)), verbose=0)
    return model


def run(model, key, values, options):
    callback = keras.callbacks.EarlyStopping(monitor=key, **options)
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    epochs = 0
    for epoch, value in enumerate(values):
        model.set_weights([np.full((1, 1), epoch)])
        callback.on_epoch_end(epoch, {key: value})
        epochs += 1
        if model.stop_training:
            break
    callback.on_train_end()
    return {
        "epochs": epochs,
        "best_epoch": callback.best_epoch,
        "stopped": model.stop_training,
        "weights_of": int(model.get_weights()[0][0, 0]),
    }


def cases():
    down = [1.0, 0.8, 0.9, 0.7, 0.75, 0.72, 0.71, 0.7, 0.69, 0.9, 0.9, 0.9]
    up = [0.1, 0.5, 0.4, 0.6, 0.6, 0.55, 0.7, 0.7, 0.65, 0.7, 0.2, 0.3]
    for patience in (0, 1, 2, 3, 5):
        for restore in (False, True):
            yield "val_loss", down, {"patience": patience, "restore_best_weights": restore}
            yield "val_accuracy", up, {"patience": patience, "restore_best_weights": restore}
    for mode in ("min", "max", "auto"):
        yield "val_loss", up, {"mode": mode, "patience": 2}
        yield "mae", down, {"mode": mode, "patience": 2, "restore_best_weights": True}
        yield "accuracy", down, {"mode": mode, "patience": 1}
    # 0.7 + 0.1 is less than 0.8 in float64, but not in float32
    yield "loss", [0.8, 0.7, 0.6], {"min_delta": 0.1}
    yield "loss", [1.0, 1.0 - 1e-9, 1.0 - 2e-9], {}
    yield "loss", [1.0, float("nan"), 0.5, 0.6], {"patience": 2}
    yield "loss", [float("nan"), 0.5, 0.4], {"patience": 2, "restore_best_weights": True}
    yield "loss", [float("inf"), 3.0, 2.0], {}
    chance = random.Random(7)
    for _ in range(40):
        values = [round(chance.random(), 2) for _ in range(chance.randint(1, 14))]
        options = {
            "patience": chance.randint(0, 4),
            "mode": chance.choice(["min", "max", "auto"]),
            "min_delta": chance.choice([0, 0, 0.05, 0.2]),
            "restore_best_weights": chance.random() < 0.7,
            "start_from_epoch": chance.choice([0, 0, 1, 3]),
        }
        if chance.random() < 0.4:
            options["baseline"] = round(chance.random(), 2)
        yield chance.choice(["loss", "val_loss", "val_accuracy", "mae"]), values, options


def main():
    model = trained_model()
    lines = []
    for key, values, options in cases():
        answer = run(model, key, values, options)
        texts = [v if np.isfinite(v) else {"nan": "NaN", "inf": "Infinity"}[str(v)] for v in values]
        lines.append(json.dumps({"key": key, "values": texts, "options": options, **answer}))
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "early_stopping.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{len(lines)} cases")


main()
