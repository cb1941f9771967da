"""Metrics."""

from common import arr, clean, fresh, left_out, normal, obj, uniform, write  # first: it sets the environment
from losses import targets

import numpy as np
from keras import metrics


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
    write_cases("metrics", METRICS)


def write_cases(file, rows, both=False):
    """With both, rows with arguments are run without weights, too."""
    cases = []
    for cls, kwargs, kind, shapes in rows:
        for shape in shapes:
            weight_shapes = [None]
            if shape:
                weight_shapes.append(shape[:1])
            if len(shape) > 1 and (cls in ("Mean", "Sum", "Precision", "TruePositives", "MeanSquaredError") or len(shape) > 2):
                weight_shapes.append(shape[:2] if len(shape) > 2 or cls in ("Mean", "Sum", "Precision") else shape[:1] + (1,))
            if not both and kwargs and len(weight_shapes) > 1 and cls not in ("Mean", "Sum", "AUC", "Precision", "R2Score"):
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
                        elif kind == "one-hot and labels":
                            u["y_true"], _ = targets("categorical", rng, shape)
                            u["y_pred"] = rng.integers(0, 3, shape[:-1]).astype("int32")
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
    write(file, cases)
