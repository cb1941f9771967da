"""Reads models that Ibex wrote and compares them with what they did there."""

import json
import sys
import zipfile

import h5py
import keras
import numpy as np
from keras.src.legacy.saving import legacy_h5_format

import configs
import facts
import own  # noqa: F401 registers the classes
import saved_models

# Kinds of which Keras cannot read its own files, either, and why.
UNREADABLE = {facts.LEGACY: {"policy_bfloat16": "elements of that type cannot be read"}}
UNCOMPILED = {facts.LEGACY: {"optimizer_lamb": "the optimizer's name is missing in a list"}}


class Difference(Exception):
    def __init__(self, what, expected, found):
        super().__init__(f"{what}: expected {expected}, found {found}")


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, kind, what, check, *arguments):
        try:
            check(*arguments)
            self.passed += 1
        except Exception as e:  # any failure is one of this check
            self.failed += 1
            text = str(e) if isinstance(e, Difference) else f"{type(e).__name__}: {e}"
            print(f"FAILED {kind} {what}: {text}", file=sys.stderr)


def same(what, found, expected):
    if found != expected:
        raise Difference(what, expected, found)


def close(what, found, expected, tolerance):
    """Compares numbers, relatively where they are above 1."""
    found, expected = np.asarray(found, "float64"), np.asarray(expected, "float64")
    same("shape of " + what, found.shape, expected.shape)
    wrong = ~(np.abs(found - expected) <= tolerance * np.maximum(1, np.abs(expected)))
    if wrong.any():
        i = tuple(np.argwhere(wrong)[0])
        raise Difference(f"{what} at {list(map(int, i))}", expected[i], found[i])


def alike(what, found, expected):
    """Compares the means of numbers that were drawn, within five standard errors."""
    error = np.sqrt(np.var(found, ddof=1) / len(found) + np.var(expected, ddof=1) / len(expected))
    if error == 0 or not abs(np.mean(found) - np.mean(expected)) <= 5 * error:
        raise Difference(f"mean {what} ± {error}", np.mean(expected), np.mean(found))


def all_close(what, found, expected, tolerance):
    same("number of " + what, len(found), len(expected))
    for i, (f, e) in enumerate(zip(found, expected)):
        close(f"{what} {i}", keras.ops.convert_to_numpy(f), facts.load(e), tolerance)


def same_json(ibex, of_keras):
    for difference in configs.compare(ibex, of_keras):
        raise Difference(*difference)


def read(folder, file):
    """Compares what is in a file, and the training that goes on from it."""
    known = json.loads((folder / facts.FILE).read_text())
    keras.backend.clear_session()
    if file in (facts.WEIGHTS, facts.PIECES):
        model = keras.models.model_from_json(json.dumps(known["json"]))
        model.load_weights(folder / file)
    else:
        model = keras.saving.load_model(folder / file, compile=folder.name not in UNCOMPILED.get(file, {}))
        same_json(known["json"], json.loads(model.to_json()))
    x, y, weights = ([facts.load(a) for a in known[key].values()] for key in ("inputs", "targets", "sample_weights"))
    all_close("weights", model.weights, known["weights"], 0)
    found = facts.outputs(model, x)
    same("names of outputs", list(found), list(known["outputs"]))
    all_close("outputs", list(found.values()), list(known["outputs"].values()), known["tolerance"])
    if file in (facts.WEIGHTS, facts.PIECES):
        return
    if folder.name in UNCOMPILED.get(file, {}):
        return
    same("compiled", bool(model.compiled), "optimizer" in known)
    if model.compiled:
        if file == facts.LEGACY:
            restore(model, folder / file)
            # saves the time of tracing; with several outputs Keras would take the means of their losses otherwise
            model.run_eagerly = len(found) == 1 and not known["random"]
        all_close("optimizer", facts.state(model), known["optimizer"], 0)
        train(model, x, y, weights, known)


def restore(model, file):
    """Does what Keras means to do when it reads .h5.

    It gives the state to an optimizer that it has built for no weights at all: the list that it takes is that of
    the model's own weights, which are none. So no state gets in, also not of its own files, and such a model cannot
    be trained: "Unknown variable".
    """
    optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    optimizer.build(model.trainable_variables)
    with h5py.File(file) as f:
        values = [np.asarray(v) for v in legacy_h5_format.load_optimizer_weights_from_hdf5_group(f)]
    same("number of optimizer", len(values), len(optimizer.variables))
    for variable, value in zip(optimizer.variables, values):  # set_weights forgets those of an inner optimizer
        variable.assign(value)
    model.optimizer = optimizer


def train(model, x, y, weights, known):
    epochs = facts.RANDOM_EPOCHS if known["random"] else facts.EPOCHS
    history = facts.train(model, x, y, weights, epochs)
    same("keys of the history", sorted(history), sorted(known["history"]))
    for key, values in known["history"].items():
        if known["random"]:
            alike(key, history[key], values)
        else:
            close(key, history[key], values, max(1e-4, known["tolerance"]))


def config(archive):
    with zipfile.ZipFile(archive) as z:
        return json.loads(z.read("config.json"))


def same_config(own_folder, their_folder):
    """Compares what both write for the same model, its compilation included."""
    ours, theirs = (config(f / facts.KERAS) for f in (own_folder, their_folder))
    same_json(theirs, ours)


def same_read(folder, file):
    """Compares what Keras wrote with what Ibex writes of the model that it read there."""
    known = json.loads((folder / facts.FILE).read_text())
    same_json(json.loads((folder / file).read_text()), known["json"])


def judge_all(own_folder, their_folder):
    report = Report()
    theirs = sorted(their_folder.iterdir())
    for folder in theirs:
        for file in facts.files(folder.name):
            if folder.name not in UNREADABLE.get(file, {}):
                report.check(folder.name, file, read, folder, file)
    for folder in theirs:
        report.check(folder.name, facts.SAVED_MODEL, saved_models.check, folder, same, close)
    for folder in sorted(own_folder.iterdir()):
        if (their_folder / folder.name / facts.KERAS).exists():
            report.check(folder.name, "config", same_config, folder, their_folder / folder.name)
        if (folder / facts.AGAIN).exists():
            report.check(folder.name, facts.AGAIN, saved_models.check_again, folder, same, close)
        for file in sorted(folder.glob("*.read.json")):
            report.check(folder.name, "config", same_read, folder, file.name)
    print(f"Ibex to Keras: {report.passed} passed, {report.failed} failed", file=sys.stderr)
    return report.failed
