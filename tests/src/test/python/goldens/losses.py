"""Losses."""

from common import arr, clean, f32, fresh, left_out, normal, obj, random_weights, uniform, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf
from keras import layers, losses, ops, optimizers


def softmax_np(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def one_hot(rng, *shape):
    return np.eye(shape[-1], dtype="float32")[rng.integers(0, shape[-1], shape[:-1])]


def targets(kind, rng, shape):
    """(y_true, y_pred) of one kind."""
    if kind == "real":
        return normal(rng, *shape, digits=2), normal(rng, *shape, digits=2)
    if kind == "far":
        return normal(rng, *shape, scale=3, digits=2), normal(rng, *shape, scale=3, digits=2)
    if kind == "positive":
        return uniform(rng, 0, 3, *shape, digits=2), uniform(rng, 0.1, 3, *shape, digits=2)
    if kind == "binary":
        p = uniform(rng, 0, 1, *shape, digits=2)
        p.ravel()[:2] = [0.0, 1.0]
        return rng.integers(0, 2, shape).astype("float32"), p
    if kind == "binary logits":
        return rng.integers(0, 2, shape).astype("float32"), normal(rng, *shape, scale=4, digits=2)
    if kind == "signs":
        return (rng.integers(0, 2, shape) * 2 - 1).astype("float32"), normal(rng, *shape, digits=2)
    if kind == "zero one signs":
        return rng.integers(0, 2, shape).astype("float32"), normal(rng, *shape, digits=2)
    if kind == "categorical":
        p = softmax_np(rng.normal(0, 1.5, shape))
        return one_hot(rng, *shape), np.round(p, 4).astype("float32")
    if kind == "categorical unnormalized":
        return one_hot(rng, *shape), uniform(rng, 0, 2, *shape, digits=2)
    if kind == "categorical logits":
        return one_hot(rng, *shape), normal(rng, *shape, scale=3, digits=2)
    if kind == "distribution":
        return (np.round(softmax_np(rng.normal(0, 1, shape)), 4).astype("float32"),
                np.round(softmax_np(rng.normal(0, 1, shape)), 4).astype("float32"))
    if kind in ("sparse", "sparse logits", "sparse column"):
        _, p = targets("categorical logits" if kind == "sparse logits" else "categorical", rng, shape)
        y = rng.integers(0, shape[-1], shape[:-1]).astype("int32")
        return (y[..., None] if kind == "sparse column" else y), p
    if kind == "embeddings":
        e = rng.normal(0, 1, shape)
        e /= np.linalg.norm(e, axis=-1, keepdims=True)
        return np.array([0, 1, 0, 1, 2, 2][:shape[0]], "int32"), np.round(e, 3).astype("float32")
    raise ValueError(kind)


R2, R3 = (4, 3), (2, 3, 3)
LOSSES = [
    # class, arguments, kind, shapes
    ("MeanSquaredError", {}, "real", [R2, R3, (4,), (4, 1)]),
    ("MeanSquaredError", dict(reduction="sum"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="mean"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="mean_with_sample_weight"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="none"), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction=None), "real", [R2, R3]),
    ("MeanSquaredError", dict(reduction="sum_over_batch_size", name="mine", dtype="float64"), "real", [R2]),
    ("MeanAbsoluteError", {}, "real", [R2, R3]),
    ("MeanAbsoluteError", dict(reduction="sum"), "real", [R2]),
    ("MeanAbsolutePercentageError", {}, "real", [R2, R3]),
    ("MeanAbsolutePercentageError", dict(reduction="none"), "positive", [R2]),
    ("MeanSquaredLogarithmicError", {}, "positive", [R2, R3]),
    ("MeanSquaredLogarithmicError", dict(reduction="sum"), "real", [R2]),
    ("CosineSimilarity", {}, "real", [R2, R3]),
    ("CosineSimilarity", dict(axis=0), "real", [R2]),
    ("CosineSimilarity", dict(axis=1, reduction="none"), "real", [R3]),
    ("Huber", {}, "far", [R2, R3]),
    ("Huber", dict(delta=2.5), "far", [R2]),
    ("LogCosh", {}, "far", [R2, R3]),
    ("LogCosh", dict(reduction="sum"), "far", [R2]),
    ("Hinge", {}, "signs", [R2, R3]),
    ("Hinge", {}, "zero one signs", [R2]),
    ("Hinge", dict(reduction="none"), "signs", [R2]),
    ("SquaredHinge", {}, "signs", [R2, R3]),
    ("SquaredHinge", dict(reduction="sum"), "zero one signs", [R2]),
    ("CategoricalHinge", {}, "categorical", [R2, R3]),
    ("CategoricalHinge", dict(reduction="sum"), "categorical logits", [R2]),
    ("KLDivergence", {}, "distribution", [R2, R3]),
    ("KLDivergence", dict(reduction="none"), "categorical", [R2]),
    ("Poisson", {}, "positive", [R2, R3]),
    ("Poisson", dict(reduction="sum"), "positive", [R2]),
    ("BinaryCrossentropy", {}, "binary", [R2, R3, (4,), (4, 1)]),
    ("BinaryCrossentropy", dict(from_logits=True), "binary logits", [R2, R3]),
    ("BinaryCrossentropy", dict(label_smoothing=0.2), "binary", [R2]),
    ("BinaryCrossentropy", dict(from_logits=True, label_smoothing=0.1, axis=1, reduction="none"), "binary logits", [R3]),
    ("BinaryFocalCrossentropy", {}, "binary", [R2, R3]),
    ("BinaryFocalCrossentropy", dict(apply_class_balancing=True, alpha=0.4, gamma=1.5), "binary", [R2]),
    ("BinaryFocalCrossentropy", dict(from_logits=True, label_smoothing=0.1), "binary logits", [R2]),
    ("CategoricalCrossentropy", {}, "categorical", [R2, R3]),
    ("CategoricalCrossentropy", {}, "categorical unnormalized", [R2]),
    ("CategoricalCrossentropy", dict(from_logits=True), "categorical logits", [R2, R3]),
    ("CategoricalCrossentropy", dict(label_smoothing=0.1), "categorical", [R2]),
    ("CategoricalCrossentropy", dict(axis=1), "categorical unnormalized", [R3]),
    ("CategoricalCrossentropy", dict(from_logits=True, axis=1, reduction="sum"), "categorical logits", [R3]),
    ("CategoricalFocalCrossentropy", {}, "categorical", [R2, R3]),
    ("CategoricalFocalCrossentropy", dict(alpha=0.4, gamma=1.5, label_smoothing=0.1), "categorical", [R2]),
    ("CategoricalFocalCrossentropy", dict(from_logits=True), "categorical logits", [R2]),
    ("SparseCategoricalCrossentropy", {}, "sparse", [R2, R3]),
    ("SparseCategoricalCrossentropy", {}, "sparse column", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(from_logits=True), "sparse logits", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=1), "sparse", [R2, R3]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=0, from_logits=True, reduction="none"), "sparse logits", [R2]),
    ("SparseCategoricalCrossentropy", dict(ignore_class=-1, reduction="sum"), "sparse", [R2]),
    ("Dice", {}, "binary", [R2, R3]),
    ("Dice", dict(axis=[1, 2]), "binary", [R3]),
    ("Dice", dict(axis=1, reduction="none"), "binary", [R2]),
    ("Tversky", {}, "binary", [R2, R3]),
    ("Tversky", dict(alpha=0.3, beta=0.7), "binary", [R2]),
    ("Tversky", dict(alpha=0.3, beta=0.7, axis=[1, 2], reduction="none"), "binary", [R3]),
    ("Circle", {}, "embeddings", [(6, 3)]),
    ("Circle", dict(gamma=16.0, margin=0.25, remove_diagonal=False), "embeddings", [(5, 4)]),
    ("CategoricalGeneralizedCrossEntropy", {}, "sparse", [R2]),
    ("CategoricalGeneralizedCrossEntropy", dict(q=0.8, reduction="none"), "sparse", [R2]),
]


def losses_section():
    cases = []
    for cls, kwargs, kind, shapes in LOSSES:
        for shape in shapes:
            rng = fresh(f"loss {cls} {kwargs} {kind} {shape}")
            y_true, y_pred = targets(kind, rng, shape)
            b = shape[0]
            weights = [None, uniform(rng, 0.2, 2, b, digits=2)]
            weights[1][-1] = 0
            if len(shape) > 1:
                weights.append(uniform(rng, 0.2, 2, b, 1, digits=2))
            if len(shape) > 2:
                weights.append(uniform(rng, 0.2, 2, b, shape[1], digits=2))
            for w in weights:
                loss = getattr(losses, cls)(**kwargs)
                try:
                    out = loss(y_true, y_pred, sample_weight=w)
                except Exception as e:
                    left_out(f"loss {cls} {kwargs} {shape} weight {w.shape if w is not None else None}", e)
                    continue
                case = {"object": obj(loss), "y_true": arr(y_true), "y_pred": arr(y_pred)}
                if kwargs:
                    case["arguments"] = clean(kwargs)  # some configurations lack some arguments
                if w is not None:
                    case["sample_weight"] = arr(w)
                case["output"] = arr(out)
                cases.append(case)
    # shapes of target and prediction that Keras makes one
    for cls, ys, ps, ws in [("MeanSquaredError", (4,), (4, 1), (4,)), ("MeanSquaredError", (4, 1), (4,), (4,)),
                            ("MeanAbsoluteError", (2, 3), (2, 3, 1), (2, 3)), ("MeanSquaredError", (4, 1), (4, 3), (4,)),
                            ("BinaryCrossentropy", (4,), (4, 1), (4, 1)), ("BinaryCrossentropy", (4, 1), (4,), (4,)),
                            ("Hinge", (4,), (4, 1), (4,)), ("MeanSquaredError", (2, 3), (2, 3), (2, 3))]:
        rng = fresh(f"loss shapes {cls} {ys} {ps}")
        y_true = rng.integers(0, 2, ys).astype("int32")
        y_pred = uniform(rng, 0.1, 0.9, *ps, digits=2)
        for w in (None, uniform(rng, 0.2, 2, *ws, digits=2)):
            loss = getattr(losses, cls)()
            try:
                out = loss(y_true, y_pred, sample_weight=w)
            except Exception as e:
                left_out(f"loss shapes {cls} {ys} {ps} {ws}", e)
                continue
            case = {"object": obj(loss), "y_true": arr(y_true), "y_pred": arr(y_pred)}
            if w is not None:
                case["sample_weight"] = arr(w)
            case["output"] = arr(out)
            cases.append(case)
    write("losses", {"cases": cases, "symbolic": symbolic_losses(), "masked": masked_losses()})


def symbolic_losses():
    """What the loss is where Keras sees through a softmax or sigmoid to its logits, and where not."""
    cases = []
    categorical = [
        ("moderate", [[1.0, -0.5, 0.25], [0.0, 2.0, -1.0], [-1.5, 0.5, 3.0]], [0, 2, 1]),
        ("wrong by far", [[60.0, 0.0, 0.0]], [1]),
        ("right by far", [[60.0, 0.0, 0.0]], [0]),
        ("wrong by 20", [[0.0, 20.0, -5.0], [18.0, 0.0, 1.0]], [0, 2]),
        ("wrong by 200", [[100.0, -100.0, 0.0]], [1]),
    ]
    binary = [
        ("moderate", [[1.0, -0.5, 0.25], [0.0, 2.0, -1.0]], [[1, 0, 1], [0, 0, 1]]),
        ("wrong by far", [[60.0, -60.0, 0.0]], [[0, 1, 0]]),
        ("right by far", [[60.0, -60.0, 0.0]], [[1, 0, 0]]),
        ("wrong by 18", [[18.0, -18.0, 1.0]], [[0, 1, 0]]),
    ]
    todo = []
    for loss in ("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"):
        for policy in ("float32", "mixed_float16", "mixed_bfloat16", "float64"):
            todo.append((loss, {}, policy, "dense"))
        for last in ("activation", "layer", "identity", "reshape", "sequential", "cast float32", "operation"):
            todo.append((loss, {}, "float32", last))
        for last in ("cast float32", "activation float32"):
            todo.append((loss, {}, "mixed_float16", last))
            todo.append((loss, {}, "mixed_bfloat16", last))
        todo.append((loss, dict(label_smoothing=0.1) if loss[0] != "S" else dict(ignore_class=2), "float32", "dense"))
        todo.append((loss, dict(from_logits=True), "float32", "dense"))
    for name, kwargs, policy, last in todo:
        is_binary = name[0] == "B"
        activation = "sigmoid" if is_binary else "softmax"
        fresh(f"symbolic {name}")
        keras.config.set_dtype_policy(policy)
        inp = keras.Input((3,), dtype="float32")
        dense = layers.Dense(3, activation=activation if last in ("dense", "identity", "reshape", "cast float32") else None,
                             name="dense")
        h = dense(inp)
        try:
            if last == "activation":
                h = layers.Activation(activation, name="last")(h)
            elif last == "activation float32":
                h = layers.Activation(activation, dtype="float32", name="last")(h)
            elif last == "layer":
                if is_binary:
                    continue
                h = layers.Softmax(name="last")(h)
            elif last == "identity":
                h = layers.Identity(name="last")(h)
            elif last == "reshape":
                h = layers.Reshape((3,), name="last")(h)
            elif last == "sequential":
                h = keras.Sequential([keras.Input((3,)), layers.Activation(activation)], name="last")(h)
            elif last == "cast float32":
                h = layers.Activation("linear", dtype="float32", name="last")(h)
            elif last == "operation":
                h = ops.sigmoid(h) if is_binary else ops.softmax(h)
            model = keras.Model(inp, h)
            dense.set_weights([np.eye(3), np.zeros(3)])
            loss = getattr(losses, name)(**kwargs)
            model.compile(optimizer=optimizers.SGD(0.0), loss=loss)
            group = {"object": obj(loss), "policy": policy, "last": last, "activation": activation,
                     "prediction_dtype": h.dtype, "runs": []}
            for what, x, y in binary if is_binary else categorical:
                if last != "dense" and what not in ("moderate", "wrong by far"):
                    continue
                x = np.array(x, "float32")
                y = np.array(y, "int32")
                if name[0] == "C":
                    y = np.eye(3, dtype="float32")[y]
                elif is_binary:
                    y = y.astype("float32")
                n = len(x)

                prediction = model.predict(x, verbose=0)
                group["runs"].append({
                    "what": what, "x": arr(x), "y": arr(y),
                    "evaluate": f32(model.evaluate(x, y, batch_size=n, verbose=0)),
                    "fit": f32(model.fit(x, y, batch_size=n, verbose=0, shuffle=False).history["loss"][0]),
                    "eager": f32(loss(y, model(x))),
                    "prediction": arr(prediction),
                    "plain": f32(loss(y, np.asarray(prediction))),  # the same prediction without its history
                })
            cases.append(group)
        except Exception as e:
            left_out(f"symbolic {name} {kwargs} {policy} {last}", e)
    keras.config.set_dtype_policy("float32")
    return cases


def masked_losses():
    cases = []
    for cls, kwargs in [("MeanSquaredError", {}), ("MeanSquaredError", dict(reduction="sum")),
                        ("MeanSquaredError", dict(reduction="mean_with_sample_weight")),
                        ("SparseCategoricalCrossentropy", {}), ("SparseCategoricalCrossentropy", dict(ignore_class=1)),
                        ("SparseCategoricalCrossentropy", dict(reduction="sum"))]:
        for weight in (None, "batch", "column", "time"):
            rng = fresh(f"masked {cls} {kwargs}")
            x = normal(rng, 3, 4, 2, digits=2)
            x[0, 2:] = 0
            x[1, 0] = 0
            sparse = cls[0] == "S"
            inp = keras.Input((4, 2))
            dense = layers.Dense(3, activation="softmax" if sparse else None)
            model = keras.Model(inp, dense(layers.Masking()(inp)))
            values = random_weights(rng, dense.weights)
            dense.set_weights(values)
            y = rng.integers(0, 3, (3, 4)).astype("int32") if sparse else normal(rng, 3, 4, 3, digits=2)
            w = None if weight is None else uniform(rng, 0.2, 2, *{"batch": (3,), "column": (3, 1), "time": (3, 4)}[weight], digits=2)
            try:
                loss = getattr(losses, cls)(**kwargs)
                model.compile(optimizer=optimizers.SGD(0.0), loss=loss, metrics=["mae"] if not sparse else ["accuracy"],
                              weighted_metrics=["mse"] if not sparse else ["sparse_categorical_crossentropy"])
                case = {
                    "object": obj(loss), "x": arr(x), "weights": [arr(v) for v in values], "y": arr(y),
                    "mask": arr((x != 0).any(axis=-1)), "y_pred": arr(model.predict(x, verbose=0)),
                }
                if w is not None:
                    case["sample_weight"] = arr(w)
                result = model.evaluate(x, y, sample_weight=w, batch_size=3, verbose=0, return_dict=True)
                case["evaluate"] = {k: arr(np.float32(v)) for k, v in result.items()}
                result = model.evaluate(x, y, sample_weight=w, batch_size=2, verbose=0, return_dict=True)
                case["evaluate_batches_of_2"] = {k: arr(np.float32(v)) for k, v in result.items()}
                history = model.fit(x, y, sample_weight=w, batch_size=3, verbose=0, shuffle=False).history
                case["fit"] = {k: arr(np.float32(v[0])) for k, v in history.items()}
                p = tf.convert_to_tensor(model.predict(x, verbose=0))
                keras.src.backend.set_keras_mask(p, tf.convert_to_tensor((x != 0).any(axis=-1)))
                case["plain"] = arr(loss(y, p, sample_weight=w))
                cases.append(case)
            except Exception as e:
                left_out(f"masked {cls} {kwargs} {weight}", e)
    return cases
