"""Loads the SavedModels that Ibex exported, as Python programs, servers and TensorFlow Lite do, and trains them."""

import json
import keyword
import re

import keras
import numpy as np
import tensorflow as tf

import facts

BATCH = 8

# Kinds that are also fine-tuned as a layer of Keras, and converted for TensorFlow Lite.
FURTHER = {"optimizer_sgd", "image_phone", "nested", "several", "shared", "text"}

# Kinds whose export has derivatives that Python code set: what Ibex exports again has the op without them, which
# TensorFlow in Python does not differentiate.
SET_IN_PYTHON = {"activations", "operations_elementwise"}


def arrays(known, key):
    return {name: tf.constant(facts.load(a), typed(a)) for name, a in known[key].items()}


def typed(written):
    """Targets reach a loss as they were given, but for float64."""
    return "float32" if written["dtype"] == "float64" else written["dtype"]


def check(folder, same, close):
    known = json.loads((folder / facts.FILE).read_text())
    keras.backend.clear_session()
    path = str(folder / facts.SAVED_MODEL)
    loaded = tf.saved_model.load(path)
    x = inputs(loaded, known)
    expected = {name: facts.load(a) for name, a in known["outputs"].items()}
    tolerance = known["tolerance"]

    def outputs(what, found):
        same("names of " + what, sorted(found), sorted(expected))
        for name, e in expected.items():
            close(f"{what} {name}", numbers(found[name]), e, tolerance)

    same("number of variables", len(loaded.variables), len(known["weights"]))
    for i, (v, w) in enumerate(zip(loaded.variables, known["weights"])):
        close(f"variable {i}", numbers(v), facts.load(w), 0)
    called = loaded(facts.one_or_all(list(x.values())))
    outputs("outputs", dict(zip(expected, called if isinstance(called, (list, tuple)) else [called])))
    outputs("serving_default", loaded.signatures["serving_default"](**x))
    outputs("outputs in a graph", in_graph(path, x))
    gradients(loaded, x, same)
    if folder.name in FURTHER:
        as_layer(path, x, expected, known, same, close)
        outputs("outputs of TensorFlow Lite", lite(path, x))
    if "optimizer" in known and not known["random"]:
        trained(tf.saved_model.load(path), x, known, same, close)  # the call above moved statistics


def check_again(folder, same, close):
    """Loads what Keras exported, Ibex trained on as a layer and exported again; training goes on."""
    known = json.loads((folder / (facts.AGAIN + ".json")).read_text())
    keras.backend.clear_session()
    loaded = tf.saved_model.load(str(folder / facts.AGAIN))
    x = inputs(loaded, known)
    found = tf.nest.flatten(loaded(facts.one_or_all(list(x.values()))))
    same("number of outputs", len(found), len(known["outputs"]))
    for f, (name, e) in zip(found, known["outputs"].items()):
        close(name, numbers(f), facts.load(e), known["tolerance"])
    if folder.name not in SET_IN_PYTHON:
        gradients(loaded, x, same)


def inputs(loaded, known):
    """What goes in, in the types that the signature says."""
    specs = loaded.signatures["serving_default"].structured_input_signature[1]
    given = {parameter(name): facts.load(a) for name, a in known["inputs"].items()}
    return {name: tf.cast(tf.reshape(a, shape(specs[name], a)), specs[name].dtype) for name, a in given.items()}


def parameter(name):
    """The name of an argument where Python takes it by name: letters, and no word that Python keeps for itself."""
    valid = re.sub(r"\W", "_", name)
    return valid + "_" if keyword.iskeyword(valid) else valid


def shape(spec, a):
    """A last axis of one is added where the model has it, as Keras does."""
    return a.shape + (1,) if spec.shape.rank == a.ndim + 1 else a.shape


def numbers(tensor):
    return np.asarray(tf.cast(tensor, "float64"))


def in_graph(path, x):
    """Runs the graph as TensorFlow Serving does: nothing but the bundle with its tag."""
    with tf.compat.v1.Session(graph=tf.Graph()) as session:
        signature = tf.compat.v1.saved_model.load(session, ["serve"], path).signature_def["serving_default"]
        fed = {info.name: x[parameter(name)].numpy() for name, info in signature.inputs.items()}
        return session.run({k: o.name for k, o in signature.outputs.items()}, fed)


def as_layer(path, x, expected, known, same, close):
    """Fine-tunes the whole as one layer of Keras."""
    layer = keras.layers.TFSMLayer(path, call_training_endpoint="serve_training")
    x = facts.one_or_all([numpy_of(a) for a in x.values()])
    given = [keras.Input(a.shape[1:], dtype=a.dtype.name) for a in (x if isinstance(x, list) else [x])]
    model = keras.Model(given, layer(facts.one_or_all(given)))
    for f, (name, e) in zip(tf.nest.flatten(model(x)), expected.items()):
        close("outputs of a layer " + name, numbers(f), e, known["tolerance"])
    targets = facts.one_or_all([np.zeros(e.shape, "float32") for e in expected.values()])
    model.compile("sgd", "mse")
    before = [w.numpy() for w in layer.trainable_weights]
    model.fit(x, targets, epochs=1, batch_size=BATCH, shuffle=False, verbose=0)
    # a bias in front of a normalization moves nothing, and so does not move
    still = [w.path for w, b in zip(layer.trainable_weights, before) if b.ndim > 1 and np.array_equal(w.numpy(), b)]
    same("weights that fine-tuning leaves as they were", still, [])


def lite(path, x):
    """Converts the program for phones, and runs it there."""
    converter = tf.lite.TFLiteConverter.from_saved_model(path, signature_keys=["serving_default"])
    runner = tf.lite.Interpreter(model_content=converter.convert()).get_signature_runner("serving_default")
    given = dict(zip(sorted(x), (numpy_of(x[name]) for name in sorted(x))))
    names = dict(zip((parameter(n) for n in runner.get_input_details()), runner.get_input_details()))
    return runner(**{names[name]: a for name, a in given.items()})


def numpy_of(tensor):
    return tensor.numpy()


def gradients(loaded, x, same):
    if not loaded.trainable_variables:
        return
    with tf.GradientTape() as tape:
        found = tf.nest.flatten(loaded(facts.one_or_all(list(x.values())), training=True))
        loss = sum(tf.reduce_sum(tf.cast(o, "float32") ** 2) for o in found if o.dtype.is_floating)
    found = tape.gradient(loss, loaded.trainable_variables)
    missing = [v.name for v, g in zip(loaded.trainable_variables, found) if g is None]
    same("variables without a derivative", missing, [])


def trained(loaded, x, known, same, close):
    """Goes on training in TensorFlow alone, and compares the losses with those of Ibex."""
    step = loaded.signatures["train"]
    names = set(step.structured_input_signature[1])
    batches = dict(x)
    for key, ending in (("targets", ""), ("sample_weights", "_weight")):
        for name, a in arrays(known, key).items():
            batches[parameter(name) + ending + ("_target" if name in x and not ending else "")] = a
    same("inputs of a step", sorted(names), sorted(batches))
    samples = len(next(iter(x.values())))
    for epoch in range(facts.EPOCHS):
        losses, sizes = [], []
        for at in range(0, samples, BATCH):
            part = {name: a[at : at + BATCH] for name, a in batches.items()}
            losses.append(float(step(**part)["loss"]))
            sizes.append(len(next(iter(part.values()))))
        wanted = known["history"]["loss"][epoch]
        close(f"loss of epoch {epoch}", np.average(losses, weights=sizes), wanted, max(1e-4, known["tolerance"]))
