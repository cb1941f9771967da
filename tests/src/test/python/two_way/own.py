"""Classes of a user; the same as Own.java."""

import pathlib

import keras


@keras.saving.register_keras_serializable("my_package")
class Scale(keras.layers.Layer):
    """Multiplies by a factor and by weights."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],), initializer="ones")

    def call(self, x):
        return x * self.factor * self.scale

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@keras.saving.register_keras_serializable("my_package")
class Offset(keras.layers.Layer):
    """Adds a number that it keeps in a file."""

    FILE = "offset.txt"

    def __init__(self, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.offset = offset

    def call(self, x):
        return x + self.offset

    # without the number, which is in the file alone
    def get_config(self):
        return super().get_config()

    def save_assets(self, folder):
        (pathlib.Path(folder) / self.FILE).write_text(str(self.offset))

    def load_assets(self, folder):
        self.offset = float((pathlib.Path(folder) / self.FILE).read_text())


@keras.saving.register_keras_serializable("my_package")
class Power(keras.losses.Loss):
    """The size of the error to a power."""

    def __init__(self, exponent, name="power", **kwargs):
        super().__init__(name=name, **kwargs)
        self.exponent = exponent

    def call(self, y_true, y_pred):
        return keras.ops.sum(keras.ops.abs(y_pred - y_true) ** self.exponent, axis=-1)

    # without the base's keys, which Own.Power has no options for
    def get_config(self):
        return {"exponent": self.exponent}
