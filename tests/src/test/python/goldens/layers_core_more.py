"""EinsumDense, Identity, ReversibleEmbedding, activations that change the shape."""

from common import arr, clean, fresh, random_weights, write
from layer_cases import LayerCases

import keras
import numpy as np
from keras import constraints, initializers, layers, regularizers

M1 = np.array([[True, True, False], [False, True, False]])


def layers_core_more():
    L = layers
    cases = LayerCases("layers_core_more")
    add = cases.add

    def einsum(name, equation, shape, output, how=None, **more):
        add("einsum " + name, L.EinsumDense, lambda: dict(equation=equation, output_shape=output, **(how() if how else {})),
            shape, **more)

    einsum("matrix", "ab,bc->ac", (3, 4), 2)
    einsum("matrix with a bias", "ab,bc->ac", (3, 4), 2, lambda: dict(bias_axes="c", activation="tanh"))
    einsum("sequence", "abc,cd->abd", (2, 3, 4), (None, 2), lambda: dict(bias_axes="d", name="mapped"),
           train=False)
    einsum("sequence with a known size", "abc,cd->abd", (2, 3, 4), (3, 2), lambda: dict(bias_axes="bd"))
    einsum("first axis of a bias", "abc,cd->abd", (2, 3, 4), (3, 2), lambda: dict(bias_axes="b"))
    einsum("heads", "abc,cde->abde", (2, 3, 4), (3, 2, 3), lambda: dict(bias_axes="de"))
    einsum("heads to one", "abde,dec->abc", (2, 3, 2, 2), (3, 4), lambda: dict(bias_axes="c"))
    einsum("turned", "abc,bd->adc", (2, 3, 4), (2, 4))
    einsum("summed", "abc,cd->ad", (2, 3, 4), 2)
    einsum("weighted alone", "abc,bc->ab", (2, 3, 4), 3)
    einsum("dots before", "...x,xy->...y", (2, 3, 4), 2, lambda: dict(bias_axes="y"))
    einsum("dots before many", "...x,xy->...y", (2, 2, 3, 4), 2, lambda: dict(bias_axes="y", activation="relu"))
    einsum("dots before none", "...bx,xy->...by", (3, 4), 2)
    einsum("dots after", "ab...,bc->ac...", (2, 3, 2, 2), 4, lambda: dict(bias_axes="c"))
    einsum("dots after none", "ab...,bc->ac...", (2, 3), 4, lambda: dict(bias_axes="c"))
    einsum("masked", "abc,cd->abd", (2, 3, 4), (None, 2), train=False, masks=[M1])
    einsum("frozen", "ab,bc->ac", (3, 4), 2, lambda: dict(bias_axes="c", trainable=False))
    einsum("regularized", "ab,bc->ac", (3, 4), 2, lambda: dict(
        bias_axes="c", kernel_regularizer=regularizers.L2(0.05), bias_regularizer=regularizers.L1(0.05),
        activity_regularizer=regularizers.L2(0.1), kernel_constraint=constraints.UnitNorm(axis=0),
        bias_constraint="non_neg", kernel_initializer=initializers.HeNormal(), bias_initializer="ones"))

    add("identity", L.Identity, {}, (2, 3))
    add("identity named", L.Identity, dict(name="same"), (2, 3, 2))
    add("identity integers", L.Identity, {}, (2, 3), ints=9, train=False)
    add("identity masked", L.Identity, {}, (2, 3, 2), train=False, masks=[M1])

    add("reversible", L.ReversibleEmbedding, dict(input_dim=6, output_dim=3), (2, 4), ints=6)
    add("reversible masked", L.ReversibleEmbedding, dict(input_dim=6, output_dim=3, mask_zero=True), (2, 4), ints=6,
        train=False)
    add("reversible untied", L.ReversibleEmbedding, lambda: dict(
        input_dim=6, output_dim=3, tie_weights=False, reverse_dtype="float32", logit_soft_cap=2.5,
        embeddings_regularizer=regularizers.L2(0.05), embeddings_constraint="unit_norm",
        activity_regularizer=regularizers.L1(0.02)), (2, 4), ints=6)

    for cls, name in ((L.Dense, "dense"), (L.EinsumDense, "einsum")):
        given = dict(units=4) if cls is L.Dense else dict(equation="ab,bc->ac", output_shape=4)
        add(f"{name} glu", cls, dict(given, activation="glu"), (3, 4), train=False)
    add("activation glu", L.Activation, dict(activation="glu"), (2, 3, 4), train=False)
    cases.write()
    reversed_()


def reversed_():
    """Models that go through one ReversibleEmbedding there and back."""
    entries = []
    for name, how in {
        "tied": {},
        "untied": dict(tie_weights=False),
        "capped": dict(logit_soft_cap=0.5),
        "in float64": dict(reverse_dtype="float64"),
        "masked": dict(mask_zero=True),
        "in mixed_bfloat16": dict(dtype="mixed_bfloat16"),
        "in mixed_bfloat16 and float32": dict(dtype="mixed_bfloat16", reverse_dtype="float32"),
        "in mixed_bfloat16 and bfloat16": dict(dtype="mixed_bfloat16", reverse_dtype="bfloat16"),
    }.items():
        keras.backend.clear_session()
        rng = fresh("reversed " + name)
        x = keras.Input((4,), dtype="int32", name="in")
        embedding = layers.ReversibleEmbedding(6, 3, name="table", **how)
        y = embedding(layers.Dense(3, use_bias=False, name="between")(embedding(x)), reverse=True)
        model = keras.Model(x, y, name="reversed")
        weights = random_weights(rng, model.weights)
        model.set_weights(weights)
        ids = rng.integers(0, 6, (3, 4)).astype("int32")
        out = model(ids)
        entry = {"name": name, "model": clean(keras.saving.serialize_keras_object(model)), "x": arr(ids),
                 "weight_names": [v.path for v in model.weights], "weights": [arr(w) for w in weights],
                 "dtype": str(out.dtype.name), "output": arr(out)}
        if "dtype" not in how and "reverse_dtype" not in how:
            target = rng.integers(0, 6, (3, 4)).astype("int32")
            model.compile(optimizer=keras.optimizers.SGD(0.1),
                          loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
            entry["y"] = arr(target)
            entry["losses"] = [float(str(np.float32(model.train_on_batch(ids, target)))) for _ in range(2)]
            entry["weights_after"] = [arr(w) for w in model.get_weights()]
        entries.append(entry)
    write("reversed_embeddings", entries)
