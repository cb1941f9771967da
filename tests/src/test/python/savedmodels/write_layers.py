"""Writes the SavedModels that tests of SavedModelLayer read, each with what keras.layers.TFSMLayer makes of it.

    python write_layers.py savedmodel/src/test/resources/layers

layers.zip has the models without what no reader needs; NAME.json has the layer's weights, inputs, outputs, and the figures of
a model of the layer and a Dense of one unit on all its outputs that learns. Needs keras 3.15 with tensorflow.
"""

import json
import os
import pathlib
import sys
import tempfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L
from tensorflow.core.protobuf import saved_model_pb2

OUT = pathlib.Path(sys.argv[1]).absolute()
PLACE = pathlib.Path("target/test-layers")  # where the tests unpack them
ROWS = 6
rng = np.random.default_rng(11)
keras.utils.set_random_seed(11)


def floats(*shape):
    return rng.random(shape).astype("float32")


def array(a):
    a = np.asarray(a)
    return {"dtype": str(a.dtype), "shape": a.shape, "data": a.ravel().tolist()}


def fresh(name):
    return str(PLACE / name)


def strip(folder):
    """Drops the way back to a checkpoint, functions that nothing reaches, shapes and places of code."""
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    file = folder / "saved_model.pb"
    model = saved_model_pb2.SavedModel()
    model.ParseFromString(file.read_bytes())
    meta = model.meta_graphs[0]
    meta.meta_info_def.ClearField("stripped_op_list")
    save = meta.saver_def.save_tensor_name.split(":")[0]
    kept = [n for n in meta.graph_def.node if n.name != save or n.op != "StatefulPartitionedCall"]
    del meta.graph_def.node[:]
    meta.graph_def.node.extend(kept)
    library = {f.signature.name: f for f in meta.graph_def.library.function}
    reached, todo = set(), list(meta.object_graph_def.concrete_functions)
    for node in meta.graph_def.node:
        node.attr.pop("_output_shapes", None)
        node.ClearField("experimental_debug_info")
        todo += [v.func.name for v in node.attr.values() if v.func.name]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            for node in library[name].node_def:
                node.attr.pop("_output_shapes", None)
                node.ClearField("experimental_debug_info")
                for v in node.attr.values():
                    todo += [f.name for f in [v.func, *v.list.func] if f.name]
    del meta.graph_def.library.function[:]
    for name in sorted(reached):
        library[name].attr.pop("_input_shapes", None)
        for a in library[name].arg_attr.values():
            a.attr.pop("_output_shapes", None)
        meta.graph_def.library.function.append(library[name])
    file.write_bytes(model.SerializeToString(deterministic=True))


def layer(name, endpoint, training):
    made = L.TFSMLayer(str(PLACE / name), call_endpoint=endpoint, call_training_endpoint=training)
    for i, w in enumerate(made.weights):
        w._name = w._path = f"w{i}"  # it names them with ":0", which no name of an optimizer's variable may have
    return made


def headed(made, xs):
    """A model of the layer and a Dense on all its outputs."""
    inputs = [keras.Input(x.shape[1:], dtype=x.dtype) for x in xs]
    outputs = tf.nest.flatten(made(inputs[0] if len(inputs) == 1 else inputs))
    flat = [L.Flatten()(y) for y in outputs]
    joined = flat[0] if len(flat) == 1 else L.Concatenate()(flat)
    return keras.Model(inputs, L.Dense(1, kernel_initializer=keras.initializers.Constant(0.125))(joined))


def learned(name, endpoint, training, xs, y, optimizer, frozen):
    made = layer(name, endpoint, training)
    made.trainable = not frozen
    model = headed(made, xs)
    model.compile(optimizer, "mse", jit_compile=False)
    given = xs[0] if len(xs) == 1 else xs
    losses = model.fit(given, y, batch_size=3, epochs=3, shuffle=False, verbose=0).history["loss"]
    return {
        "optimizer": optimizer.name,
        "frozen": frozen,
        "losses": losses,
        "prediction": array(model.predict(given, verbose=0)),
        "weights": [array(w) for w in made.weights],
    }


def describe(name, xs, endpoint="serve", training=None, trains=True):
    strip(PLACE / name)
    made = layer(name, endpoint, training)
    outputs = tf.nest.flatten(made(xs[0] if len(xs) == 1 else xs))
    y = floats(ROWS, 1)
    fits = []
    for frozen in [False, True] if trains else [True]:
        for optimizer in [keras.optimizers.SGD(0.05, name="sgd"), keras.optimizers.Adam(0.05, name="adam")]:
            fits.append(learned(name, endpoint, training, xs, y, optimizer, frozen))
    described = {
        "endpoint": endpoint,
        "training": training,
        "inputs": [array(x) for x in xs],
        "outputs": [array(o) for o in outputs],
        "weights": [{"shape": list(w.shape), "trainable": w.trainable} for w in made.weights],
        "targets": array(y),
        "fits": fits,
    }
    (OUT / f"{name}.json").write_text(json.dumps(described) + "\n")


def shake(model):
    """Weights that no initializer gives."""
    for w in model.weights:
        if w.dtype == "float32":
            w.assign(np.asarray(w) + floats(*w.shape) * 0.25)


def export(name, model, *xs, trains=True):
    shake(model)
    model.export(fresh(name), verbose=False)
    describe(name, list(xs), trains=trains)


def mlp():
    return keras.Sequential([keras.Input((4,)), L.Dense(5, "silu"), L.LayerNormalization(), L.Dense(3, "tanh")])


def cnn():
    model = keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            L.Conv2D(2, 3, use_bias=False),  # no derivative that is noise, which Adam would make steps of
            L.BatchNormalization(momentum=0.9),
            L.ReLU(),
            L.MaxPooling2D(),
            L.Flatten(),
        ]
    )
    shake(model)
    archive = keras.export.ExportArchive()
    archive.track(model)
    signature = [tf.TensorSpec((None, 6, 6, 1), tf.float32)]
    archive.add_endpoint("serve", lambda x: model(x, training=False), signature)
    archive.add_endpoint("train", lambda x: model(x, training=True), signature)
    archive.write_out(fresh("cnn"), verbose=False)
    describe("cnn", [floats(ROWS, 6, 6, 1)], training="train")


def nested():
    """Several inputs and outputs, a model inside, a layer applied twice."""
    shared = L.Dense(3, "tanh")
    i = keras.Input((3,))
    inner = keras.Model(i, L.Dense(2)(shared(i)))
    b, a = keras.Input((3,), name="b"), keras.Input((3,), name="a")
    x, y = inner(b), inner(shared(a))
    return keras.Model([b, a], [L.Add()([x, y]), shared(b)])


def transformer():
    i = keras.Input((4,), dtype="int32")
    x = L.Embedding(6, 4)(i)
    x = L.LayerNormalization()(x + L.MultiHeadAttention(2, 2, use_bias=False)(x, x))
    x = L.Dense(4, "gelu")(x)
    return keras.Model(i, L.GlobalAveragePooling1D()(x))


class Module(tf.Module):
    """A function with a default, for two types of inputs, that captures a constant and gives a map."""

    def __init__(self):
        self.w = tf.Variable([[1.0, 2.0], [0.5, -1.0]], name="w")
        self.offset = tf.Variable([0.5, 0.25], trainable=False, name="w")
        self.table = tf.Variable(floats(3, 2, 2), name="deep/table")
        self.slope = tf.constant(np.arange(40, dtype="float32").reshape(20, 2) / 20)

    @tf.function
    def apply(self, x, twice=False):
        if x.dtype == tf.int32:
            return {"b": tf.gather(self.table, x), "a": tf.cast(x, tf.float32)}
        y = x @ self.w * self.slope[3] + self.offset
        tf.debugging.assert_less(x, 1e6)
        return {"b": 2 * y if twice else y, "a": tf.reduce_sum(y, 1, keepdims=True)}

    @tf.function(input_signature=[tf.TensorSpec((None, 2)), tf.TensorSpec((None, 2))])
    def two(self, second, first):
        return {"y": second @ self.w - first}

    @tf.function(input_signature=[tf.TensorSpec((None, 2))])
    def counts(self, x):
        self.offset.assign_add(tf.reduce_mean(x, 0))
        return x + self.offset

    @tf.function(input_signature=[tf.TensorSpec((None, 2))])
    def learns(self, x):
        self.w.assign_sub(x[:2])
        return x @ self.w

    @tf.function(input_signature=[tf.TensorSpec((None, 2))])
    def tells(self, x):
        tf.print(x)
        return x


def module():
    m = Module()
    m.apply.get_concrete_function(tf.TensorSpec((None, 2)), True)
    m.apply.get_concrete_function(tf.TensorSpec((None, 2)))
    m.apply.get_concrete_function(tf.TensorSpec((None, 3), tf.int32))
    tf.saved_model.save(m, fresh("module"), signatures={"serving_default": m.two})
    describe("module", [floats(ROWS, 2)], "apply")


def tf_saved():
    """Saved not by Keras but by TensorFlow: variables are found through the objects alone."""
    model = keras.Sequential([keras.Input((3,)), L.Dense(2, "relu"), L.Dense(2)])
    shake(model)
    tf.saved_model.save(model, fresh("tf_saved"))
    describe("tf_saved", [floats(ROWS, 3)], "serving_default")


def lookup():
    words = keras.Sequential([keras.Input((1,), dtype="string"), L.StringLookup(vocabulary=["a", "b"]), L.Embedding(3, 2)])
    words.export(fresh("lookup"), verbose=False)
    strip(PLACE / "lookup")


def python_file():
    """A file of Python's with a relative path, which holds no graph."""
    x = floats(ROWS, 4)
    made = L.TFSMLayer(str(PLACE / "mlp"))
    model = keras.Sequential([keras.Input((4,)), made, L.Dense(1)])
    made.set_weights([np.asarray(w) + 0.125 for w in made.weights])
    model.save(OUT / "python.keras")
    (OUT / "python.json").write_text(json.dumps({"x": array(x), "y": array(model(x))}) + "\n")


def pack():
    with zipfile.ZipFile(OUT / "layers.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in sorted(PLACE.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(PLACE).as_posix())
                entry.compress_type = zipfile.ZIP_DEFLATED
                zipped.writestr(entry, file.read_bytes())


OUT.mkdir(parents=True, exist_ok=True)
os.chdir(tempfile.mkdtemp())
export("mlp", mlp(), floats(ROWS, 4))
cnn()
export("nested", nested(), floats(ROWS, 3), floats(ROWS, 3))
export("transformer", transformer(), rng.integers(0, 6, (ROWS, 4)).astype("int32"))
export("lstm", keras.Sequential([keras.Input((3, 2)), L.LSTM(2)]), floats(ROWS, 3, 2), trains=False)
module()
tf_saved()
lookup()
python_file()
pack()
