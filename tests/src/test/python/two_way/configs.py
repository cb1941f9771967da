"""Compares the JSON of models, but for what is known to differ and why it may."""

import re
import struct

ANY = object()

# What Keras writes and Ibex does not, with what Keras writes.
KERAS_ALONE = {
    # a layer is built when the model calls it, as Keras does it without this
    r"/build_config": ANY,
    # of a nested model, which is never compiled for itself
    r"/config/.+/compile_config": {},
    # options that are not set
    r"/quantization_config": None,
    r"/renorm_clipping": None,
    # arguments of a call that are not given
    r"/kwargs/mask": None,
    # a call of the model says anew whether it trains, whatever a layer's call said
    r"/kwargs/training": ANY,
}

# What both write, with what Ibex writes.
DIFFERENT = {
    # a layer in a wrapper has a name in Ibex only where it was given one
    r"/layer/config/name": None,
    # where a class of a user lies is not known in Java; it is found by its registered name
    r"/module": "my_package",
    # the policy that was global when a model was made: in Ibex each layer has its own
    r"^/config/dtype/config/name": "float32",
}

# What Ibex writes and Keras leaves out where it is not set.
IBEX_ALONE = {
    r"/activity_regularizer": None,
}


def plain(value):
    """Without what says nothing: numbers of shared objects."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "shared_object_id"}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def single(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def equal(found, expected):
    if isinstance(found, float) and isinstance(expected, float):
        # Keras rounds what it keeps in variables, such as learning rates
        return found == expected or single(found) == expected
    return found == expected and isinstance(found, bool) == isinstance(expected, bool)


def differences(found, expected, place=""):
    """Yields place, what was expected, what was found."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key not in found or key not in expected:
                yield f"{place}/{key}", expected.get(key, "nothing"), found.get(key, "nothing")
            else:
                yield from differences(found[key], expected[key], f"{place}/{key}")
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for i, (f, e) in enumerate(zip(found, expected)):
            yield from differences(f, e, f"{place}/{i}")
    elif not equal(found, expected):
        yield place, expected, found


def frozen_sequentials(keras, place=""):
    """Yields the places where Keras says that a nested Sequential trains, though none of its layers does."""
    if isinstance(keras, list):
        for i, value in enumerate(keras):
            yield from frozen_sequentials(value, f"{place}/{i}")
    elif isinstance(keras, dict):
        if keras.get("class_name") == "Sequential" and "/layers/" in place:
            layers = [layer for layer in keras["config"]["layers"] if layer["class_name"] != "InputLayer"]
            if not any(layer["config"].get("trainable", True) for layer in layers):
                yield f"{place}/config/trainable"
        for key, value in keras.items():
            yield from frozen_sequentials(value, f"{place}/{key}")


def allowed(place, keras, ibex, frozen):
    if ibex == "nothing":
        return any(re.search(p + "$", place) and v in (ANY, keras) for p, v in KERAS_ALONE.items())
    if any(re.search(p + "$", place) and ibex == v for p, v in DIFFERENT.items()):
        return True
    if isinstance(keras, str) and isinstance(ibex, dict):
        # a metric by its short name is an object of that name
        return "metrics" in place and ibex["config"].get("name") == keras
    if place in frozen and keras is True and ibex is False:
        # Keras does not read it; the layers have it, too
        return True
    if keras == "nothing":
        return any(re.search(p + "$", place) for p in IBEX_ALONE) and ibex is None
    return False


def unscaled(ibex, keras):
    """Keras scales the loss by its global policy, unasked; Ibex writes the scaling optimizer that it has used."""
    if ibex["optimizer"]["class_name"] == "LossScaleOptimizer" != keras["optimizer"]["class_name"]:
        ibex["optimizer"] = ibex["optimizer"]["config"]["inner_optimizer"]


def without_masks(ibex, keras):
    """Keras makes operators of the masks that layers pass on, and gives them as arguments; Ibex leaves that to it."""
    if keras["class_name"] == "Functional":
        known = {layer["config"].get("name") for layer in ibex["config"]["layers"]}
        all_layers = keras["config"]["layers"]
        kept = [
            layer for layer in all_layers if not layer["module"].startswith("keras.src.ops.") or layer["config"]["name"] in known
        ]
        left_out = {layer["config"]["name"] for layer in all_layers if layer not in kept}
        keras["config"]["layers"] = kept
        for node in (node for layer in kept for node in layer["inbound_nodes"]):
            mask = node["kwargs"].get("mask")
            if mask and mask["config"]["keras_history"][0] in left_out:
                del node["kwargs"]["mask"]


def compare(ibex, keras):
    """Returns the differences that are not known. A description alone says nothing of the compilation."""
    ibex, keras = plain(ibex), plain(keras)
    without_masks(ibex, keras)
    if "compile_config" not in ibex:
        keras.pop("compile_config", None)
    elif "compile_config" in keras:
        unscaled(ibex["compile_config"], keras["compile_config"])
    frozen = set(frozen_sequentials(keras))
    return [d for d in differences(ibex, keras) if not allowed(*d, frozen)]
