"""Images of another size: stretched, cut or padded."""

from common import arr  # first: it sets the environment
from layer_cases import LayerCases, layer_case

import keras
import numpy as np
from keras import layers

FIRST = dict(data_format="channels_first")
HOW = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")


class ImageCases(LayerCases):
    def whole(self, name, kwargs, shape, dtype, most, train=False):
        """Images of whole numbers, in a model: called without one, Keras gives whole numbers, which no model does."""
        make = lambda **policy: layers.Resizing(**kwargs, **policy)
        case = layer_case(name, make, lambda rng: [rng.integers(0, most, shape).astype(dtype)], train=train)
        x = np.array(case["inputs"][0]["data"], dtype).reshape(shape)
        for key, policy in (("output", {}), ("output_float64", {"dtype": "float64"}), ("output_mixed_bfloat16", {"dtype": "mixed_bfloat16"})):
            image = keras.Input(shape[1:], dtype=dtype)
            case[key] = arr(keras.Model(image, make(**policy)(image)).predict(x, verbose=0))
        self.cases.append(case)


def layers_resizing():
    R = layers.Resizing
    C = layers.CenterCrop
    cases = ImageCases("layers_resizing")
    add = cases.add

    for how in HOW:
        add(f"resizing {how} both ways", R, dict(height=5, width=3, interpolation=how), (2, 3, 4, 2))
        add(f"resizing {how} smaller", R, dict(height=2, width=3, interpolation=how), (2, 7, 5, 2))
        add(f"resizing {how} smoothed", R, dict(height=2, width=3, interpolation=how, antialias=True), (2, 7, 5, 2))
        add(f"resizing {how} smoothed larger", R, dict(height=5, width=6, interpolation=how, antialias=True), (2, 3, 4, 2))
        add(f"resizing {how} channels first", R, dict(height=4, width=7, interpolation=how, **FIRST), (2, 2, 6, 3))
        cases.whole(f"resizing {how} of whole numbers", dict(height=4, width=7, interpolation=how), (2, 6, 3, 2), "int32", 1000)
        cases.whole(f"resizing {how} of bytes", dict(height=5, width=5, interpolation=how), (2, 3, 4, 2), "uint8", 256)
    add("resizing default", R, dict(height=3, width=4), (2, 5, 6, 2))
    add("resizing same size", R, dict(height=3, width=4, interpolation="lanczos3"), (2, 3, 4, 2))
    add("resizing one image", R, dict(height=3, width=4), (5, 6, 2), train=False)
    add("resizing one image channels first", R, dict(height=3, width=4, **FIRST), (2, 5, 6), train=False)
    cases.whole("resizing trains behind whole numbers", dict(height=3, width=4), (2, 4, 3, 2), "int32", 4, True)
    cases.whole("resizing beyond bytes", dict(height=9, width=9, interpolation="bicubic"), (1, 3, 3, 2), "uint8", 256)
    for name, shape in (("wide", (2, 3, 8, 2)), ("high", (2, 9, 4, 2)), ("odd", (2, 4, 7, 2))):
        for size in ((4, 4), (5, 3), (3, 6)):
            target = dict(height=size[0], width=size[1])
            text = f"{name} to {size[0]} x {size[1]}"
            add(f"resizing cut {text}", R, dict(crop_to_aspect_ratio=True, **target), shape)
            add(f"resizing padded {text}", R, dict(pad_to_aspect_ratio=True, fill_value=0.5, **target), shape)
    add("resizing cut channels first", R, dict(height=4, width=4, crop_to_aspect_ratio=True, interpolation="nearest", **FIRST), (2, 2, 3, 8))
    add("resizing padded channels first", R, dict(height=4, width=4, pad_to_aspect_ratio=True, interpolation="bicubic", **FIRST), (2, 2, 3, 8))
    add("resizing padded one image", R, dict(height=4, width=3, pad_to_aspect_ratio=True, fill_value=-1.0), (3, 8, 2), train=False)
    add("resizing cut one image", R, dict(height=4, width=3, crop_to_aspect_ratio=True), (3, 8, 2), train=False)
    cases.whole("resizing padded whole numbers", dict(height=4, width=4, pad_to_aspect_ratio=True, fill_value=7), (2, 3, 8, 2), "int32", 99)
    add("resizing cut to a line", R, dict(height=1, width=9, crop_to_aspect_ratio=True), (2, 5, 3, 2))

    add("center crop", C, dict(height=2, width=3), (2, 4, 5, 2))
    add("center crop odd", C, dict(height=2, width=3), (2, 5, 6, 2))
    add("center crop all", C, dict(height=3, width=4), (2, 3, 4, 2))
    add("center crop channels first", C, dict(height=3, width=2, **FIRST), (2, 2, 4, 5))
    add("center crop one image", C, dict(height=2, width=3), (4, 5, 2), train=False)
    add("center crop smaller image", C, dict(height=5, width=6), (2, 3, 4, 2))
    add("center crop low image", C, dict(height=5, width=3), (2, 3, 8, 2))
    add("center crop narrow image", C, dict(height=3, width=6), (2, 9, 4, 2))
    add("center crop smaller channels first", C, dict(height=5, width=3, **FIRST), (2, 2, 3, 8))
    add("center crop smaller one image", C, dict(height=5, width=6), (3, 4, 2), train=False)
    add("center crop of whole numbers", C, dict(height=2, width=3), (2, 5, 5, 2), ints=100, train=False)
    add("center crop smaller of whole numbers", C, dict(height=4, width=6), (2, 3, 5, 2), ints=3, train=False)
    cases.write()
