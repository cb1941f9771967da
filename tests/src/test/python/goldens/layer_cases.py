"""A layer alone: its outputs in three policies, and two steps of training."""

import math

from common import arr, clean, fresh, left_out, normal, random_weights, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf
from keras import layers, optimizers


def with_masks(tensors, masks):
    tensors = [tf.convert_to_tensor(t) for t in tensors]
    for t, m in zip(tensors, masks):
        if m is not None:
            keras.src.backend.set_keras_mask(t, tf.convert_to_tensor(m))
    return tensors[0] if len(tensors) == 1 else tensors


def run(layer, inputs, masks, xla):
    """Inference; on a CPU TensorFlow's own kernels refuse channels_first convolutions, XLA's do not."""
    if not xla:
        return layer(with_masks(inputs, masks), training=False)
    return tf.function(lambda x: layer(x, training=False), jit_compile=True)(with_masks(inputs, masks))


def set_weights(layer, weights):
    layer.set_weights(weights)
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()  # Normalization computes with copies of its weights


def layer_case(name, make, inputs, masks=None, train=True, xla=False):
    """make(**dtype) gives a new layer."""
    rng = fresh(name)
    inputs = inputs(rng) if callable(inputs) else inputs
    masks = masks or [None] * len(inputs)
    layer = make()
    run(layer, inputs, masks, xla)
    weights = random_weights(rng, layer.weights)
    set_weights(layer, weights)
    y = run(layer, inputs, masks, xla)
    case = {"name": name, "layer": clean(keras.saving.serialize_keras_object(layer)), "inputs": [arr(i) for i in inputs]}
    if any(m is not None for m in masks):
        m = [None if m is None else arr(m) for m in masks]
        case["mask"] = m[0] if len(m) == 1 else m
    case["weights"] = [arr(w) for w in weights]
    case["weight_names"] = [v.path.split("/")[-1] for v in layer.weights]
    case["trainable"] = [any(v is t for t in layer.trainable_weights) for v in layer.weights]
    case["output"] = arr(y)
    mask = keras.src.backend.get_keras_mask(y)
    if mask is not None:
        case["output_mask"] = arr(mask)
    for policy in ("float64", "mixed_bfloat16"):
        try:
            keras.backend.clear_session()
            other = make(dtype=policy)
            run(other, inputs, masks, xla)
            set_weights(other, weights)
            case[f"output_{policy}"] = arr(run(other, inputs, masks, xla))
        except Exception as e:
            left_out(f"{name} {policy}", e)
    if train:
        try:
            case["train"] = layer_train(name, make, inputs, weights, xla)
        except Exception as e:
            left_out(f"{name} train", e)
    return case


def layer_train(name, make, inputs, weights, xla):
    rng = fresh(name + " train")
    layer = make()
    ins = [keras.Input(i.shape[1:], dtype=str(i.dtype)) for i in inputs]
    h = layer(ins[0] if len(ins) == 1 else ins)
    if len(h.shape) > 2:
        h = layers.Flatten(name="flat")(h)
    head = layers.Dense(2, use_bias=False, name="head")
    model = keras.Model(ins, head(h))
    head_kernel = normal(rng, *head.kernel.shape, scale=0.3, digits=2)
    head.set_weights([head_kernel])
    set_weights(layer, weights)
    model.compile(optimizer=optimizers.SGD(0.1), loss="mse", jit_compile=xla)
    if inputs[0].dtype.kind == "i":
        xs = [rng.integers(0, i.max() + 1, i.shape).astype(i.dtype) for i in inputs]
    else:
        xs = [normal(rng, *i.shape, digits=2) for i in inputs]
    y = normal(rng, inputs[0].shape[0], 2, digits=2)
    seen = [float(str(np.float32(model.train_on_batch(xs if len(xs) > 1 else xs[0], y)))) for _ in range(2)]
    assert all(math.isfinite(v) and v < 1e3 for v in seen), seen
    return {
        "x": [arr(x) for x in xs],
        "y": arr(y),
        "head": arr(head_kernel),
        "losses": seen,
        "weights_after": [arr(w) for w in layer.get_weights()],
        "head_after": arr(head.get_weights()[0]),
    }


class LayerCases:
    """The cases of one file, each added by the class and its arguments."""

    def __init__(self, file):
        self.file = file
        self.cases = []

    def add(self, name, cls, kwargs, *shapes, ints=None, masks=None, train=True, fill=None, xla=False, wide=False):
        """wide: inputs are float64, for layers that compute in the type of what comes in."""
        def inputs(rng):
            if ints:
                return [rng.integers(0, ints, s).astype("int32") for s in shapes]
            xs = [normal(rng, *s, digits=2) for s in shapes]
            if fill:
                fill(xs[0])
            return [x.astype("float64") for x in xs] if wide else xs

        def make(**dtype):
            k = kwargs() if callable(kwargs) else kwargs
            return cls(**{**k, **dtype})

        if callable(masks):
            masks = masks()
        try:
            self.cases.append(layer_case(name, make, inputs, masks, train, xla))
        except Exception as e:
            left_out(name, e)

    def write(self):
        write(self.file, self.cases)
