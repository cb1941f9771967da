"""The networks of keras.applications, for Ibex to read; the counterpart of NetworksMain.

  networks write INTO    describes each network, and saves the smallest of each family with what it computes
  networks judge FOLDER  compares the descriptions that Ibex wrote of what it read

A folder for each network holds facts.json and, of some, model.keras. A line for each failure; the exit code is 1 if
there is one.
"""

import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).parent / "two_way"))

import json  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402

import configs  # noqa: E402
import facts  # noqa: E402

# The size of images that the smallest network of each family is run on.
RUN = {
    "ConvNeXtTiny": 32,
    "DenseNet121": 32,
    "EfficientNetB0": 32,
    "EfficientNetV2B0": 32,
    "InceptionResNetV2": 75,
    "InceptionV3": 75,
    "MobileNet": 32,
    "MobileNetV2": 32,
    "MobileNetV3Small": 32,
    "NASNetMobile": 32,
    "ResNet50": 32,
    "ResNet50V2": 32,
    "VGG16": 32,
    "Xception": 71,
}

# Sums of a thousand numbers, a hundred layers deep.
TOLERANCE = 1e-3


def names():
    return [name for name in sorted(dir(keras.applications)) if name[0].isupper()]


def shift(model, random):
    """Moves vectors away from zeros and ones; a scale that starts near nothing to where it matters."""
    for weight in model.weights:
        if len(weight.shape) == 1:
            first = np.where(np.abs(weight.numpy()) < 1e-3, 0.0, weight.numpy())
            weight.assign(first + random.uniform(0.05, 0.3, weight.shape))


def run(name, folder, size):
    keras.utils.set_random_seed(1)
    random = np.random.default_rng(3)
    given = {"input_tensor": keras.Input((size, size, 3))} if name.startswith("NASNet") else {"input_shape": (size, size, 3)}
    model = getattr(keras.applications, name)(weights=None, classes=5, classifier_activation=None, **given)
    shift(model, random)
    x = random.uniform(0, 255, (2, size, size, 3)).astype("float32") / (1 if "Net" in name and "Efficient" in name else 64)
    y = model(x, training=False).numpy()
    assert np.isfinite(y).all() and np.ptp(y) > 1e-3 and np.abs(y).max() < 1e5, (np.ptp(y), np.abs(y).max())
    # in units of the largest, so that one tolerance suits all
    last = [layer for layer in model.layers if hasattr(layer, "kernel")][-1]
    for weight in last.weights:
        weight.assign(weight / np.abs(y).max())
    y = model(x, training=False).numpy()
    model.save(folder / facts.KERAS)
    return {"inputs": {"x": facts.array(x)}, "outputs": {"y": facts.array(y)}, "tolerance": TOLERANCE}


def write(name, into):
    keras.backend.clear_session()
    folder = into / name
    folder.mkdir(parents=True)
    known = run(name, folder, RUN[name]) if name in RUN else {}
    keras.backend.clear_session()
    model = getattr(keras.applications, name)(weights=None)
    known |= {"json": json.loads(model.to_json()), "parameters": model.count_params()}
    (folder / facts.FILE).write_text(json.dumps(known))


def judge(name, folder):
    known = json.loads((folder / name / facts.FILE).read_text())
    differences = configs.compare(json.loads((folder / name / "read.json").read_text()), known["json"])
    assert not differences, differences[:3]


failed = 0
for each in names():
    try:
        (write if sys.argv[1] == "write" else judge)(each, Path(sys.argv[2]))
    except Exception as e:  # any failure is one of this network
        failed += 1
        print(f"FAILED {each} {sys.argv[1]}: {type(e).__name__}: {e}", file=sys.stderr)
print(f"networks {sys.argv[1]}: {len(names()) - failed} passed, {failed} failed", file=sys.stderr)
sys.exit(1 if failed else 0)
