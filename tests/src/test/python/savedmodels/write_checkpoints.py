"""Writes the checkpoints of savedmodel/src/test/resources/checkpoints: write_checkpoints.py INTO."""

import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402

v1 = tf.compat.v1


def number(variables, first):
    """Gives the i-th variable first + i, first + i + 0.01 and so on."""
    for i, v in enumerate(variables):
        if "float" in str(v.dtype):
            v.assign(first + i + np.arange(np.prod(v.shape, dtype=int)).reshape(v.shape) / 100)


def model():
    inner = keras.Sequential([keras.Input((3,)), layers.Dense(2)], name="inner")
    x = keras.Input((4,), name="x")
    y = layers.BatchNormalization(name="norm")(layers.Dense(3, name="first")(x))
    return keras.Model(x, inner(y))


def write_keras(folder):
    """A compiled model, twice; the second is the newest."""
    m = model()
    m.compile(keras.optimizers.Adam(0.5), "mse")
    m.optimizer.build(m.trainable_variables)
    saved = tf.train.Checkpoint(model=m, optimizer=m.optimizer)
    saved.save(folder / "ckpt")
    number(m.weights, 1)
    number(m.optimizer.variables[2:], 101)
    m.optimizer.iterations.assign(7)
    saved.save(folder / "ckpt")


class Holder(tf.Module):
    """Objects in lists and dictionaries, and one that holds itself."""

    def __init__(self):
        self.w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
        self.parts = [tf.Variable(5), tf.Variable([True, False])]
        self.named = {"a.b/c": tf.Variable(6.0, dtype=tf.float64), "text": tf.Variable(["x", "größer"])}
        self.small = tf.Variable(tf.constant(8, tf.int8))
        self.me = self
        self.table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
        self.table.insert(tf.constant(["a"]), tf.constant([1], tf.int64))


def write_objects(folder):
    tf.train.Checkpoint(holder=Holder()).save(folder / "ckpt")


def write_shards(folder):
    """Arrays in several files, the large one in parts."""
    policy = tf.train.experimental.MaxShardSizePolicy(max_shard_size=256)
    options = tf.train.CheckpointOptions(experimental_sharding_callback=policy)
    large = tf.Variable(tf.reshape(tf.range(120, dtype=tf.float32), (30, 4)))
    tf.train.Checkpoint(large=large, small=tf.Variable(1.5)).write(str(folder / "shards"), options)


def write_slots(folder):
    """What optimizers of TensorFlow 1 and Keras 2 keep beside variables."""
    w = tf.Variable([1.0, 2.0])
    optimizer = v1.train.MomentumOptimizer(0.1, 0.9)
    optimizer.apply_gradients([(tf.constant([1.0, 1.0]), w)])
    tf.train.Checkpoint(w=w, optimizer=optimizer).write(str(folder / "slots"))


def write_names(folder):
    """Variables by name, as TensorFlow 1 saves them."""
    with tf.Graph().as_default(), v1.Session() as session:
        for i, (name, shape) in enumerate({"net/first/kernel": (4, 3), "net/first/bias": (3,)}.items()):
            v1.get_variable(name, initializer=np.arange(np.prod(shape)).reshape(shape).astype("float32") + 10 * i)
        session.run(v1.global_variables_initializer())
        v1.train.Saver(save_relative_paths=True).save(
            session, str(folder / "model.ckpt"), global_step=3, write_meta_graph=False
        )


for name, write in {
    "keras": write_keras,
    "objects": write_objects,
    "shards": write_shards,
    "slots": write_slots,
    "names": write_names,
}.items():
    path = Path(sys.argv[1]) / name
    path.mkdir(parents=True)
    write(path)
