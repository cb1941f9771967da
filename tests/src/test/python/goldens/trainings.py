"""Whole trainings."""

import json

from common import arr, clean, f32, fresh, left_out, normal, obj, random_weights, rng_of, uniform, write  # first: it sets the environment
from losses import one_hot

import keras
import numpy as np
from keras import constraints, layers, losses, metrics, ops, optimizers, regularizers


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


def callback(name, arguments):
    """LearningRateScheduler is given as a list of rates."""
    if name == "LearningRateScheduler":
        rates = arguments["rates"]
        return keras.callbacks.LearningRateScheduler(lambda epoch, rate: rates[epoch])
    return getattr(keras.callbacks, name)(**arguments)


def training(cases, name, build, x, y, compiled, fit=None, callbacks=(), weights=None, follow=None):
    """fit holds further arguments of fit; callbacks are (class name, arguments); follow(model, case) may add a callback."""
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
        made = [callback(c, a) for c, a in callbacks]
        if callbacks:
            case["fit"]["callbacks"] = [{"class_name": c, "config": clean(a)} for c, a in callbacks]
        if follow:
            made.append(follow(model, case))
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


def fit_section():
    L = layers
    cases = []

    def run(*given, **named):
        training(cases, *given, **named)

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
