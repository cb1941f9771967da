"""Every class with its default configuration."""

import inspect

from common import clean, left_out, obj, write  # first: it sets the environment

import keras
from keras import layers, optimizers


REQUIRED = {
    "Activation": dict(activation="relu"),
    "AdaptiveAveragePooling1D": dict(output_size=3),
    "AdaptiveAveragePooling2D": dict(output_size=3),
    "AdaptiveAveragePooling3D": dict(output_size=3),
    "AdaptiveMaxPooling1D": dict(output_size=3),
    "AdaptiveMaxPooling2D": dict(output_size=3),
    "AdaptiveMaxPooling3D": dict(output_size=3),
    "AlphaDropout": dict(rate=0.25),
    "Bidirectional": dict(layer=lambda: layers.LSTM(3)),
    "CategoryEncoding": dict(num_tokens=4),
    "CenterCrop": dict(height=3, width=4),
    "ConvLSTM1D": dict(filters=3, kernel_size=2),
    "ConvLSTM2D": dict(filters=3, kernel_size=2),
    "ConvLSTM3D": dict(filters=3, kernel_size=2),
    "Dense": dict(units=3),
    "Discretization": dict(bin_boundaries=[0.0, 1.0, 2.5]),
    "Dot": dict(axes=1),
    "Dropout": dict(rate=0.25),
    "EinsumDense": dict(equation="abc,cd->abd", output_shape=[None, 4]),
    "Embedding": dict(input_dim=5, output_dim=3),
    "GRU": dict(units=3),
    "GRUCell": dict(units=3),
    "GaussianDropout": dict(rate=0.25),
    "GaussianNoise": dict(stddev=0.25),
    "GroupedQueryAttention": dict(head_dim=4, num_query_heads=4, num_key_value_heads=2),
    "HashedCrossing": dict(num_bins=5),
    "Hashing": dict(num_bins=5),
    "InputLayer": dict(shape=[3]),
    "LSTM": dict(units=3),
    "LSTMCell": dict(units=3),
    "MaxNumBoundingBoxes": dict(max_number=5),
    "MultiHeadAttention": dict(num_heads=2, key_dim=3),
    "Permute": dict(dims=[2, 1]),
    "Pipeline": dict(layers=lambda: [layers.Rescaling(0.5)]),
    "RNN": dict(cell=lambda: layers.LSTMCell(3)),
    "RandomBrightness": dict(factor=0.25),
    "RandomColorDegeneration": dict(factor=0.25),
    "RandomContrast": dict(factor=0.25),
    "RandomCrop": dict(height=3, width=4),
    "RandomHue": dict(factor=0.25),
    "RandomPosterization": dict(factor=4),
    "RandomRotation": dict(factor=0.25),
    "RandomSaturation": dict(factor=0.25),
    "RandomSharpness": dict(factor=0.25),
    "RandomTranslation": dict(height_factor=0.25, width_factor=0.25),
    "RandomZoom": dict(height_factor=0.25),
    "RepeatVector": dict(n=3),
    "Rescaling": dict(scale=0.5),
    "Reshape": dict(target_shape=[3, 2]),
    "Resizing": dict(height=3, width=4),
    "ReversibleEmbedding": dict(input_dim=5, output_dim=3),
    "SimpleRNN": dict(units=3),
    "SimpleRNNCell": dict(units=3),
    "SpatialDropout1D": dict(rate=0.25),
    "SpatialDropout2D": dict(rate=0.25),
    "SpatialDropout3D": dict(rate=0.25),
    "SpectralNormalization": dict(layer=lambda: layers.Dense(3)),
    "StackedRNNCells": dict(cells=lambda: [layers.LSTMCell(3)]),
    "TimeDistributed": dict(layer=lambda: layers.Dense(3)),
    "Wrapper": dict(layer=lambda: layers.Dense(3)),
    "Metric": dict(),
    "IoU": dict(num_classes=3, target_class_ids=[1]),
    "MeanIoU": dict(num_classes=3),
    "OneHotIoU": dict(num_classes=3, target_class_ids=[1]),
    "OneHotMeanIoU": dict(num_classes=3),
    "PrecisionAtRecall": dict(recall=0.5),
    "RecallAtPrecision": dict(precision=0.5),
    "SensitivityAtSpecificity": dict(specificity=0.5),
    "SpecificityAtSensitivity": dict(sensitivity=0.5),
    "Optimizer": dict(learning_rate=0.25),
    "LossScaleOptimizer": dict(inner_optimizer=lambda: optimizers.SGD()),
    "MultiOptimizer": dict(optimizer_map=lambda: optimizers.OptimizerMap(optimizers.SGD())),
    "OptimizerMap": dict(default_optimizer=lambda: optimizers.SGD()),
    "CosineDecay": dict(initial_learning_rate=0.25, decay_steps=10),
    "CosineDecayRestarts": dict(initial_learning_rate=0.25, first_decay_steps=10),
    "ExponentialDecay": dict(initial_learning_rate=0.25, decay_steps=10, decay_rate=0.5),
    "InverseTimeDecay": dict(initial_learning_rate=0.25, decay_steps=10, decay_rate=0.5),
    "PiecewiseConstantDecay": dict(boundaries=[10, 20], values=[0.5, 0.25, 0.125]),
    "PolynomialDecay": dict(initial_learning_rate=0.25, decay_steps=10),
}
for _rank in "123":
    for _c in ("Conv{}D", "Conv{}DTranspose", "SeparableConv{}D"):
        REQUIRED[_c.format(_rank)] = dict(filters=3, kernel_size=2)
    REQUIRED[f"AveragePooling{_rank}D"] = dict(pool_size=2)
    REQUIRED[f"DepthwiseConv{_rank}D"] = dict(kernel_size=2)

SKIP = {
    "FlaxLayer": "needs JAX and Flax",
    "JaxLayer": "needs JAX",
    "TorchModuleWrapper": "needs PyTorch",
    "TFSMLayer": "needs a saved model on disk; its configuration is that file's path",
    "Lambda": "its configuration holds the byte code of a Python function",
    "InputSpec": "not serializable by Keras",
    "STFTSpectrogram": "needs SciPy",
    "STFT": "needs SciPy",
    "Regularizer": "abstract: no configuration",
    "LearningRateSchedule": "abstract: no configuration",
    "MeanMetricWrapper": "its required argument is a Python function",
}


def defaults():
    entries, skipped = [], []
    for module in ("layers", "initializers", "regularizers", "constraints", "losses", "metrics",
                   "optimizers", "optimizers.schedules"):
        mod = keras
        for part in module.split("."):
            mod = getattr(mod, part)
        classes = {}
        for public in sorted(dir(mod)):
            c = getattr(mod, public)
            if inspect.isclass(c) and not public.startswith("_") and public[0].isupper():
                classes.setdefault(c, []).append(public)
        for c, names in classes.items():
            if c.__name__ in SKIP:
                skipped.append({"module": f"keras.{module}", "class_name": c.__name__, "why": SKIP[c.__name__]})
                continue
            required = REQUIRED.get(c.__name__, {})
            made, used = [], None
            try:
                for seed in (1, 2):
                    keras.backend.clear_session()
                    keras.utils.set_random_seed(seed)
                    used = {k: v() if callable(v) else v for k, v in required.items()}
                    o = c(**used)
                    made.append(obj(o))
            except Exception as e:
                skipped.append({"module": f"keras.{module}", "class_name": c.__name__,
                                "why": f"{type(e).__name__}: {str(e).strip().splitlines()[0][:200]}"})
                left_out(f"{module}.{c.__name__}", e)
                continue
            entry = made[0]
            entry["required"] = {
                k: clean([obj(e) for e in v]) if callable(required[k]) and isinstance(v, list)
                else obj(v) if callable(required[k]) else clean(v)
                for k, v in used.items()
            }
            aliases = [n for n in names if n != entry["class_name"]]
            if aliases:
                entry["aliases"] = aliases
            arbitrary = [k for k in made[0]["config"] if made[0]["config"][k] != made[1]["config"][k]]
            if arbitrary:
                entry["arbitrary"] = arbitrary  # differs from one instance to the next
            entries.append(entry)
    write("defaults", {"objects": entries, "skipped": skipped})
