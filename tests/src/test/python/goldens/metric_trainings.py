"""Trainings with metrics of counts, some of which give a figure for each class or threshold."""

import json

from common import arr, clean, f32, fresh, normal, random_weights, uniform, write  # first: it sets the environment
from losses import one_hot
from trainings import data, described

import keras
import numpy as np
from keras import layers, metrics, optimizers


def flat(logs):
    """Figures of several numbers have a key for each."""
    out = {}
    for k, v in logs.items():
        v = np.asarray(v)
        if v.size == 1:
            out[k] = v.reshape(())
        else:
            out.update({f"{k}[{i}]": e for i, e in enumerate(v)})
    return out


def by_key(history):
    epochs = [flat({k: v[i] for k, v in history.items()}) for i in range(len(history["loss"]))]
    return {k: [f32(e[k]) for e in epochs] for k in epochs[0]}


def metric_trainings_section():
    cases = []

    def run(name, units, activation, y, compiled, weight=None):
        rng = fresh("metric training " + name)
        model = keras.Sequential([layers.Input((4,)), layers.Dense(units, activation=activation)])
        values = random_weights(rng, model.weights)
        model.set_weights(values)
        x, y = normal(rng, 11, 4, digits=2), y(rng)
        fit = {"batch_size": 4, "epochs": 2}
        case = {
            "name": name,
            "model": clean(json.loads(model.to_json())),
            "weights": [{"path": v.path, "value": arr(w)} for v, w in zip(model.weights, values)],
            "compile": described(compiled),
            "x": data(x), "y": data(y), "fit": {"shuffle": False, **fit},
        }
        if weight:
            fit["sample_weight"] = uniform(rng, 0.2, 2, 11, digits=2)
            case["fit"]["sample_weight"] = data(fit["sample_weight"])
        model.compile(**compiled)
        history = model.fit(x, y, shuffle=False, verbose=0, **fit)
        case["history"], case["epoch"] = by_key(history.history), history.epoch
        scores = model.evaluate(x, y, batch_size=4, sample_weight=fit.get("sample_weight"), verbose=0, return_dict=True)
        case["evaluate"] = {k: f32(v) for k, v in flat(scores).items()}
        case["weights_after"] = [arr(v.numpy()) for v in model.weights]
        cases.append(case)

    run("binary", 1, "sigmoid", lambda rng: rng.integers(0, 2, (11, 1)).astype("float32"), dict(
        optimizer=optimizers.SGD(0.1), loss="bce",
        metrics=["auc", "Precision", metrics.Recall(thresholds=[0.3, 0.6]), metrics.Precision(), metrics.BinaryIoU(),
                 metrics.PrecisionAtRecall(0.5), metrics.SensitivityAtSpecificity(0.4, num_thresholds=9),
                 metrics.F1Score(threshold=0.5)]))
    run("binary weighted", 1, "sigmoid", lambda rng: rng.integers(0, 2, (11,)).astype("float32"), dict(
        optimizer=optimizers.SGD(0.1), loss="bce", metrics=[metrics.TruePositives(), metrics.AUC(curve="PR")],
        weighted_metrics=[metrics.TruePositives(), metrics.AUC(curve="PR"), metrics.FalseNegatives(thresholds=[0.2, 0.7])]),
        weight=True)
    run("classes", 3, "softmax", lambda rng: one_hot(rng, 11, 3), dict(
        optimizer=optimizers.SGD(0.1), loss="categorical_crossentropy",
        metrics=[metrics.F1Score(), metrics.F1Score(average="macro", name="f1"), metrics.Recall(class_id=1),
                 metrics.Precision(top_k=2), metrics.OneHotMeanIoU(num_classes=3), metrics.AUC(multi_label=True)],
        weighted_metrics=[metrics.FBetaScore(beta=2.0, average="weighted"), metrics.OneHotIoU(3, [0, 2], dtype="float32")]),
        weight=True)
    run("class numbers", 3, "softmax", lambda rng: rng.integers(0, 3, (11,)).astype("int32"), dict(
        optimizer=optimizers.SGD(0.1), loss="sparse_categorical_crossentropy",
        metrics=[metrics.MeanIoU(3, sparse_y_pred=False), metrics.IoU(3, [1], sparse_y_pred=False, ignore_class=0)]))
    run("numbers", 3, None, lambda rng: normal(rng, 11, 3, digits=2), dict(
        optimizer=optimizers.SGD(0.1), loss="mse",
        metrics=["r2_score", "PearsonCorrelation", metrics.ConcordanceCorrelation()],
        weighted_metrics=[metrics.R2Score(class_aggregation=None), metrics.PearsonCorrelation()]), weight=True)
    write("fit_metrics", cases)
