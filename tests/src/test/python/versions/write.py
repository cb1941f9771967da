"""Writes small models as every kind of file that one version of Keras can write.

    python write.py MODULE OUT.zip

MODULE is what is imported as Keras: tf.keras (2.12 to 2.15), tf_keras or keras (3). OUT.zip gets the files as
Keras wrote them and cases.json: what goes in, what the models predict, the losses of three more epochs, with the
optimizer as it is and with a new one, and what the same Keras cannot do with its own files. all_versions.py runs
this under each version.
"""

import importlib
import importlib.metadata
import json
import os
import sys
import tempfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np
import tensorflow as tf

keras = tf.keras if sys.argv[1] == "tf.keras" else importlib.import_module(sys.argv[1])
layers = keras.layers

# tiny models: tracing costs more than running
tf.config.run_functions_eagerly(True)

VERSION = importlib.metadata.version("keras" if sys.argv[1] == "tf.keras" else sys.argv[1])
KERAS_3 = VERSION.startswith("3")
ROWS, BATCH, EPOCHS = 8, 4, 3


def policy(name):
    keras.mixed_precision.set_global_policy(name)


def data(*shape):
    return np.random.RandomState(7).uniform(-1, 1, (ROWS,) + shape).round(3).astype("float32")


def ids(count, *shape):
    return np.random.RandomState(8).randint(0, count, (ROWS,) + shape).astype("int32")


class Kind:
    """One model: its layers, how it is compiled, what it learns."""

    inputs = targets = None
    policy = "float32"
    trains = True

    def compile(self, model):
        pass


class Mlp(Kind):
    inputs, targets = [data(4)], [ids(3, 1)]

    def build(self):
        return keras.Sequential([
            keras.Input((4,)),
            layers.Dense(5, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
            layers.Dense(3, activation="softmax"),
        ])

    def compile(self, model):
        model.compile(self.optimizer(), "sparse_categorical_crossentropy", metrics=["accuracy"])

    def optimizer(self):
        return keras.optimizers.Adam(0.003)


class MlpLegacyOptimizer(Mlp):
    """The optimizer classes of before Keras 2.11; only .h5 files can hold them."""

    def optimizer(self):
        return keras.optimizers.legacy.Adam(0.003)


class MlpSgd(Mlp):
    """Keras 2 keeps a momentum of zeros for it."""

    def optimizer(self):
        return keras.optimizers.SGD(0.05)


class MlpNadam(Mlp):
    """Keras 2 leaves one number out of its state."""

    def optimizer(self):
        return keras.optimizers.Nadam(0.003)


class Dropout(Kind):
    inputs, trains = [data(4)], False

    def build(self):
        return keras.Sequential([
            keras.Input((4,)),
            layers.Dense(5, activation="tanh"),
            layers.Dropout(0.25),
            layers.Dense(3, activation="softmax"),
        ])


class Cnn(Kind):
    inputs, targets = [data(8, 8, 1)], [data(2)]

    def build(self):
        x = keras.Input((8, 8, 1))
        y = layers.Conv2D(3, 3, padding="same")(x)
        y = layers.BatchNormalization()(y)
        y = layers.ReLU()(y)
        y = layers.MaxPooling2D()(y)
        y = layers.Flatten()(y)
        return keras.Model(x, layers.Dense(2)(y))

    def compile(self, model):
        rate = keras.optimizers.schedules.ExponentialDecay(0.01, decay_steps=2, decay_rate=0.9)
        model.compile(keras.optimizers.SGD(rate, momentum=0.9, nesterov=True), "mse")


class Functional(Kind):
    inputs, targets = [data(3), data(3)[::-1].copy()], [data(1), ids(2, 1)]

    # outputs in the order of the alphabet: Keras 3.5 and 3.6 mix up losses of others
    def build(self):
        a, b = keras.Input((3,), name="left"), keras.Input((3,), name="right")
        shared = layers.Dense(4, activation="tanh")
        x = layers.Concatenate()([shared(a), shared(b)])
        # arithmetic on tensors of Keras 2 makes layers that no other Keras can read
        x = x * 2 + 1 if KERAS_3 else layers.Rescaling(2.0, 1.0)(x)
        x = keras.Sequential([keras.Input((8,)), layers.Dense(5, activation="elu"), layers.Dense(4)])(x)
        value = layers.Dense(1, name="amount")(x)
        label = layers.Dense(2, activation="softmax", name="label")(x)
        return keras.Model([a, b], [value, label])

    def compile(self, model):
        losses = {"amount": keras.losses.MeanSquaredError(), "label": keras.losses.SparseCategoricalCrossentropy()}
        model.compile(keras.optimizers.RMSprop(0.002), losses, loss_weights={"amount": 0.5, "label": 1.5})


class Nested(Kind):
    """A functional model called twice within another, and its output."""

    inputs, trains = [data(3)], False

    def build(self):
        x = keras.Input((3,))
        inner = keras.Model(x, layers.Dense(3, activation="tanh")(x), name="inner")
        outside = keras.Input((3,))
        return keras.Model(outside, inner(layers.Dense(3)(inner(outside))))


class Text(Kind):
    inputs, targets = [ids(10, 6)], [ids(2, 1)]

    def build(self):
        return keras.Sequential([
            keras.Input((6,)),
            layers.Embedding(10, 4),
            layers.GlobalAveragePooling1D(),
            layers.LeakyReLU(0.2),
            layers.Dense(1, activation="sigmoid"),
        ])

    def compile(self, model):
        model.compile(keras.optimizers.Adagrad(0.05), "binary_crossentropy", metrics=["accuracy"])


class Mixed(Kind):
    inputs, targets, policy, trains = [data(4)], [data(2)], "mixed_float16", False

    def build(self):
        return keras.Sequential([
            keras.Input((4,)), layers.Dense(5, activation="relu"), layers.Dense(2, dtype="float32")])

    def compile(self, model):
        model.compile(keras.optimizers.SGD(0.01, momentum=0.5), "mean_squared_error")


class Half(Kind):
    inputs, policy, trains = [data(4)], "bfloat16", False

    def build(self):
        return keras.Sequential([keras.Input((4,)), layers.Dense(5, activation="relu"), layers.Dense(2)])


def randomize(model):
    """No weight at its default, so that each must be loaded."""
    random = np.random.RandomState(9)
    for w in model.weights:
        low, high = (0.5, 1.5) if "variance" in w.name else (-0.8, 0.8)
        w.assign(random.uniform(low, high, tuple(w.shape)))


def one_or_all(arrays):
    return arrays[0] if len(arrays) == 1 else arrays


def fit(kind, model, epochs):
    history = model.fit(
        one_or_all(kind.inputs), one_or_all(kind.targets),
        batch_size=BATCH, epochs=epochs, shuffle=False, verbose=0)
    return [float(v) for v in history.history["loss"]]


def predict(kind, model):
    out = model.predict(one_or_all(kind.inputs), batch_size=ROWS, verbose=0)
    return [np.asarray(o).astype("float32") for o in (out if isinstance(out, list) else [out])]


def saved(model, name, folder):
    """Returns how each file is written and loaded again; a file of weights goes with the JSON."""
    def path(ending):
        return os.path.join(folder, name + ending)

    def save_weights():
        model.save_weights(path(".weights.h5"))
        with open(path(".json"), "w") as f:
            f.write(model.to_json())

    def load_weights():
        with open(path(".json")) as f:
            loaded = keras.models.model_from_json(f.read())
        if not getattr(loaded, "optimizer", None):
            kinds()[name].compile(loaded)
        if getattr(loaded, "optimizer", None):
            loaded.optimizer.build(loaded.trainable_variables)  # else Keras 2 leaves out its state
        loaded.load_weights(path(".weights.h5"))
        return loaded

    def whole(ending, **options):
        return (lambda: model.save(path(ending), **options)), (lambda: keras.models.load_model(path(ending)))

    if name == "mlp_legacy":
        return {".h5": whole(".h5")}
    ways = {".keras": whole(".keras"), ".weights.h5": (save_weights, load_weights)}
    if VERSION.startswith("2.12"):
        # unless asked for the other format, it writes HDF5 into files called .keras
        ways[".v3.keras"] = whole(".v3.keras", save_format="keras_v3")
    # .h5 last: writing it takes the optimizer out of what Keras 3 keeps of compile
    return {**ways, ".h5": whole(".h5")}


def attempt(action):
    try:
        return action(), None
    except Exception as e:  # what Keras cannot do with its own files is a finding
        return None, f"{type(e).__name__}: {e}".split("\n")[0][:300]


def remove(path):
    """What a failed write left."""
    if os.path.exists(path):
        os.remove(path)


def array(a):
    values = [int(v) if a.dtype == "int32" else float(str(v)) for v in a.flatten()]
    return {"dtype": str(a.dtype), "shape": list(a.shape), "values": values}


def write(name, kind, folder):
    keras.backend.clear_session()
    policy(kind.policy)
    model = kind.build()
    randomize(model)
    kind.compile(model)
    if kind.targets:
        fit(kind, model, 1)
    predicted = predict(kind, model)
    case = {
        "inputs": [array(a) for a in kind.inputs],
        "targets": [array(a) for a in kind.targets or []],
        "predictions": [array(a) for a in predicted],
        "files": {},
    }
    loaded_models = {}
    for ending, (save, load) in saved(model, name, folder).items():
        facts = case["files"][name + ending] = {}
        _, failed = attempt(save)
        if failed:
            facts["not_written"] = failed
            remove(os.path.join(folder, name + ending))
            continue
        loaded, failed = attempt(load)
        if failed:
            facts["keras_cannot_load"] = failed
            continue
        off = max(np.abs(a - b).max() for a, b in zip(predict(kind, loaded), predicted))
        if off > 1e-6:
            facts["keras_predicts_otherwise_by"] = float(off)
        loaded_models[name + ending] = loaded
    if kind.trains:
        anew = kind.build()
        anew.set_weights(model.get_weights())
        kind.compile(anew)
        case["losses_of_new_optimizer"] = fit(kind, anew, EPOCHS)
        case["losses"] = fit(kind, model, EPOCHS)
        for file, loaded in loaded_models.items():
            losses, failed = attempt(lambda: fit(kind, loaded, EPOCHS))
            if failed:
                case["files"][file]["keras_cannot_train"] = failed
            elif not np.allclose(losses, case["losses"], rtol=1e-5, atol=0):
                case["files"][file]["keras_trains_otherwise"] = losses
    policy("float32")
    return case


def kinds():
    all_kinds = {
        "mlp": Mlp(), "dropout": Dropout(), "cnn": Cnn(), "functional": Functional(), "nested": Nested(),
        "text": Text(), "mixed": Mixed(), "half": Half()}
    if not KERAS_3:
        all_kinds |= {"mlp_legacy": MlpLegacyOptimizer(), "mlp_sgd": MlpSgd(), "mlp_nadam": MlpNadam()}
    return all_kinds


def main(out):
    with tempfile.TemporaryDirectory() as folder:
        cases = {"keras": VERSION, "tensorflow": tf.__version__, "kinds": {}}
        for name, kind in kinds().items():
            cases["kinds"][name] = write(name, kind, folder)
        with open(os.path.join(folder, "cases.json"), "w") as f:
            json.dump(cases, f)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), "rb") as f:
                    z.writestr(zipfile.ZipInfo(name), f.read(), zipfile.ZIP_DEFLATED, 9)
    for case in cases["kinds"].values():
        for file, facts in case["files"].items():
            if facts:
                print(f"  {file}: {facts}")


if __name__ == "__main__":
    main(sys.argv[2])
