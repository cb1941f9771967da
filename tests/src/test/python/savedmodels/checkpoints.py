"""Checkpoints of TensorFlow, both ways between tf.train.Checkpoint and Ibex; the counterpart of CheckpointsMain.

  checkpoints write INTO    writes a checkpoint of each kind of model in two_way, trained, and of other objects
  checkpoints judge THEIRS  restores what Ibex wrote

A folder for each kind holds model.keras, whose weights are other ones, facts.json and the checkpoints ckpt-N. A line for
each failure; the exit code is 1 if there is one.
"""

import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).parent.parent / "two_way"))

import tensorflow as tf  # noqa: E402

tf.config.experimental.enable_op_determinism()

import json  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402

import facts  # noqa: E402
import judge  # noqa: E402
import writer  # noqa: E402
from kinds import KINDS  # noqa: E402

PREFIX = "ckpt"
OBJECTS = "objects"

# Kinds whose losses are looked at after a checkpoint was read, too; training each takes seconds.
TRAINED = {"cnn", "nested", "optimizer_adam", "optimizer_nadam", "optimizer_sgd_momentum", "policy_mixed_float16"}


def checkpoint(model):
    optimizer = {"optimizer": model.optimizer} if model.compiled else {}
    return tf.train.Checkpoint(model=model, **optimizer)


def write(name, folder):
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    kind = KINDS[name]()
    model = kind.model
    if kind.compile:
        model.compile(**kind.compile)
    folder.mkdir(parents=True)
    model.save(folder / facts.KERAS)
    writer.shift(model)
    if kind.compile and kind.epochs:
        facts.train(model, kind.x, kind.y, kind.weights, 1)
    if kind.compile:
        facts.state(model)
    saved = checkpoint(model)
    saved.save(folder / PREFIX)
    assert saved.save(folder / PREFIX).endswith("-2")
    facts.write(kind, folder)


class Holder(tf.Module):
    """Objects in lists and dictionaries, and one that holds itself."""

    def __init__(self):
        self.w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
        self.parts = [tf.Variable(5), tf.Variable([True, False])]
        self.named = {"a.b/c": tf.Variable(6.0, dtype=tf.float64), "text": tf.Variable(["x", "größer"])}
        self.me = self


VALUES = {
    "holder/w": [[1.0, 2.0], [3.0, 4.0]],
    "holder/parts/0": 5,
    "holder/parts/1": [True, False],
    "holder/named/a..b.Sc": 6.0,
    "holder/named/text": ["x", "größer"],
}


def write_objects(folder):
    folder.mkdir(parents=True)
    tf.train.Checkpoint(holder=Holder()).save(folder / PREFIX)


def judge_objects(folder):
    """Restores what Ibex wrote of the same objects; the numbers are twice those above."""
    holder = Holder()
    restored = tf.train.Checkpoint(holder=holder)
    latest = tf.train.latest_checkpoint(folder)
    judge.same("latest", Path(latest).name, f"{PREFIX}-3")
    state = tf.train.get_checkpoint_state(folder)
    judge.same("all", [Path(p).name for p in state.all_model_checkpoint_paths], [f"{PREFIX}-{i}" for i in (1, 2, 3)])
    restored.restore(latest).assert_consumed()
    judge.same("save_counter", restored.save_counter.numpy(), 3)
    judge.same("w", holder.w.numpy().tolist(), [[2.0, 4.0], [6.0, 8.0]])
    judge.same("parts", [p.numpy().tolist() for p in holder.parts], [10, [False, True]])
    judge.same("named", holder.named["a.b/c"].numpy(), 12.0)
    judge.same("text", [t.decode() for t in holder.named["text"].numpy()], ["xx", "größergrößer"])
    judge.same("next", Path(restored.save(folder / PREFIX)).name, f"{PREFIX}-4")


def fresh(folder):
    keras.backend.clear_session()
    model = keras.saving.load_model(folder / facts.KERAS)
    for weight in model.weights:
        weight.assign(keras.ops.zeros_like(weight))
    return model


def read(folder, deferred):
    known = json.loads((folder / facts.FILE).read_text())
    model = fresh(folder)
    judge.same("compiled", bool(model.compiled), "optimizer" in known)
    if model.compiled and deferred:  # the state is made in the first step, and gets its values then
        model.optimizer = type(model.optimizer).from_config(model.optimizer.get_config())
    status = checkpoint(model).restore(tf.train.latest_checkpoint(folder))
    if not deferred:
        status.assert_existing_objects_matched()
    if model.compiled:
        state = facts.state(model)
        judge.all_close("optimizer", state, known["optimizer"], 0)
        status.assert_existing_objects_matched()
        status.assert_consumed()
    judge.all_close("weights", model.weights, known["weights"], 0)
    x, y, weights = ([facts.load(a) for a in known[key].values()] for key in ("inputs", "targets", "sample_weights"))
    if folder.name in TRAINED and not deferred:
        judge.train(model, x, y, weights, known)


def alone(folder):
    """Restores the model as the root of another checkpoint's objects, and the optimizer by itself."""
    model = fresh(folder)
    latest = tf.train.latest_checkpoint(folder)
    tf.train.Checkpoint(model=model).restore(latest).assert_existing_objects_matched()
    if model.compiled:
        tf.train.Checkpoint(optimizer=model.optimizer).restore(latest).assert_existing_objects_matched()


def main():
    folder = Path(sys.argv[2])
    report = judge.Report()
    if sys.argv[1] == "write":
        for name in KINDS:
            report.check(name, "write", write, name, folder / name)
            keras.config.set_dtype_policy("float32")
        report.check(OBJECTS, "write", write_objects, folder / OBJECTS)
    else:
        for path in sorted(p for p in folder.iterdir() if p.name != OBJECTS):
            report.check(path.name, "restore", read, path, False)
            report.check(path.name, "restore later", read, path, True)
            report.check(path.name, "restore alone", alone, path)
        report.check(OBJECTS, "restore", judge_objects, folder / OBJECTS)
    print(f"checkpoints {sys.argv[1]}: {report.passed} passed, {report.failed} failed", file=sys.stderr)
    sys.exit(1 if report.failed or not report.passed else 0)


main()
