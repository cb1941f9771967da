"""Writes the SavedModels that savedmodel's tests read, each with inputs and expected outputs.

    python write_fixtures.py savedmodel/src/test/resources/savedmodels

NAME/ is the model without what no reader needs; NAME.json has calls: [{"signature", "inputs", "outputs"}], arrays
as {"dtype", "shape", "data"} by name. Needs keras 3.15 with tensorflow.
"""

import json
import os
import pathlib
import shutil
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L
from tensorflow.core.protobuf import saved_model_pb2

OUT = pathlib.Path(sys.argv[1])
v1 = tf.compat.v1
rng = np.random.default_rng(7)


def floats(*shape):
    return rng.random(shape).astype("float32")


def array(a):
    a = np.asarray(a)
    if a.dtype.kind in "OSU":
        texts = [t.decode() if isinstance(t, bytes) else t for t in a.ravel().tolist()]
        return {"dtype": "string", "shape": a.shape, "data": texts}
    return {"dtype": str(a.dtype), "shape": a.shape, "data": a.ravel().tolist()}


def call(signature, inputs, outputs):
    return {
        "signature": signature,
        "inputs": {k: array(v) for k, v in inputs.items()},
        "outputs": {k: array(v) for k, v in outputs.items()},
    }


def write(name, calls):
    (OUT / f"{name}.json").write_text(json.dumps(calls, indent=1) + "\n")
    strip(OUT / name)


def fresh(name):
    shutil.rmtree(OUT / name, ignore_errors=True)
    return str(OUT / name)


def strip(folder):
    """Drops the way back to a checkpoint, function bodies that the graph does not reach, shapes and places of code."""
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    file = folder / "saved_model.pb"
    model = saved_model_pb2.SavedModel()
    model.ParseFromString(file.read_bytes())
    for meta in model.meta_graphs:
        meta.meta_info_def.ClearField("stripped_op_list")
        graph = meta.graph_def
        save = meta.saver_def.save_tensor_name.split(":")[0]
        kept_nodes = [n for n in graph.node if n.name != save or n.op != "StatefulPartitionedCall"]
        del graph.node[:]
        graph.node.extend(kept_nodes)
        library = {f.signature.name: f for f in graph.library.function}
        reached, todo = set(), list(graph.node)
        while todo:
            node = todo.pop()
            node.attr.pop("_output_shapes", None)
            for value in node.attr.values():
                for f in [value.func, *value.list.func]:
                    if f.name and f.name not in reached:
                        reached.add(f.name)
                        todo.extend(library[f.name].node_def)
            if node.op in library and node.op not in reached:
                reached.add(node.op)
                todo.extend(library[node.op].node_def)
        kept = [f for name, f in library.items() if name in reached]
        del graph.library.function[:]
        graph.library.function.extend(kept)
        for f in kept:
            f.attr.pop("_input_shapes", None)
            for a in f.arg_attr.values():
                a.attr.pop("_output_shapes", None)
            for n in f.node_def:
                n.ClearField("experimental_debug_info")
        for n in graph.node:
            n.ClearField("experimental_debug_info")
    file.write_bytes(model.SerializeToString(deterministic=True))


# ---- Keras 3 ---------------------------------------------------------------------------------------------------------


def shake(model):
    """Weights that no initializer gives."""
    for w in model.weights:
        if w.dtype == "float32":
            w.assign(np.asarray(w) + floats(*w.shape) * 0.5)


def keras_call(model, names, xs):
    given = [tf.constant(x) for x in xs]
    outputs = tf.nest.flatten(model(given[0] if len(given) == 1 else given))
    return call("serving_default", dict(zip(names, xs)), {f"output_{i}": y for i, y in enumerate(outputs)})


def export(name, model, names, *xs, outputs=None):
    shake(model)
    model.export(fresh(name), verbose=False)
    made = keras_call(model, names, xs)
    if outputs:
        made["outputs"] = dict(zip(outputs, made["outputs"].values()))
    write(name, [made])


def save(name, model, names, *xs):
    shake(model)
    tf.saved_model.save(model, fresh(name))
    write(name, [keras_call(model, names, xs)])


def mlp():
    return keras.Sequential([keras.Input((4,), name="x"), L.Dense(8, "relu"), L.Dense(3, "softmax")])


def cnn():
    return keras.Sequential([
        keras.Input((8, 8, 1), name="image"), L.Conv2D(3, 3), L.BatchNormalization(), L.ReLU(), L.MaxPooling2D(),
        L.Flatten(), L.Dropout(0.5), L.Dense(2)])


def two():
    a, b = keras.Input((3,), name="b_first"), keras.Input((2,), name="a_second")
    h = L.Dense(4)(L.Concatenate()([a, b]))
    return keras.Model([a, b], {"p": L.Dense(1)(h), "q": L.Dense(2)(h)})


def rnn():
    return keras.Sequential([
        keras.Input((5, 2), name="series"), L.LSTM(3, return_sequences=True), L.Bidirectional(L.GRU(2)), L.Dense(2)])


def transformer():
    x = keras.Input((4, 6), name="tokens")
    h = L.LayerNormalization()(L.MultiHeadAttention(2, 3)(x, x) + x)
    return keras.Model(x, L.Dense(2)(L.GlobalAveragePooling1D()(L.Dense(6, "gelu")(h) + h)))


def text():
    words = L.TextVectorization(vocabulary=["the", "cat", "sat", "dog"], output_sequence_length=4)
    return keras.Sequential([
        keras.Input((), dtype="string", name="line"), words, L.Embedding(6, 3), L.GlobalAveragePooling1D(), L.Dense(1)])


def tabular():
    color, size = keras.Input((1,), dtype="string", name="color"), keras.Input((2,), name="size")
    one_hot = L.StringLookup(vocabulary=["red", "green", "blue"], output_mode="one_hot")(color)
    return keras.Model([color, size], L.Dense(2)(L.Concatenate()([one_hot, size])))


LINES = np.array(["the cat sat", "a dog", ""], dtype=object)
COLORS = np.array([["red"], ["blue"], ["mauve"]], dtype=object)


def keras_models():
    export("mlp", mlp(), ["x"], floats(3, 4))
    export("cnn", cnn(), ["image"], floats(3, 8, 8, 1))
    export("two", two(), ["b_first", "a_second"], floats(3, 3), floats(3, 2), outputs=["p", "q"])
    export("rnn", rnn(), ["series"], floats(3, 5, 2))
    export("transformer", transformer(), ["tokens"], floats(3, 4, 6))
    export("text", text(), ["line"], LINES)
    export("tabular", tabular(), ["color", "size"], COLORS, floats(3, 2))
    save("mlp_tf", mlp(), ["inputs"], floats(3, 4))
    save("text_tf", text(), ["inputs"], LINES)
    save("tabular_tf", tabular(), ["inputs", "inputs_1"], COLORS, floats(3, 2))


# ---- TensorFlow 2 ----------------------------------------------------------------------------------------------------


class Line(tf.Module):
    """Learns a line through a signature."""

    def __init__(self):
        self.w = tf.Variable(tf.ones((3, 1)), name="w")
        self.b = tf.Variable(0.0, name="b")

    @tf.function(input_signature=[tf.TensorSpec((None, 3), name="x")])
    def predict(self, x):
        return {"y": x @ self.w + self.b}

    @tf.function(input_signature=[tf.TensorSpec((None, 3), name="x"), tf.TensorSpec((None, 1), name="y")])
    def train(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((x @ self.w + self.b - y) ** 2)
        for v, d in zip((self.w, self.b), tape.gradient(loss, (self.w, self.b))):
            v.assign_sub(0.1 * d)
        return {"loss": loss}


def module():
    m = Line()
    tf.saved_model.save(m, fresh("module"), signatures={"serving_default": m.predict, "train": m.train})
    x, y = floats(4, 3), floats(4, 1)
    calls = [call("serving_default", {"x": x}, m.predict(x))]
    for _ in range(3):
        calls.append(call("train", {"x": x, "y": y}, m.train(x, y)))
    calls.append(call("serving_default", {"x": x}, m.predict(x)))
    write("module", calls)


class Kinds(tf.Module):
    """Signatures of many kinds, some of which no array can be given to."""

    def __init__(self, vocabulary):
        self.counter = tf.Variable(0, dtype=tf.int64)
        self.vocabulary = tf.lookup.StaticVocabularyTable(
            tf.lookup.TextFileInitializer(
                vocabulary, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER),
            num_oov_buckets=1)
        self.counts = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
        self.counts.insert(tf.constant(["a", "b"]), tf.constant([5, 6], tf.int64))

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32, name="x")])
    def any_rank(self, x):
        return {"sum": tf.reduce_sum(x)}

    @tf.function(input_signature=[tf.TensorSpec((), tf.int64, name="by")])
    def count(self, by):
        self.counter.assign_add(by)
        return {}

    @tf.function(input_signature=[])
    def counted(self):
        return {"n": self.counter.read_value()}

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.string, name="words")])
    def look_up(self, words):
        return {"ids": self.vocabulary.lookup(words), "counts": self.counts.lookup(words), "same": words}

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.complex64, name="z")])
    def complex(self, z):
        return {"re": tf.math.real(z)}

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.int8, name="small")])
    def int8(self, small):
        return {"large": tf.cast(small, tf.int32)}

    @tf.function(input_signature=[tf.SparseTensorSpec((None, 3), tf.float32)])
    def sparse(self, s):
        return {"dense": tf.sparse.to_dense(s)}

    @tf.function(input_signature=[
        tf.TensorSpec((2,), t, name=n)
        for n, t in [("a_u8", tf.uint8), ("b_bool", tf.bool), ("c_i32", tf.int32), ("d_f64", tf.float64),
                     ("e_f16", tf.float16), ("f_bf16", tf.bfloat16), ("g_u16", tf.uint16)]])
    def types(self, a_u8, b_bool, c_i32, d_f64, e_f16, f_bf16, g_u16):
        return {"a": a_u8 + 1, "b": ~b_bool, "c": c_i32 + 1, "d": d_f64 / 3, "e": e_f16 / 2, "f": f_bf16 / 2,
                "g": tf.cast(tf.cast(g_u16, tf.int32) + 1, tf.uint16)}


def kinds():
    vocabulary = OUT / "words.txt"
    vocabulary.write_text("red\ngreen\nblue\n")
    m = Kinds(str(vocabulary))
    names = ["any_rank", "count", "counted", "look_up", "complex", "int8", "sparse", "types"]
    tf.saved_model.save(m, fresh("kinds"), signatures={n: getattr(m, n) for n in names})
    vocabulary.unlink()
    words = np.array(["blue", "a", "red"], dtype=object)
    typed = {
        "a_u8": np.array([1, 254], "uint8"), "b_bool": np.array([True, False]), "c_i32": np.array([-5, 7], "int32"),
        "d_f64": np.array([0.1, 1e300]), "e_f16": np.array([1.5, 65504], "float16"),
        "f_bf16": tf.constant([1.5, 1e30], tf.bfloat16).numpy(), "g_u16": np.array([1, 65534], "uint16")}
    write("kinds", [
        call("any_rank", {"x": np.ones((2, 3), "float32")}, {"sum": np.float32(6)}),
        call("any_rank", {"x": np.float32(2)}, {"sum": np.float32(2)}),
        call("counted", {}, {"n": np.int64(0)}),
        call("count", {"by": np.int64(3)}, {}),
        call("counted", {}, {"n": np.int64(3)}),
        call("look_up", {"words": words}, {"ids": np.array([2, 3, 0]), "counts": np.array([-1, 5, -1]), "same": words}),
        call("types", typed, m.types(**typed)),
    ])


# ---- TensorFlow 1 ----------------------------------------------------------------------------------------------------


def early(folder):
    """Describes the second graph as the first TensorFlows did: another collection for what runs first."""
    file = folder / "saved_model.pb"
    model = saved_model_pb2.SavedModel()
    model.ParseFromString(file.read_bytes())
    meta = model.meta_graphs[1]
    meta.collection_def["legacy_init_op"].CopyFrom(meta.collection_def["saved_model_main_op"])
    del meta.collection_def["saved_model_main_op"]
    file.write_bytes(model.SerializeToString(deterministic=True))


def tf1():
    """Variables of both kinds, a vocabulary filled by a main op, and two graphs over the same values."""
    vocabulary = OUT / "words.txt"
    vocabulary.write_text("red\ngreen\n")
    builder = v1.saved_model.Builder(fresh("tf1"))
    x = floats(3, 2)

    def graph(scale):
        x_in = v1.placeholder(tf.float32, (None, 2), "x")
        w = v1.get_variable("w", initializer=[[1.0], [2.0]], use_resource=False)
        k = v1.get_variable("k", initializer=[3.0], use_resource=True)
        path = v1.constant(str(vocabulary), name="path")
        table = tf.lookup.StaticHashTable(
            tf.lookup.TextFileInitializer(
                path, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER), -1)
        words = v1.placeholder(tf.string, (None,), "words")
        info = v1.saved_model.build_tensor_info
        signature = v1.saved_model.build_signature_def
        return w, {
            "serving_default": signature({"x": info(x_in)}, {"y": info(scale * (x_in @ w) + k)}, "tensorflow/serving/predict"),
            "look_up": signature({"words": info(words)}, {"ids": info(table.lookup(words))}),
            "weights": signature({}, {"w": info(w)}),
            "sparse": signature({"s": info(v1.sparse_placeholder(tf.float32))}, {"y": info(x_in)}),
        }

    with tf.Graph().as_default(), v1.Session() as session:
        w, signatures = graph(1.0)
        session.run(v1.global_variables_initializer())
        session.run(w.assign([[4.0], [5.0]]))
        builder.add_meta_graph_and_variables(
            session, ["serve"], signatures, assets_collection=v1.get_collection(v1.GraphKeys.ASSET_FILEPATHS),
            main_op=v1.tables_initializer())
    with tf.Graph().as_default(), v1.Session() as session:
        w, signatures = graph(2.0)
        builder.add_meta_graph(
            ["serve", "double"], signatures, assets_collection=v1.get_collection(v1.GraphKeys.ASSET_FILEPATHS),
            main_op=v1.tables_initializer())
    builder.save()
    early(OUT / "tf1")
    vocabulary.unlink()
    words = np.array(["green", "mauve"], dtype=object)
    w = np.array([[4], [5]], "float32")
    write("tf1", [
        call("serving_default", {"x": x}, {"y": x @ w + 3}),
        call("look_up", {"words": words}, {"ids": np.array([1, -1])}),
        call("weights", {}, {"w": w}),
    ])


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(7)
    keras_models()
    module()
    kinds()
    tf1()
