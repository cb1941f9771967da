"""Pooling of volumes and into bins; cropping, padding and enlarging of sequences and volumes."""

from layer_cases import LayerCases

import numpy as np
from keras import layers

FIRST = dict(data_format="channels_first")
MASK = [np.array([[True, True, False, True], [False, True, True, False]])]


class PoolingCases(LayerCases):
    def add_largest(self, name, *arguments, **options):
        """TensorFlow finds no largest float64 of a volume; that of float32 numbers is the same in all types."""
        self.add(name, *arguments, **options)
        case = self.cases[-1]
        assert case["name"] == name and "output_float64" not in case
        widened = [float(np.float32(v)) for v in case["output"]["data"]]
        case["output_float64"] = dict(case["output"], dtype="float64", data=widened)


def layers_pooling_more():
    L = layers
    cases = PoolingCases("layers_pooling_more")
    add = cases.add
    largest = cases.add_largest

    # MaxPooling3D
    largest("maxpool3d default", L.MaxPooling3D, {}, (2, 4, 5, 3, 2))
    largest("maxpool3d same", L.MaxPooling3D, dict(pool_size=[3, 2, 2], padding="same"), (2, 4, 3, 5, 2))
    largest("maxpool3d overlap", L.MaxPooling3D, dict(pool_size=2, strides=[1, 2, 1]), (2, 3, 4, 3, 2))
    largest("maxpool3d overlap same", L.MaxPooling3D, dict(pool_size=3, strides=[2, 1, 2], padding="same"), (2, 3, 2, 4, 2))
    largest("maxpool3d channels first", L.MaxPooling3D, dict(pool_size=[1, 2, 3], strides=1, **FIRST), (2, 2, 2, 3, 4))
    largest("maxpool3d negative same", L.MaxPooling3D, dict(pool_size=3, padding="same"), (1, 2, 4, 2, 1), train=False,
            fill=lambda x: np.copyto(x, -np.abs(x) - 1))
    # AveragePooling3D; XLA has it in all types
    add("avgpool3d", L.AveragePooling3D, dict(pool_size=2), (2, 4, 5, 3, 2), xla=True)
    add("avgpool3d same", L.AveragePooling3D, dict(pool_size=[3, 2, 2], padding="same"), (2, 4, 3, 5, 2), xla=True)
    add("avgpool3d overlap same", L.AveragePooling3D, dict(pool_size=3, strides=[1, 2, 1], padding="same"), (2, 3, 4, 2, 2),
        xla=True)
    add("avgpool3d channels first", L.AveragePooling3D, dict(pool_size=[2, 1, 2], strides=1, **FIRST), (2, 2, 3, 2, 3), xla=True)
    add("avgpool3d gap", L.AveragePooling3D, dict(pool_size=1, strides=[2, 3, 2]), (2, 3, 4, 3, 2), xla=True)
    # global pooling of volumes
    for name, cls in (("gmp3d", L.GlobalMaxPooling3D), ("gap3d", L.GlobalAveragePooling3D)):
        add(f"{name} default", cls, {}, (2, 3, 2, 2, 3))
        add(f"{name} keepdims", cls, dict(keepdims=True), (2, 3, 2, 2, 3))
        add(f"{name} channels first", cls, dict(**FIRST), (2, 3, 2, 3, 2))
        add(f"{name} channels first keepdims", cls, dict(keepdims=True, **FIRST), (2, 3, 2, 3, 2))
    # adaptive pooling: as many, dividing, overlapping bins of one size and of two, and more bins than values
    for name, cls in (("amp1d", L.AdaptiveMaxPooling1D), ("aap1d", L.AdaptiveAveragePooling1D)):
        add(f"{name} one", cls, dict(output_size=1), (2, 5, 3), train=False)  # Keras finds 1 only outside of graphs
        add(f"{name} divides", cls, dict(output_size=[3]), (2, 6, 2))
        add(f"{name} overlaps", cls, dict(output_size=3), (2, 7, 2))
        add(f"{name} two sizes", cls, dict(output_size=5), (2, 8, 2))
        add(f"{name} more", cls, dict(output_size=5), (2, 3, 2))
        add(f"{name} twice as many", cls, dict(output_size=6), (2, 3, 2))
        add(f"{name} channels first", cls, dict(output_size=4, **FIRST), (2, 2, 7))
        add(f"{name} drops the mask", cls, dict(output_size=3), (2, 4, 2), masks=MASK, train=False)
    for name, cls in (("amp2d", L.AdaptiveMaxPooling2D), ("aap2d", L.AdaptiveAveragePooling2D)):
        add(f"{name} square", cls, dict(output_size=2), (2, 5, 4, 2))
        add(f"{name} uneven", cls, dict(output_size=[3, 4]), (2, 7, 6, 2))
        add(f"{name} more and less", cls, dict(output_size=[5, 2]), (2, 3, 4, 2))
        add(f"{name} channels first", cls, dict(output_size=[2, 3], **FIRST), (2, 2, 5, 4))
    for name, cls in (("amp3d", L.AdaptiveMaxPooling3D), ("aap3d", L.AdaptiveAveragePooling3D)):
        volume = largest if cls is L.AdaptiveMaxPooling3D else lambda *a: add(*a, xla=True)
        volume(f"{name} cube", cls, dict(output_size=2), (2, 3, 4, 5, 2))
        volume(f"{name} uneven", cls, dict(output_size=[2, 3, 4]), (2, 2, 4, 5, 2))
        volume(f"{name} more", cls, dict(output_size=[3, 2, 5]), (2, 2, 2, 3, 2))
        volume(f"{name} channels first", cls, dict(output_size=[2, 3, 4], **FIRST), (2, 2, 3, 5, 3))
    # cropping
    add("crop1d default", L.Cropping1D, {}, (2, 4, 3))
    add("crop1d one number", L.Cropping1D, dict(cropping=2), (2, 6, 2))
    add("crop1d start", L.Cropping1D, dict(cropping=[2, 0]), (2, 5, 2))
    add("crop1d end", L.Cropping1D, dict(cropping=[0, 3]), (2, 5, 2))
    add("crop1d drops the mask", L.Cropping1D, {}, (2, 4, 2), masks=MASK, train=False)
    add("crop3d default", L.Cropping3D, {}, (2, 3, 4, 3, 2))
    add("crop3d one number", L.Cropping3D, dict(cropping=2), (1, 5, 6, 5, 2))
    add("crop3d three", L.Cropping3D, dict(cropping=[1, 0, 2]), (2, 3, 2, 5, 2))
    add("crop3d six", L.Cropping3D, dict(cropping=[[1, 0], [0, 2], [0, 0]]), (2, 3, 4, 2, 2))
    add("crop3d channels first", L.Cropping3D, dict(cropping=[[0, 1], [1, 1], [2, 0]], **FIRST), (2, 2, 2, 4, 3))
    # padding
    add("pad1d default", L.ZeroPadding1D, {}, (2, 3, 2))
    add("pad1d one number", L.ZeroPadding1D, dict(padding=2), (2, 3, 2))
    add("pad1d two", L.ZeroPadding1D, dict(padding=[0, 3]), (2, 3, 2))
    add("pad1d channels first", L.ZeroPadding1D, dict(padding=[2, 1], **FIRST), (2, 2, 3))
    add("pad3d default", L.ZeroPadding3D, {}, (2, 2, 1, 2, 2))
    add("pad3d one number", L.ZeroPadding3D, dict(padding=2), (1, 1, 2, 1, 2))
    add("pad3d three", L.ZeroPadding3D, dict(padding=[1, 0, 2]), (2, 1, 2, 2, 2))
    add("pad3d six", L.ZeroPadding3D, dict(padding=[[1, 0], [0, 2], [0, 0]]), (2, 2, 1, 2, 2))
    add("pad3d channels first", L.ZeroPadding3D, dict(padding=[[0, 1], [2, 0], [1, 1]], **FIRST), (2, 2, 1, 2, 1))
    # enlarging
    add("up1d default", L.UpSampling1D, {}, (2, 3, 2))
    add("up1d three", L.UpSampling1D, dict(size=3), (2, 3, 2))
    add("up1d one", L.UpSampling1D, dict(size=1), (2, 3, 2))
    add("up1d drops the mask", L.UpSampling1D, {}, (2, 4, 2), masks=MASK, train=False)
    add("up3d default", L.UpSampling3D, {}, (2, 2, 1, 3, 2))
    add("up3d three", L.UpSampling3D, dict(size=[3, 1, 2]), (2, 1, 2, 3, 2))
    add("up3d channels first", L.UpSampling3D, dict(size=[1, 3, 2], **FIRST), (2, 2, 2, 1, 3))
    add("up2d one", L.UpSampling2D, dict(size=1, interpolation="bilinear"), (2, 2, 3, 2))
    # what only moves numbers keeps their type, as ids need it
    for name, cls, arguments, shape in (
        ("crop1d", L.Cropping1D, {}, (2, 5, 2)),
        ("crop2d", L.Cropping2D, dict(cropping=1), (2, 3, 4, 2)),
        ("crop3d", L.Cropping3D, {}, (2, 3, 4, 3, 2)),
        ("pad1d", L.ZeroPadding1D, {}, (2, 3, 2)),
        ("pad2d", L.ZeroPadding2D, {}, (2, 2, 2, 2)),
        ("pad3d", L.ZeroPadding3D, {}, (2, 1, 2, 1, 2)),
        ("up1d", L.UpSampling1D, {}, (2, 3, 2)),
        ("up2d", L.UpSampling2D, {}, (2, 2, 2, 2)),
        ("up3d", L.UpSampling3D, {}, (2, 1, 2, 1, 2)),
    ):
        add(f"{name} of whole numbers", cls, arguments, shape, ints=2**20, train=False)
    for how in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
        add(f"up2d {how} of whole numbers", L.UpSampling2D, dict(size=[2, 3], interpolation=how), (2, 3, 4, 2), ints=1000, train=False)
    cases.write()
