"""Options of fit, batches on their own, and what callbacks decide."""

import json
import math
import random
import tempfile
from pathlib import Path

from common import arr, clean, f32, fresh, normal, random_weights, uniform, write  # first: it sets the environment
from losses import one_hot
from trainings import data, described, training

import keras
import numpy as np
from keras import layers as L
from keras import ops, optimizers


def mlp(units=1, activation=None):
    def build():
        return keras.Sequential([keras.Input((3,)), L.Dense(4, activation="tanh", name="hidden"),
                                 L.Dense(units, activation=activation, name="out")], name="mlp")
    return build


def f(*s):
    return lambda rng: normal(rng, *s, scale=1.0, digits=2)


def labels(classes, *s):
    return lambda rng: rng.integers(0, classes, s).astype("int32")


def hot(n, classes):
    return lambda rng: one_hot(rng, n, classes)


def sgd(rate=0.1, **k):
    return lambda: optimizers.SGD(rate, **k)


class BatchEnds(keras.callbacks.Callback):
    """Notes the batches whose end callbacks see; may stop after one."""

    def __init__(self, case, stop=None):
        super().__init__()
        self.seen = case["batch_ends"] = []
        self.stop = stop
        if stop:
            case["fit"]["stop"] = stop

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append([self.epoch, batch])
        if self.stop == [self.epoch, batch]:
            self.model.stop_training = True


def fit_options():
    cases = []

    def run(*given, **named):
        training(cases, *given, **named)

    scce, cce = "sparse_categorical_crossentropy", "categorical_crossentropy"
    mse = dict(optimizer=sgd(), loss="mse")
    held = dict(validation_data=lambda r: (f(5, 3)(r), f(5, 2)(r)))
    run("validation frequency", mlp(2), f(6, 3), f(6, 2), mse, fit=dict(held, validation_freq=2, epochs=5))
    run("validation frequency beyond the end", mlp(2), f(6, 3), f(6, 2), mse, fit=dict(held, validation_freq=7, epochs=3))
    run("validation split weighted", mlp(2), f(10, 3), f(10, 2),
        dict(optimizer=sgd(), loss="mse", metrics=["mae"], weighted_metrics=["mae"]),
        fit=dict(validation_split=0.3, sample_weight=lambda r: uniform(r, 0.2, 2, 10, digits=2)))
    run("validation split and class weight", mlp(3, "softmax"), f(11, 3), labels(3, 11), dict(optimizer=sgd(), loss=scce),
        fit=dict(validation_split=0.2, class_weight={0: 3.0, 2: 0.25}))
    weighed = dict(optimizer=sgd(), metrics=["accuracy"], weighted_metrics=["accuracy"])
    run("class weight one-hot", mlp(3, "softmax"), f(7, 3), hot(7, 3), dict(weighed, loss=cce),
        fit=dict(class_weight={0: 1.0, 1: 2.0, 2: 0.5}))
    run("class weight missing one", mlp(3, "softmax"), f(7, 3), labels(3, 7), dict(weighed, loss=scce), fit=dict(class_weight={1: 4.0}))
    run("class weight column", mlp(1, "sigmoid"), f(7, 3), lambda r: labels(2, 7, 1)(r).astype("float32"),
        dict(weighed, loss="binary_crossentropy"), fit=dict(class_weight={0: 0.5, 1: 2.5}, validation_data=lambda r: (
            f(4, 3)(r), labels(2, 4, 1)(r).astype("float32"))))
    run("class weight numbers", mlp(1), f(7, 3), lambda r: normal(r, 7, scale=1.0, digits=1), mse, fit=dict(class_weight={0: 0.5, 1: 2.5}))
    run("rate scheduler", mlp(2), f(7, 3), f(7, 2), dict(optimizer=sgd(0.3, momentum=0.9), loss="mse"), fit=dict(epochs=4),
        callbacks=[("LearningRateScheduler", dict(rates=[0.1, 0.05, 0.2, 0.01]))])
    run("rate scheduler late", mlp(2), f(7, 3), f(7, 2), dict(optimizer=lambda: optimizers.Adam(0.3), loss="mse"),
        fit=dict(epochs=4, initial_epoch=2, validation_freq=2, **held),
        callbacks=[("LearningRateScheduler", dict(rates=[0.1, 0.05, 0.2, 0.01]))])
    run("reduce on plateau beside early stopping", mlp(2), f(7, 3), f(7, 2), dict(optimizer=sgd(0.5), loss="mse"),
        fit=dict(epochs=12, validation_freq=2, **held),
        callbacks=[("ReduceLROnPlateau", dict(monitor="val_loss", factor=0.3, patience=1, min_delta=0.05)),
                   ("EarlyStopping", dict(monitor="val_loss", patience=3, min_delta=0.01, restore_best_weights=True))])
    for n in (1, 2, 3, 9):
        run(f"{n} steps per execution", mlp(2), f(19, 3), f(19, 2), dict(mse, metrics=["mae"], steps_per_execution=n),
            follow=lambda model, case: BatchEnds(case))
    run("stop inside an epoch", mlp(2), f(19, 3), f(19, 2), mse, fit=dict(epochs=3, **held),
        follow=lambda model, case: BatchEnds(case, [1, 2]))
    run("stop inside an epoch and an execution", mlp(2), f(19, 3), f(19, 2), dict(mse, steps_per_execution=2), fit=dict(epochs=3),
        follow=lambda model, case: BatchEnds(case, [1, 1]))
    for case in cases:
        # a last execution with fewer steps is numbered there as if it were full
        steps = math.ceil((case["x"]["shape"][0]) / case["fit"]["batch_size"])
        for seen in case.get("batch_ends", []):
            seen[1] = min(seen[1], steps - 1)
    write("fit_options", cases)


class Penalty(L.Layer):
    """Doubles, and adds a loss of the square of its input and its scale."""

    def __init__(self, **k):
        super().__init__(**k)
        self.scale = self.add_weight(shape=(4,), name="scale")

    def call(self, x):
        self.add_loss(0.1 * ops.mean(x * x) + 0.05 * ops.sum(ops.abs(self.scale)))
        self.add_loss(0.02 * ops.abs(self.scale))
        return 2 * x * self.scale


def on_batch():
    """Steps with single batches, and losses that layers add."""
    cases = []

    def case(name, build, xs, ys, steps, compiled, weights=None):
        rng = fresh("on batch " + name)
        model = build()
        values = random_weights(rng, model.weights)
        model.set_weights(values)
        compiled = {k: v() if callable(v) else v for k, v in compiled.items()}
        model.compile(**compiled)
        given = [(x(rng), y(rng)) for x, y in zip(xs, ys)]
        results = []
        for step in steps:
            x, y = given[step["batch"]]
            k = {"class_weight": step["class_weight"]} if "class_weight" in step else {}
            if "sample_weight" in step:
                k["sample_weight"] = np.array(step["sample_weight"], "float32")
            call = model.train_on_batch if step["call"] == "train" else model.test_on_batch
            results.append({k: f32(v) for k, v in call(x, y, return_dict=True, **k).items()})
        cases.append({
            "name": name, "compile": described(compiled),
            "model": None if name.startswith("added") else clean(json.loads(model.to_json())),
            "weights": [{"path": v.path, "value": arr(w)} for v, w in zip(model.weights, values)],
            "batches": [data(b) for b in given], "steps": clean(steps), "results": results,
            "weights_after": [arr(v) for v in model.weights]})

    train, test = [dict(call="train", batch=0)], [dict(call="test", batch=1)]
    case("regression", mlp(2), [f(4, 3), f(6, 3)], [f(4, 2), f(6, 2)],
         train + train + test + [dict(call="train", batch=1), dict(call="test", batch=0)] + train,
         dict(optimizer=sgd(momentum=0.9), loss="mse", metrics=["mae"]))
    case("weighted", mlp(3, "softmax"), [f(4, 3), f(4, 3)], [labels(3, 4), labels(3, 4)],
         [dict(call="train", batch=0, class_weight={0: 2.0, 2: 0.5}), dict(call="train", batch=1, sample_weight=[1, 2, 0, 0.5]),
          dict(call="test", batch=0, sample_weight=[3, 1, 1, 2]), dict(call="train", batch=1)],
         dict(optimizer=sgd(), loss="sparse_categorical_crossentropy", metrics=["accuracy"], weighted_metrics=["accuracy"]))

    def normalized():
        return keras.Sequential([keras.Input((3,)), L.Dense(4, use_bias=False, name="d"), L.BatchNormalization(momentum=0.8, name="bn"),
                                 L.Dense(2, name="out", activity_regularizer="l2", kernel_regularizer="l1")])

    # a bias before the normalization has a gradient of rounding errors, which Adam makes steps of
    case("batch normalization and regularizers", normalized, [f(4, 3), f(5, 3)], [f(4, 2), f(5, 2)],
         train + test + train + test, dict(optimizer=lambda: optimizers.Adam(0.05), loss="mse"))

    def penalized():
        return keras.Sequential([keras.Input((3,)), L.Dense(4, name="hidden"), Penalty(name="penalty"), L.Dense(2, name="out")])

    case("added losses", penalized, [f(4, 3), f(5, 3)], [f(4, 2), f(5, 2)], train + test + train, dict(optimizer=sgd(), loss="mse"))
    case("added losses alone", penalized, [f(4, 3), f(5, 3)], [f(4, 2), f(5, 2)], train + test + train, dict(optimizer=sgd(), loss=None))
    write("on_batch", cases)


# ---------------------------------------------------------------- callbacks alone


def rates(model, values, options):
    callback = keras.callbacks.ReduceLROnPlateau(**options)
    callback.set_model(model)
    model.optimizer.learning_rate = 0.1
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        logs = {options["monitor"]: value}
        callback.on_epoch_end(epoch, logs)
        rates.append([f32(logs["learning_rate"]), f32(float(model.optimizer.learning_rate.numpy()))])
    return rates


def saves(model, epochs, steps, options):
    """What is saved where; the logs of a step are those of its epoch without val_."""
    saved = []
    model.save_weights = lambda path, overwrite=True: saved.append(path.removesuffix(".weights.h5"))
    options = dict(options, filepath=options["filepath"] + ".weights.h5", save_weights_only=True)
    callback = keras.callbacks.ModelCheckpoint(**options)
    callback.set_model(model)
    callback._set_monitor_op()
    callback.on_train_begin()
    for epoch, logs in enumerate(epochs):
        callback.on_epoch_begin(epoch)
        for step in range(steps):
            callback.on_train_batch_end(step, {k: v for k, v in logs.items() if not k.startswith("val_")})
        callback.on_epoch_end(epoch, dict(logs))
    return saved


def table(epochs, options, before):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        if before is not None:
            path.write_bytes(before.encode())
        callback = keras.callbacks.CSVLogger(str(path), **options)
        callback.on_train_begin()
        for epoch, logs in enumerate(epochs):
            callback.on_epoch_end(epoch, dict(logs))
        callback.on_train_end()
        return path.read_bytes().decode()


def texts(logs):
    return {k: repr(v) for k, v in logs.items()}


def callbacks():
    model = keras.Sequential([keras.Input((1,)), L.Dense(1, use_bias=False)])
    model.compile("sgd", "mse", metrics=["accuracy", "mae"])
    model.fit(np.zeros((2, 1)), np.zeros((2, 1)), verbose=0)  # now it knows its metrics
    chance = random.Random(11)
    reduce, save, logged = [], [], []
    down = [1.0, 0.8, 0.9, 0.7, 0.75, 0.72, 0.71, 0.7, 0.69, 0.9, 0.9, 0.9]
    given = [(down, dict(monitor="val_loss", patience=p, cooldown=c)) for p in (0, 1, 2) for c in (0, 1, 3)]
    given += [(down, dict(monitor="val_accuracy", patience=2)), (down, dict(monitor="loss", patience=1, min_lr=0.05)),
              ([1.0, float("nan"), 0.5, 0.6], dict(monitor="loss", patience=1)), (down, dict(monitor="loss")),
              ([1.0, 0.99995, 0.9999, 0.99985], dict(monitor="loss", patience=1))]
    for _ in range(30):
        given.append(([round(chance.random(), 2) for _ in range(chance.randint(1, 14))], dict(
            monitor=chance.choice(["loss", "val_accuracy", "mae"]), factor=chance.choice([0.1, 0.5, 0.9, 0.0]),
            patience=chance.randint(0, 3), mode=chance.choice(["auto", "min", "max"]),
            min_delta=chance.choice([0, 0.05, -0.2]), cooldown=chance.randint(0, 2), min_lr=chance.choice([0, 0, 0.01, 0.03]))))
    for values, options in given:
        reduce.append({"values": [str(v) for v in values], "options": options, "rates": rates(model, values, options)})

    def epochs(n):
        return [{k: round(chance.random(), 3) for k in ("loss", "accuracy", "val_loss", "val_accuracy")} for _ in range(n)]

    for steps, options in [
        (1, dict(filepath="w")), (2, dict(filepath="{epoch:02d}-{val_loss:.2f}")), (2, dict(filepath="{epoch}-{val_loss}-{accuracy:8.4f}")),
        (2, dict(filepath="{epoch:4d}x{loss:09.3f}", save_best_only=True)),
        (2, dict(filepath="{epoch}", save_best_only=True, monitor="val_accuracy")),
        (2, dict(filepath="{epoch}", save_best_only=True, monitor="val_accuracy", mode="min")),
        (2, dict(filepath="{epoch}", save_best_only=True, initial_value_threshold=0.3)),
        (3, dict(filepath="{epoch}-{batch:03d}", save_freq=2)), (3, dict(filepath="{epoch}-{batch}-{loss:.1f}", save_freq=4)),
        (1, dict(filepath="{epoch}-{batch}", save_freq=3)), (5, dict(filepath="{epoch}-{batch}", save_freq=1)),
        (3, dict(filepath="{epoch}-{batch}", save_freq=2, save_best_only=True, monitor="loss")),
    ]:
        for n in (1, 6):
            logs = epochs(n)
            save.append({"epochs": [texts(e) for e in logs], "steps": steps, "options": options, "saved": saves(model, logs, steps, options)})
    odd = [{"loss": 0.1, "a": 1e-5}, {"loss": 1e16, "a": 123456789.125}, {"loss": float("nan"), "a": float("-inf")}, {"loss": 0.618762195110321}]
    for logs, options, before in [
        (epochs(3), {}, None), (odd, {}, None), (epochs(2), dict(separator=";"), "old"), (epochs(2), dict(append=True), "epoch,loss\r\n0,1.0\r\n"),
        (odd, dict(append=True), None), (odd, dict(append=True, separator="|"), ""), ([{"a,b": 1.5, 'c"d': 2.0}], {}, None),
        (epochs(1) + [{"loss": 0.5, "more": 1.0}], {}, None),
    ]:
        logged.append({"epochs": [texts(e) for e in logs], "options": options, "before": before, "text": table(logs, options, before)})
    values = [0.0, -0.0, 1.0, -2.5, 0.125, 1.005, 2.675, 1e-4, 9.999e-5, 1e15, 1e16, 1.5e300, 5e-324, 2e-3, 1 / 3, 123.456, 2.0 ** 53, 1e22, 1e23,
              float(np.float32(0.1)), float("inf"), float("-inf"), float("nan")]
    values += [chance.uniform(-1, 1) * 10 ** chance.randint(-12, 20) for _ in range(200)]
    numbers = [{"value": repr(v) if math.isfinite(v) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[repr(v)], "repr": repr(v),
                "fixed": [f"{v:.{d}f}" for d in (0, 2, 6)]} for v in values]
    write("callbacks", {"reduce": reduce, "save": save, "log": logged, "numbers": numbers})
