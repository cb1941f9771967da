"""Trainings with what optimizers can do beside their rule, and in mixed precision."""

from common import write  # first: it sets the environment
from fit_options import f, labels, mlp, sgd
from trainings import training

import keras
from keras import layers as L
from keras import optimizers

S = optimizers.schedules


def mixed(build):
    def make():
        keras.config.set_dtype_policy("mixed_float16")
        return build()
    return make


def image():
    return keras.Sequential(
        [keras.Input((6, 5, 1)), L.Conv2D(2, 3, padding="same", activation="relu", name="conv"), L.MaxPooling2D(2, name="pool"),
         L.Flatten(name="flat"), L.Dense(3, name="out"), L.Activation("softmax", dtype="float32", name="soft")], name="image")


def fit_optimizers():
    cases = []

    def run(name, optimizer, build=mlp(2), x=f(10, 3), y=f(10, 2), **fit):
        training(cases, name, build, x, y, dict(optimizer=optimizer, loss="mse", metrics=["mae"]), fit=fit)

    run("moving averages", sgd(use_ema=True, ema_momentum=0.7))
    run("moving averages overwrite", lambda: optimizers.Adam(0.05, use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=2), epochs=3)
    run("accumulated gradients", lambda: optimizers.Adam(0.05, gradient_accumulation_steps=3), batch_size=2, epochs=3)
    run("accumulated gradients clipped", sgd(0.2, momentum=0.9, global_clipnorm=0.5, gradient_accumulation_steps=2), epochs=3)
    run("cosine schedule", lambda: optimizers.Adam(S.CosineDecay(0.01, 4, warmup_target=0.1, warmup_steps=2)))
    run("schedule and accumulated gradients", lambda: optimizers.SGD(S.ExponentialDecay(0.2, 2, 0.5), gradient_accumulation_steps=2), epochs=4)
    run("nadam", lambda: optimizers.Nadam(0.05), epochs=3)
    run("loss scale factor", sgd(loss_scale_factor=16.0))
    run("loss scale optimizer", lambda: optimizers.LossScaleOptimizer(
        optimizers.SGD(0.1, momentum=0.8), initial_scale=4.0, dynamic_growth_steps=2))
    run("mixed float16", lambda: optimizers.Adam(0.05), build=mixed(mlp(2)), epochs=3)
    run("mixed float16 weight decay", sgd(0.2, weight_decay=0.05, momentum=0.5), build=mixed(mlp(2)))
    training(cases, "mixed float16 image", mixed(image), f(6, 6, 5, 1), labels(3, 6),
             dict(optimizer=sgd(), loss="sparse_categorical_crossentropy", metrics=["accuracy"]))
    keras.config.set_dtype_policy("float32")
    write("fit_optimizers", cases)
