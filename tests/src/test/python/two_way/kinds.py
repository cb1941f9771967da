"""The kinds of models: each as in the Java class of the same part of its name, such as OptimizerKinds.java."""

import keras
import numpy as np
from keras import Input, Model, Sequential, constraints, initializers, layers, losses, metrics
from keras import optimizers, regularizers
from keras.src.ops.numpy import Pad

import own

schedules = optimizers.schedules
ROWS = 20
KINDS = {}


class Kind:
    """A model, what it is trained on, and how.

    model          the model
    x, y, weights  lists of arrays
    compile        arguments of compile; None to leave it out
    epochs         how long it is trained before it is written
    tolerance      by what outputs may differ, and losses relatively
    random         whether layers draw random numbers in training, so that losses are only alike
    """

    def __init__(self, model, x, y=(), weights=(), compile=None, epochs=2, tolerance=1e-5, random=False):
        self.model = model
        self.x = x
        self.y = y
        self.weights = weights
        self.compile = compile
        self.epochs = epochs
        self.tolerance = tolerance
        self.random = random


def kind(make, *arguments):
    KINDS["_".join([make.__name__.rstrip("_"), *arguments])] = lambda: make(*arguments)
    return make


# ---------------------------------------------------------------- data


def floats(*dims, dtype="float32"):
    return np.random.default_rng(3).uniform(-1, 1, (ROWS, *dims)).astype(dtype)


def positive(*dims):
    return np.random.default_rng(3).uniform(0, 1, (ROWS, *dims)).astype("float32")


def ids(count, *dims):
    return np.random.default_rng(3).integers(0, count, (ROWS, *dims)).astype("int32")


def one_hot(classes):
    return np.eye(classes, dtype="float32")[ids(classes)]


def padded(steps, features):
    x = floats(steps, features)
    for row in range(ROWS):
        x[row, row % steps + 1 :] = 0
    return x


def regression(model, **options):
    return Kind(model, [floats(4)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()), **options)


def adam(rate=0.01):
    return optimizers.Adam(rate)


# ---------------------------------------------------------------- OptimizerKinds

OPTIMIZERS = {
    "adam": lambda: optimizers.Adam(0.01, amsgrad=True, clipnorm=0.5),
    "adam_accumulating": lambda: optimizers.Adam(0.01, gradient_accumulation_steps=2, use_ema=True, ema_momentum=0.8),
    "adamw": lambda: optimizers.AdamW(schedules.ExponentialDecay(0.01, 5, 0.9), weight_decay=0.02),
    "sgd": lambda: optimizers.SGD(
        schedules.PiecewiseConstantDecay([4, 8], [0.05, 0.02, 0.01]), momentum=0.9, nesterov=True, clipvalue=0.3
    ),
    "rmsprop": lambda: optimizers.RMSprop(
        0.01, centered=True, momentum=0.5, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=4
    ),
    "rmsprop_plain": lambda: optimizers.RMSprop(0.01, rho=0.8, weight_decay=0.01),
    "adagrad": lambda: optimizers.Adagrad(
        schedules.CosineDecay(0.0, 30, alpha=0.1, warmup_target=0.1, warmup_steps=4)
    ),
    "adadelta": lambda: optimizers.Adadelta(schedules.InverseTimeDecay(0.9, 4, 0.5, staircase=True), rho=0.9),
    "adamax": lambda: optimizers.Adamax(0.01, global_clipnorm=0.4),
    "nadam": lambda: optimizers.Nadam(0.01, weight_decay=0.01),
    "ftrl": lambda: optimizers.Ftrl(0.1, l1_regularization_strength=0.001, l2_regularization_strength=0.01),
    "lion": lambda: optimizers.Lion(schedules.PolynomialDecay(0.01, 4, power=2, cycle=True)),
    "adafactor": lambda: optimizers.Adafactor(0.02),
    "lamb": lambda: optimizers.Lamb(schedules.CosineDecayRestarts(0.02, 4, m_mul=0.8, alpha=0.1)),
    "loss_scale": lambda: optimizers.LossScaleOptimizer(
        optimizers.Adam(0.01, clipnorm=1.0), initial_scale=64.0, dynamic_growth_steps=4
    ),
}


def optimizer(name):
    model = Sequential(
        [
            Input((6,), name="features"),
            layers.Dense(8, activation="tanh", name="hidden"),
            layers.Dense(3, name="values"),
        ],
        name="mlp",
    )
    compile = dict(optimizer=OPTIMIZERS[name](), loss=losses.MeanSquaredError(), metrics=["mae"])
    return Kind(model, [floats(6)], [floats(3)], compile=compile)


for name in OPTIMIZERS:
    kind(optimizer, name)


# ---------------------------------------------------------------- ImageKinds


@kind
def image_classifier():
    model = Sequential(
        [
            Input((8, 8, 3)),
            layers.Rescaling(2.0, offset=-1.0),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.BatchNormalization(momentum=0.9),
            layers.MaxPooling2D(2),
            layers.Conv2D(6, (3, 1), groups=2, use_bias=False),
            layers.BatchNormalization(scale=False, epsilon=0.01),
            layers.Activation("relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4, activation="softmax"),
        ]
    )
    compile = dict(optimizer=adam(), loss=losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return Kind(model, [positive(8, 8, 3)], [ids(4)], compile=compile)


@kind
def image_shapes():
    model = Sequential(
        [
            Input((6, 6, 2)),
            layers.ZeroPadding2D(((1, 0), (0, 1))),
            layers.Conv2D(3, 2, strides=2, activation="elu"),
            layers.UpSampling2D(2, interpolation="bilinear"),
            layers.AveragePooling2D(3, strides=1),
            layers.Conv2D(3, 2, dilation_rate=2),
            layers.MaxPooling2D(2, strides=1, padding="same"),
            layers.Permute((3, 1, 2)),
            layers.Reshape((3, 2, -1)),
            layers.GlobalMaxPooling2D(keepdims=True),
            layers.Flatten(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    compile = dict(
        optimizer=optimizers.SGD(0.05, momentum=0.9),
        loss=losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", metrics.TopKCategoricalAccuracy(k=2)],
    )
    return Kind(model, [floats(6, 6, 2)], [one_hot(3)], compile=compile)


@kind
def image_phone():
    model = Sequential(
        [
            Input((9, 9, 2)),
            layers.Cropping2D(((1, 0), (0, 1))),
            layers.DepthwiseConv2D(3, padding="same", strides=2, use_bias=False),
            layers.BatchNormalization(),
            layers.DepthwiseConv2D(2, depth_multiplier=2, dilation_rate=2, activation="relu"),
            layers.SeparableConv2D(5, 3, padding="same", activation="elu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    compile = dict(optimizer=adam(), loss=losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return Kind(model, [floats(9, 9, 2)], [ids(3)], compile=compile)


@kind
def signals():
    model = Sequential(
        [
            Input((16, 2)),
            layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"),
            layers.MaxPooling1D(2),
            layers.Conv1D(4, 3, padding="same"),
            layers.AveragePooling1D(3, strides=1),
            layers.GlobalMaxPooling1D(),
            layers.Dense(2),
        ]
    )
    return Kind(model, [floats(16, 2)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()))


@kind
def image_volumes():
    model = Sequential(
        [
            Input((4, 5, 4, 2)),
            layers.Conv3D(4, 2, strides=(1, 2, 1), activation="relu"),
            layers.Conv3DTranspose(2, 2, strides=(2, 1, 1), padding="same"),
            layers.Reshape((12, 6)),
            layers.DepthwiseConv1D(3, depth_multiplier=2, strides=2, activation="relu"),
            layers.Conv1DTranspose(4, 3, strides=3, output_padding=1),
            layers.SeparableConv1D(4, 2, dilation_rate=2, padding="same"),
            layers.Reshape((4, 4, 4)),
            layers.Conv2DTranspose(3, 2, strides=(2, 3), use_bias=False, activation="elu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
    )
    return Kind(model, [floats(4, 5, 4, 2)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()))
# ---------------------------------------------------------------- VolumeKinds


@kind
def volumes():
    i = Input((4, 5, 6, 2), name="given")
    volume = layers.Dense(3)(i)
    y = layers.ZeroPadding3D(((1, 0), (0, 1), (2, 0)))(volume)
    y = layers.Cropping3D((0, 1, 1))(y)
    y = layers.MaxPooling3D(2, padding="same")(y)
    y = layers.UpSampling3D((1, 2, 2))(y)
    y = layers.AveragePooling3D((1, 2, 2), strides=1)(y)
    most = layers.AdaptiveMaxPooling3D((2, 3, 2))(volume)
    mean = layers.AdaptiveAveragePooling3D(3)(y)
    parts = [layers.GlobalMaxPooling3D()(most), layers.GlobalAveragePooling3D(keepdims=True)(mean)]
    images = layers.Reshape((4, 5, 18))(volume)
    images = layers.Resizing(5, 5, crop_to_aspect_ratio=True, interpolation="bicubic", antialias=True)(images)
    images = layers.CenterCrop(4, 3)(images)
    # nothing largest is looked for where numbers are equal: TensorFlow's kernels differ in which it is
    padded = layers.Resizing(6, 7, pad_to_aspect_ratio=True, fill_value=0.5)(images)
    parts += [layers.AdaptiveMaxPooling2D((3, 2))(images), layers.AdaptiveAveragePooling2D(4)(padded)]
    steps = layers.Reshape((12, 18))(images)
    steps = layers.Cropping1D((0, 3))(steps)
    parts += [layers.AdaptiveMaxPooling1D(4)(steps)]
    steps = layers.ZeroPadding1D((1, 2))(layers.UpSampling1D(2)(steps))
    parts += [layers.AdaptiveAveragePooling1D(5)(steps)]
    all = layers.Concatenate()(parts[:1] + [layers.Flatten()(p) for p in parts[1:]])
    compile = dict(optimizer=adam(), loss=losses.MeanSquaredError())
    return Kind(Model(i, layers.Dense(2)(all)), [floats(4, 5, 6, 2)], [floats(2)], compile=compile)


# ---------------------------------------------------------------- SequenceKinds


@kind
def text():
    model = Sequential(
        [
            Input((7,), dtype="int32"),
            layers.Embedding(12, 5, mask_zero=True),
            layers.Dense(4, activation="relu"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    compile = dict(optimizer=adam(0.02), loss=losses.BinaryCrossentropy(), metrics=["accuracy", metrics.AUC()])
    return Kind(model, [ids(12, 7)], [ids(2, 1).astype("float32")], compile=compile)


def joined(pool):
    left = Input((5,), dtype="int32", name="left")
    right = Input((5,), dtype="int32", name="right")
    words = layers.Embedding(9, 4, mask_zero=True, name="words")
    a, b = words(left), words(right)
    total = layers.Add()([a, b])
    pooled = layers.Concatenate()(pool(a, b, total))
    model = Model([left, right], layers.Dense(2)(pooled), name="joined")
    compile = dict(optimizer=adam(0.02), loss=losses.MeanSquaredError())
    return Kind(model, [ids(9, 5), ids(7, 5)], [floats(2)], compile=compile)


@kind
def text_joined():
    return joined(lambda a, b, total: [layers.GlobalAveragePooling1D()(t) for t in (a, total)])


# Ibex does not write this one: it leaves masks to Keras, which names the mask's operator "concatenate", too.
@kind
def text_concatenated():
    return joined(
        lambda a, b, total: [layers.GlobalAveragePooling1D()(t) for t in (layers.Concatenate()([a, b]), total)]
    )


@kind
def masked():
    model = Sequential(
        [
            Input((6, 3)),
            layers.Masking(),
            layers.TimeDistributed(layers.Dense(4, activation="relu")),
            layers.TimeDistributed(layers.Dense(2, name="inside"), name="outside"),
        ]
    )
    compile = dict(optimizer=adam(0.02), loss=losses.MeanSquaredError(), metrics=["mae"])
    return Kind(model, [padded(6, 3)], [floats(6, 2)], compile=compile)


@kind
def repeated():
    model = Sequential(
        [
            Input((4,)),
            layers.Dense(6),
            layers.RepeatVector(3),
            layers.LayerNormalization(epsilon=0.01),
            layers.LayerNormalization(axis=[1, 2], center=False),
            layers.TimeDistributed(Sequential([Input((6,), name="inner_in"), layers.Dense(2, name="inner_dense")], name="inner")),
        ]
    )
    compile = dict(optimizer=adam(0.02), loss=losses.MeanSquaredError())
    return Kind(model, [floats(4)], [floats(3, 2)], compile=compile)


# ---------------------------------------------------------------- GraphKinds


@kind
def several():
    left = Input((4,), name="left")
    right = Input((3,), name="right")
    x = layers.Concatenate()([layers.Dense(5, activation="relu")(left), right])
    value = layers.Dense(2, name="value")(x)
    label = layers.Dense(3, activation="softmax", name="label")(x)
    compile = dict(
        optimizer=adam(),
        loss={"value": losses.MeanSquaredError(), "label": losses.CategoricalCrossentropy()},
        loss_weights={"value": 0.5, "label": 2.0},
        metrics={"value": ["mae", "mse"], "label": []},
        weighted_metrics={"value": [metrics.MeanAbsoluteError(name="weighted_error")], "label": ["accuracy"]},
    )
    return Kind(
        Model([left, right], [value, label], name="several"),
        [floats(4), positive(3)],
        [floats(2), one_hot(3)],
        [positive(), positive()],
        compile=compile,
    )


@kind
def shared():
    left = Input((4,), name="left")
    right = Input((4,), name="right")
    encoder = layers.Dense(3, activation="tanh", name="encoder")
    deep = Sequential([Input((3,)), layers.Dense(3), layers.BatchNormalization()], name="deep")
    a, b = deep(encoder(left)), deep(encoder(right))
    model = Model([left, right], layers.Dense(2, name="last")(layers.Subtract()([a, b])), name="shared")
    return Kind(
        model, [floats(4), positive(4)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError())
    )


@kind
def nested():
    innermost = Sequential([Input((4,)), layers.Dense(4), layers.BatchNormalization()], name="innermost")
    middle_in = Input((4,), name="middle_in")
    middle_out = layers.Dense(4, activation="tanh", name="after")(innermost(layers.Dense(4, name="before")(middle_in)))
    middle = Model(middle_in, middle_out, name="middle")
    x = Input((4,), name="given")
    return regression(Model(x, layers.Dense(2, name="last")(middle(layers.Dense(4, name="first")(x))), name="outer"))


@kind
def nested_sequential():
    inner = Sequential([Input((5,), name="inner_in"), layers.Dense(4, name="a"), layers.Dense(3, name="b")], name="inner")
    middle = Sequential([Input((5,), name="middle_in"), inner, layers.Dense(3, activation="relu", name="c")], name="middle")
    model = Sequential([Input((6,), name="given"), layers.Dense(5, name="first"), middle, layers.Dense(2, name="last")], name="outer")
    return Kind(model, [floats(6)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()))


@kind
def operators():
    i = Input((4,), name="given")
    x = layers.Dense(3)(i)
    scaled = x * 2.0 + 1.0
    gated = scaled * keras.ops.sigmoid(x) - 0.5
    return regression(Model(i, layers.Dense(2)(gated + x - scaled), name="operators"))


@kind
def operations_shapes():
    ops = keras.ops
    i = Input((4, 6), name="given")
    x = layers.Dense(6, activation="tanh")(i)
    mean, variance = ops.moments(x, axes=[1])
    centred = (x - ops.expand_dims(mean, 1)) / (ops.std(x, axis=[1], keepdims=True) + 0.1)
    first, second = ops.split(centred, 2, axis=2)
    similar = ops.einsum("bik,bjk->bij", first, second)
    best, _ = ops.top_k(similar, 2)
    ordered = ops.sort(x, axis=1)[:, 1:, ::2]
    turned = ops.swapaxes(ops.roll(ops.flip(ops.rot90(x, 1, axes=(1, 2)), axis=[-1]), 1, axis=1), 1, 2)
    padded = Pad(((0, 0), (1, 0), (0, 1)))(turned, 0.5)  # by position, as Ibex has it
    repeated = ops.moveaxis(ops.tile(ops.repeat(padded, 2, axis=1), (1, 1, 2)), 2, 1)[:, :6, :4]
    rows = ops.unstack(ops.take(x, [0, -1], axis=1), axis=1)
    lower = ops.tril(similar) + ops.expand_dims(ops.diagonal(ops.triu(similar, 1), axis1=1, axis2=2), 2)
    flat = ops.concatenate(
        [
            ops.max(best, axis=[2]),
            ops.mean(ordered, axis=[1]),
            ops.prod(repeated, axis=[2]),
            ops.hstack(rows),
            ops.norm(lower, axis=2),
            ops.quantile(ops.cumsum(x, axis=1), 0.25, axis=[2]),
            ops.logsumexp(x, axis=[1]),
            ops.var(ops.diff(x, axis=1), axis=[1]),
            ops.median(x, axis=[2]),
            variance,
        ],
        axis=1,
    )
    y = ops.nn.layer_normalization(ops.normalize(flat), axis=[-1], epsilon=1e-3)
    return Kind(
        Model(i, layers.Dense(2)(y), name="operations_shapes"),
        [floats(4, 6)], [floats(2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()),
    )


@kind
def merges():
    i = Input((3, 4), name="given")
    a = layers.Dense(4, activation="tanh")(i)
    b = layers.Dense(4, activation="sigmoid")(i)
    c = layers.Add()([a, b, i])
    d = layers.Average()([a, b])
    e = layers.Multiply()([c, d])
    f = layers.Maximum()([e, a])
    g = layers.Minimum()([f, layers.Subtract()([a, b])])
    joined = layers.Concatenate(axis=1)([g, f])
    similar = layers.Dot((2, 2), normalize=True)([joined, i])
    model = Model(i, layers.Dense(2)(similar), name="merges")
    return Kind(model, [floats(3, 4)], [floats(6, 2)], compile=dict(optimizer=adam(), loss=losses.MeanSquaredError()))


@kind
def frozen():
    body = Sequential([Input((4,)), layers.Dense(4, name="first"), layers.BatchNormalization()], name="body")
    model = Sequential(
        [
            Input((4,), name="given"),
            body,
            layers.Dense(4, trainable=False, name="kept"),
            layers.BatchNormalization(name="moments"),
            layers.Dense(2, name="head"),
        ],
        name="whole",
    )
    body.trainable = False
    model.get_layer("moments").trainable = False
    return regression(model)


# ---------------------------------------------------------------- OperationKinds


@kind
def operations_elementwise():
    ops = keras.ops
    i = Input((4,), name="given")
    x = layers.Dense(4, name="first")(i)
    waves = ops.sin(x) + ops.cos(x) * 0.5 - ops.tanh(ops.arctan(x))
    powers = ops.log1p(ops.square(x)) + ops.clip(ops.expm1(x), -1, 1) + ops.erf(ops.cbrt(x))
    both = ops.arctan2(ops.maximum(waves, powers) - ops.logaddexp(waves, powers), 1.5)
    named = (ops.silu(x) + ops.gelu(x, False)) * ops.hard_sigmoid(x) + ops.elu(x, 0.7) - ops.soft_shrink(x, 0.2)
    units = ops.deg2rad(ops.divide_no_nan(ops.clip(x, -2, 2), 3)) + ops.sinc(ops.nan_to_num(x))
    row = ops.minimum(x + np.array([0.5, 0.0, -0.5, 1.0], "float32"), 0.75)
    steps = ops.cast(ops.round(x * 4), "int32")
    bits = ops.left_shift(ops.bitwise_and(steps, np.array([1, 3, 5, 7], "int32")), 1)
    bits = ops.cast(ops.bitwise_xor(bits, np.array([6, 6, 6, 6], "int32")), "float32") * 0.1
    chosen = ops.where(
        ops.logical_xor(x > 0.1, ops.isnan(x)), row, ops.stop_gradient(ops.heaviside(x, row))
    )
    selected = ops.select([x < -0.2, ops.isclose(x, row)], [waves, named], 0.25)
    hot = ops.sum(ops.one_hot(steps, 3), axis=[2]) * ops.digitize(x, np.array([-0.5, 0.0, 0.5], "float32"))
    y = ops.log_softmax(both + named + units + bits + chosen + selected + hot)
    return regression(Model(i, layers.Dense(2, name="last")(y), name="operations_elementwise"))


# ---------------------------------------------------------------- LayerKinds


@kind
def activation_layers():
    model = Sequential(
        [
            Input((3, 4, 2)),
            layers.PReLU(shared_axes=[1, 2], alpha_initializer=initializers.Constant(0.2)),
            layers.Conv2D(3, 2, padding="same"),
            layers.ELU(0.7),
            layers.LeakyReLU(0.1),
            layers.PReLU(alpha_regularizer=regularizers.L2(0.01), alpha_constraint=constraints.NonNeg()),
            layers.ReLU(max_value=5.0, negative_slope=0.1, threshold=0.05),
            layers.Softmax(axis=(1, 2)),
            layers.Activation("tanh"),
            layers.Flatten(),
            layers.Dense(2),
        ]
    )
    compile = dict(optimizer=adam(), loss=losses.MeanSquaredError())
    return Kind(model, [floats(3, 4, 2)], [floats(2)], compile=compile)


@kind
def renormalized():
    model = Sequential(
        [
            Input((3, 4)),
            layers.SpectralNormalization(layers.Conv1D(4, 2), power_iterations=2),
            layers.GroupNormalization(2, epsilon=0.01, beta_initializer=initializers.Constant(0.1)),
            layers.UnitNormalization(axis=[1, 2]),
            layers.RMSNormalization(epsilon=1e-4),
            layers.BatchNormalization(
                renorm=True, renorm_clipping=dict(rmax=1.5, dmax=0.5), renorm_momentum=0.9, synchronized=True
            ),
            layers.Flatten(),
            layers.SpectralNormalization(layers.Dense(2, name="inner")),
        ]
    )
    compile = dict(optimizer=adam(), loss=losses.MeanSquaredError())
    return Kind(model, [floats(3, 4)], [floats(2)], compile=compile)


@kind
def products():
    i = Input((3,), dtype="int32", name="given")
    table = layers.ReversibleEmbedding(6, 4, tie_weights=False, logit_soft_cap=3.0, name="table")
    heads = layers.EinsumDense("abc,cde->abde", (3, 2, 3), bias_axes="de", activation="tanh")(
        layers.Identity()(table(i))
    )
    joined = layers.EinsumDense("abde,dec->abc", (3, 4), kernel_initializer="he_normal")(heads)
    mapped = layers.EinsumDense("...x,xy->...y", 4, bias_axes="y")(joined)
    scores = table(layers.Concatenate()([mapped]), reverse=True)
    compile = dict(optimizer=adam(), loss=losses.MeanSquaredError())
    return Kind(Model(i, scores, name="products"), [ids(6, 3)], [floats(3, 6)], compile=compile)


ACTIVATIONS = (
    "celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax"
    " mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax"
    " squareplus tanh tanh_shrink"
).split()


@kind
def activations():
    i = Input((4,), name="given")
    parts = [layers.Dense(2, activation=a, name="to_" + a)(i) for a in ACTIVATIONS]
    return regression(Model(i, layers.Dense(2)(layers.Concatenate()(parts)), name="named"))


@kind
def penalties():
    return regression(
        Sequential(
            [
                Input((4,)),
                layers.Dense(
                    4,
                    kernel_regularizer=regularizers.L1(0.01),
                    bias_regularizer=regularizers.L2(0.02),
                    activity_regularizer=regularizers.L1L2(0.01, 0.02),
                    kernel_constraint=constraints.MaxNorm(0.9, axis=1),
                    bias_constraint=constraints.NonNeg(),
                ),
                layers.ActivityRegularization(l1=0.01, l2=0.02),
                layers.Dense(
                    4,
                    kernel_regularizer=regularizers.OrthogonalRegularizer(),
                    kernel_constraint=constraints.MinMaxNorm(0.2, 0.9, rate=0.7),
                ),
                layers.Dense(2, kernel_constraint=constraints.UnitNorm()),
            ]
        )
    )


INITIALIZERS = [
    lambda: initializers.Constant(0.1),
    initializers.GlorotNormal,
    lambda: initializers.HeNormal(seed=4),
    initializers.HeUniform,
    initializers.Identity,
    initializers.LecunNormal,
    initializers.LecunUniform,
    initializers.Ones,
    initializers.Orthogonal,
    initializers.RandomNormal,
    initializers.RandomUniform,
    initializers.TruncatedNormal,
    initializers.VarianceScaling,
]


def drawn(i, initializer):
    name = "by_" + type(initializer).__name__
    ones = initializers.Ones()
    return layers.Dense(3, kernel_initializer=initializer, bias_initializer=ones, name=name)(i)


@kind
def initializers_():
    i = Input((4,), name="given")
    parts = [drawn(i, make()) for make in INITIALIZERS]
    return regression(Model(i, layers.Dense(2)(layers.Concatenate()(parts)), name="drawn"))


@kind
def adapted():
    normalization = layers.Normalization()
    normalization.adapt(floats(4))
    return regression(Sequential([Input((4,)), normalization, layers.Dense(2)]))


@kind
def normalized():
    return regression(
        Sequential(
            [
                Input((4,)),
                layers.Normalization(mean=0.1, variance=2.0),
                layers.Normalization(mean=[0.0, 1.0, 2.0, 3.0], variance=[1.0, 2.0, 3.0, 4.0], invert=True),
                layers.Dense(2),
            ]
        )
    )


@kind
def names():
    return regression(
        Sequential(
            [Input((4,), name="größen"), layers.Dense(3, name="Layer_1"), layers.Dense(2, name="a.b-c>d")], name="names"
        )
    )


@kind
def uncompiled():
    return Kind(Sequential([Input((4,)), layers.Dense(3), layers.Dense(2)]), [floats(4)], epochs=0)


@kind
def untrained():
    return regression(Sequential([Input((4,)), layers.Dense(3), layers.Dense(2)]), epochs=0)


@kind
def own_classes():
    model = Sequential([Input((4,)), own.Scale(1.5), layers.Dense(2)])
    return Kind(model, [floats(4)], [floats(2)], compile=dict(optimizer=adam(), loss=own.Power(1.5)))


@kind
def own_files():
    return regression(Sequential([Input((4,)), own.Offset(2.5), layers.Dense(2)]))


@kind
def dropping():
    model = Sequential(
        [
            Input((4, 4)),
            layers.SpatialDropout1D(0.3),
            layers.Conv1D(8, 2),
            layers.Dropout(0.4),
            layers.Reshape((3, 2, 4)),
            layers.SpatialDropout2D(0.2),
            layers.Flatten(),
            layers.Dense(2),
        ]
    )
    compile = dict(optimizer=optimizers.SGD(0.001), loss=losses.MeanSquaredError())
    return Kind(model, [floats(4, 4)], [floats(2)], compile=compile, random=True)


@kind
def noisy():
    model = Sequential(
        [
            Input((5,), dtype="int32"),
            layers.Embedding(9, 4),
            layers.GaussianNoise(0.5),
            layers.GaussianDropout(0.1, seed=3),
            layers.AlphaDropout(0.1, noise_shape=(None, 1, None)),
            layers.Reshape((5, 2, 2, 1)),
            layers.SpatialDropout3D(0.1),
            layers.Flatten(),
            layers.Dropout(0.2, noise_shape=(None, 1), seed=5),
            layers.Dense(2),
        ]
    )
    compile = dict(optimizer=optimizers.SGD(0.001), loss=losses.MeanSquaredError())
    return Kind(model, [ids(9, 5)], [floats(2)], compile=compile, random=True)


# ---------------------------------------------------------------- FigureKinds

LOSSES = {
    "binary": lambda: losses.BinaryCrossentropy(label_smoothing=0.1),
    "binary_focal": lambda: losses.BinaryFocalCrossentropy(gamma=1.5),
    "categorical": lambda: losses.CategoricalCrossentropy(reduction="sum"),
    "categorical_focal": lambda: losses.CategoricalFocalCrossentropy(alpha=0.3),
    "categorical_hinge": losses.CategoricalHinge,
    "cosine": losses.CosineSimilarity,
    "hinge": losses.Hinge,
    "huber": losses.Huber,  # Keras does not write its delta
    "divergence": losses.KLDivergence,
    "log_cosh": losses.LogCosh,
    "absolute": losses.MeanAbsoluteError,
    "squared": lambda: losses.MeanSquaredError(name="mine"),
    "logarithmic": losses.MeanSquaredLogarithmicError,
    "poisson": losses.Poisson,
    "squared_hinge": losses.SquaredHinge,
}


@kind
def losses_():
    i = Input((4,), name="given")
    outputs = [layers.Dense(3, activation="softmax", name=name)(i) for name in LOSSES]
    compile = dict(optimizer=optimizers.SGD(0.05), loss={name: make() for name, make in LOSSES.items()})
    return Kind(Model(i, outputs, name="losses"), [floats(4)], [one_hot(3)] * len(LOSSES), compile=compile)


@kind
def metrics_():
    compile = dict(
        optimizer=optimizers.SGD(0.05),
        loss=losses.BinaryCrossentropy(),
        metrics=[
            metrics.BinaryAccuracy(threshold=0.4),
            metrics.AUC(num_thresholds=50),
            metrics.Precision(),
            metrics.Recall(),
            metrics.TruePositives(),
            metrics.FalsePositives(),
            metrics.TrueNegatives(),
            metrics.FalseNegatives(),
            metrics.PrecisionAtRecall(0.5),
            metrics.RootMeanSquaredError(),
        ],
    )
    model = Sequential([Input((4,)), layers.Dense(1, activation="sigmoid", name="probability")])
    return Kind(model, [floats(4)], [ids(2, 1).astype("float32")], compile=compile)


# ---------------------------------------------------------------- PolicyKinds

# Two programs sum in different orders. Of outputs up to 4 the last place counts 2^-9 in float16 and 2^-6 in bfloat16;
# each program was found within two of them of the same model in float32. Keras alone, with TensorFlow's kernels for
# oneDNN on and off, differs from itself by 0.036 on the bfloat16 model; in float16 it has no other kernels.
TOLERANCES = {
    "float64": 1e-6,
    "float16": 2 * 2**-9,
    "bfloat16": 4 * 2**-6,
    "mixed_float16": 2 * 2**-9,
    "mixed_bfloat16": 4 * 2**-6,
}


def policy(name):
    compute = name.removeprefix("mixed_")
    # the model's policy decides whether the loss is scaled, and it is the global one
    keras.config.set_dtype_policy(name)
    model = Sequential(
        [
            Input((6, 3), dtype=compute),
            layers.Conv1D(4, 2, activation="relu"),
            layers.BatchNormalization(),
            layers.LayerNormalization(),
            layers.Flatten(),
            layers.Dense(4),
            layers.Dense(2, dtype="float32"),
        ]
    )
    data = "float64" if name == "float64" else "float32"
    made = Kind(
        model,
        [floats(6, 3, dtype=data)],
        [floats(2)],
        compile=dict(optimizer=adam(), loss=losses.MeanSquaredError(dtype="float32")),
        tolerance=TOLERANCES[name],
    )
    return made


for name in TOLERANCES:
    kind(policy, name)
