"""Layers that networks of keras.applications have of their own."""

from layer_cases import LayerCases

from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer


def layers_applications():
    cases = LayerCases("layers_applications")
    add = cases.add
    add("layer_scale small", LayerScale, dict(init_values=1e-6, projection_dim=3), (2, 4, 3))
    add("layer_scale image", LayerScale, dict(init_values=0.5, projection_dim=2), (2, 3, 4, 2))
    add("layer_scale rows", LayerScale, dict(init_values=1.0, projection_dim=4), (3, 4))
    add("stochastic_depth", StochasticDepth, dict(drop_path_rate=0.25), (2, 3), train=False)
    add("stochastic_depth image", StochasticDepth, dict(drop_path_rate=0.5), (2, 3, 2, 2), train=False)
    add("stochastic_depth zero", StochasticDepth, dict(drop_path_rate=0.0), (2, 3))
    add("custom_scale", CustomScaleLayer, dict(scale=0.17), (2, 3), (2, 3))
    add("custom_scale image", CustomScaleLayer, dict(scale=0.5), (2, 3, 2, 2), (2, 3, 2, 2))
    add("custom_scale negative", CustomScaleLayer, dict(scale=-2.0), (2, 3), (2, 3))
    cases.write()
