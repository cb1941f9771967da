"""Operations of each element: types, extremes and settings."""

from common import write  # first: it sets the environment
from operation_cases import Cases, b, d, f, i, p, u

import numpy as np
from keras import ops
from keras.src.ops import numpy as classes

INF = float("inf")
NAN = float("nan")
EXTREMES = np.array([[NAN, INF, -INF, -0.0], [0.0, 1e-30, 3e38, -3e38]], "float32")
HALVES = np.array([[-2.5, -1.5, -0.5, 0.5], [1.5, 2.5, 0.49999997, -7.2]], "float32")


def unit(rng):
    """Numbers within (-1, 1)."""
    return rng.uniform(-0.95, 0.95, (2, 4)).round(3).astype("float32")


def longs(*values):
    return np.array([values], "int64")


def operations_elementwise():
    cases = Cases()
    for section in (floats, two, rounding, bits, predicates, copies, choices, activations, encodings, losses):
        section(cases.add)
    write("operations_elementwise", cases.cases)


def floats(add):
    above = lambda rng: 1 + p(2, 4)(rng)
    for word, values in {
        "sin": f(2, 4), "cos": f(2, 4), "tan": f(2, 4), "sinh": f(2, 4), "cosh": f(2, 4), "tanh": f(2, 4),
        "arcsin": unit, "arccos": unit, "arctan": f(2, 4), "arcsinh": f(2, 4), "arccosh": above, "arctanh": unit,
        "sinc": f(2, 4), "angle": f(2, 4), "deg2rad": f(2, 4), "rad2deg": f(2, 4), "exp2": f(2, 4), "expm1": f(2, 4),
        "log1p": p(2, 4), "log2": p(2, 4), "log10": p(2, 4), "cbrt": f(2, 4), "i0": f(2, 4), "ceil": f(2, 4),
        "floor": f(2, 4), "fabs": f(2, 4),
    }.items():
        op = getattr(ops, word)
        add(word, op, values)
        add(f"{word} double", op, lambda rng, v=values: v(rng).astype("float64"))
        add(f"{word} int", op, np.array([[1, 0, 1, 1]], "int32"))
        add(f"{word} byte", op, np.array([[1, 0, 1, 1]], "uint8"))
        add(f"{word} long", op, longs(1, 0, 1))
        add(f"{word} bool", op, np.array([[True, False]]))
        add(f"{word} extremes", op, EXTREMES)
    for word, values in {"rsqrt": p(2, 4), "erf": f(2, 4), "erfc": f(2, 4), "erfinv": unit, "reciprocal": f(2, 4)}.items():
        op = getattr(ops, word)
        add(word, op, values)
        if word != "reciprocal":  # Keras says that its type is float32
            add(f"{word} double", op, lambda rng, v=values: v(rng).astype("float64"))
        add(f"{word} extremes", op, EXTREMES)
    add("erfc far", ops.erfc, np.array([[1.0, 3.0, 5.0, 9.0]], "float32"))
    for word, make in {"floats": f, "ints": i, "bytes": u, "bools": b, "doubles": d}.items():
        add(f"square {word}", ops.square, make(2, 3))
    add("square byte overflow", ops.square, np.array([[20, 15, 255]], "uint8"))
    add("square extremes", ops.square, EXTREMES)


def two(add):
    for word in ["arctan2", "logaddexp", "logaddexp2", "nextafter", "fmod", "divide_no_nan", "maximum", "minimum", "fmax", "fmin"]:
        op = getattr(ops, word)
        add(f"{word}", op, f(2, 3), p(2, 3))
        add(f"{word} broadcast", op, f(2, 2, 3), p(2, 1, 3))
        add(f"{word} doubles", op, d(2, 3), lambda rng: np.abs(d(2, 3)(rng)) + 0.1)
        add(f"{word} ints", op, i(2, 3), np.array([[1, 2, -2], [3, -1, 2]], "int32"))
        add(f"{word} bytes", op, u(2, 3), u(2, 3))
        add(f"{word} int and float", op, i(2, 3), p(2, 3))
        add(f"{word} int and long", op, i(1, 3), longs(3, 1, 2))
        add(f"{word} float and double", op, f(2, 3), np.full((2, 3), 0.7))
        add(f"{word} bools", op, np.array([[True, False]]), np.array([[True, True]]))
        add(f"{word} number", lambda x, o=op: o(x, 2), f(2, 3))
        add(f"{word} number and int", lambda x, o=op: o(x, 2), i(2, 3))
        add(f"{word} fraction and int", lambda x, o=op: o(x, 1.5), i(2, 3))
        add(f"{word} number first", lambda x, o=op: o(2, x), p(2, 3))
        add(f"{word} constant", lambda x, o=op: o(x, np.array([1.0, 2.0, 0.5], "float32")), f(2, 3))
        add(f"{word} extremes", op, EXTREMES, EXTREMES[:, ::-1].copy())
        add(f"{word} extremes alike", op, EXTREMES, EXTREMES)
    add("fmod negative", ops.fmod, np.array([[-7.5, 7.5, -7.5]], "float32"), np.array([[2.0, -2.0, -2.0]], "float32"))
    add("divide_no_nan by zero", ops.divide_no_nan, f(2, 3), np.array([[0.0, 1.0, -0.0]], "float32"))
    for word in ["hypot", "heaviside"]:
        op = getattr(ops, word)
        add(f"{word}", op, f(2, 3), f(2, 3))
        add(f"{word} broadcast", op, f(2, 2, 3), f(2, 1, 3))
        add(f"{word} ints", op, i(2, 3), i(2, 3))
        add(f"{word} longs", op, longs(3, 0, -2), longs(4, 1, 2))
        add(f"{word} bytes and bools", op, u(2, 3), b(2, 3))
        add(f"{word} constant", lambda x, o=op: o(x, np.array([1.0, 2.0, 0.5], "float32")), f(2, 3))
        add(f"{word} extremes", op, EXTREMES, np.full((2, 4), 3e38, "float32"))
    add("heaviside zero", ops.heaviside, np.array([[-1.0, 0.0, -0.0, 2.0, NAN]], "float32"), np.full((1, 5), 0.3, "float32"))
    add("ldexp", ops.ldexp, f(2, 3), i(2, 3))
    add("ldexp double", ops.ldexp, d(2, 3), i(2, 3))
    add("ldexp ints", ops.ldexp, i(2, 3), i(2, 3))
    add("ldexp bool", ops.ldexp, b(2, 3), i(2, 3))
    add("ldexp number", lambda x: ops.ldexp(x, 3), f(2, 3))
    add("ldexp extremes", ops.ldexp, EXTREMES, np.array([[200, 2, 2, 2], [300, 100, 1, 1]], "int32"))


def rounding(add):
    for word, values in {"floats": HALVES, "ints": i(2, 3), "bytes": u(2, 3), "extremes": EXTREMES, "longs": longs(14, -27)}.items():
        add(f"round {word}", ops.round, values)
        add(f"round decimals {word}", lambda x: ops.round(x, 1), values)
        add(f"round tens {word}", lambda x: ops.round(x, -1), values)
        add(f"trunc {word}", ops.trunc, values)
        add(f"sign {word}", ops.sign, values)
        add(f"clip {word}", lambda x: ops.clip(x, 1, 2), values)
        add(f"nan_to_num {word}", ops.nan_to_num, values)
    add("round doubles", lambda x: ops.round(x, 2), d(2, 3))
    add("trunc bools", ops.trunc, b(2, 3))
    add("ceil halves", ops.ceil, HALVES)
    add("floor halves", ops.floor, HALVES)
    add("clip bools", lambda x: ops.clip(x, 0, 2), b(2, 3))
    add("clip fractions", lambda x: ops.clip(x, -0.5, 0.75), f(2, 3))
    add("clip doubles", lambda x: ops.clip(x, -0.5, 0.75), d(2, 3))
    add("nan_to_num numbers", lambda x: ops.nan_to_num(x, nan=1.5, posinf=7.0, neginf=-8), EXTREMES)
    add("nan_to_num doubles", ops.nan_to_num, EXTREMES.astype("float64"))
    add("nan_to_num bools", ops.nan_to_num, b(2, 3))


def bits(add):
    for word in ["bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift", "left_shift", "right_shift", "gcd", "lcm"]:
        op = getattr(ops, word)
        second = np.array([[1, 2, 0], [3, 1, 2]], "int32")
        add(f"{word}", op, i(2, 3), second)
        add(f"{word} bytes", op, u(2, 3), u(2, 3))
        add(f"{word} longs", op, longs(12, 18, -7), longs(8, 3, 21))
        add(f"{word} byte and int", op, u(2, 3), second)
        add(f"{word} constant", lambda x, o=op: o(x, np.array([4, 6, 1], "int32")), i(2, 3))
        add(f"{word} number", lambda x, o=op: o(x, 2), longs(12, 18, -7))
    for word in ["left_shift", "right_shift", "bitwise_left_shift", "bitwise_right_shift"]:
        add(f"{word} byte by number", lambda x, o=getattr(ops, word): o(x, 3), np.array([[200, 3, 96]], "uint8"))
    for word in ["bitwise_and", "bitwise_or", "bitwise_xor"]:
        add(f"{word} bool and int", getattr(ops, word), b(2, 3), i(2, 3))
    add("gcd fibonacci", ops.gcd, np.array([[1836311903, 0, 0, -48]], "int32"), np.array([[1134903170, 0, 5, 36]], "int32"))
    add("gcd long fibonacci", ops.gcd, longs(5527939700884757, 6), longs(3416454622906707, 15))
    add("gcd broadcast", ops.gcd, i(2, 2, 3), i(2, 1, 3))
    add("lcm broadcast", ops.lcm, i(2, 2, 3), i(2, 1, 3))
    add("lcm bytes beyond", ops.lcm, np.array([[200, 0, 6]], "uint8"), np.array([[3, 5, 4]], "uint8"))
    for word in ["bitwise_invert", "bitwise_not"]:
        op = getattr(ops, word)
        add(f"{word}", op, i(2, 3))
        add(f"{word} bytes", op, u(2, 3))
        add(f"{word} longs", op, longs(12, -18))


def predicates(add):
    for word in ["isfinite", "isinf", "isnan", "isneginf", "isposinf", "isreal", "signbit"]:
        op = getattr(ops, word)
        add(f"{word}", op, EXTREMES)
        add(f"{word} doubles", op, EXTREMES.astype("float64"))
        for kind, make in {"ints": i, "bytes": u, "bools": b}.items():
            add(f"{word} {kind}", op, make(2, 3))
        add(f"{word} longs", op, longs(3, -4))
    add("logical_xor", ops.logical_xor, b(2, 4), b(2, 4))
    add("logical_xor numbers", ops.logical_xor, i(2, 4), f(2, 4))
    add("logical_xor number", lambda x: ops.logical_xor(x, 0.5), b(2, 4))
    near = np.array([[1.0, 1.00001, 1.0001, NAN, INF, -INF]], "float32")
    add("isclose", ops.isclose, near, np.array([[1.0, 1.0, 1.0, NAN, INF, INF]], "float32"))
    add("isclose nan", lambda x, y: ops.isclose(x, y, equal_nan=True), near, near)
    add("isclose tolerances", lambda x, y: ops.isclose(x, y, 1e-3, 0.25), f(2, 3), f(2, 3))
    add("isclose ints", ops.isclose, i(2, 3), i(2, 3))
    add("isclose int and float", ops.isclose, i(2, 3), f(1, 3))
    add("isclose bools", ops.isclose, b(2, 3), b(2, 3))
    add("isclose number", lambda x: ops.isclose(x, 1), near)
    add("isin list", lambda x: ops.isin(x, [1, 2]), i(2, 3))
    add("isin fractions", lambda x: ops.isin(x, [1.0, 2.5]), i(2, 3))
    add("isin constant", lambda x: ops.isin(x, np.array([[1, 2], [2, 3]], "int32")), f(2, 3))
    add("isin number", lambda x: ops.isin(x, 1), i(2, 3))
    add("isin tensor inverted", lambda x, y: ops.isin(x, y, invert=True), i(2, 3), i(2, 1))
    add("isin unique", lambda x: ops.isin(x, [1, 2], assume_unique=True), i(2, 3))
    bins = np.array([-1.0, 0.0, 1.5], "float32")
    add("digitize", lambda x: ops.digitize(x, bins), np.array([[-1.0, -2.0, 0.0, 1.5, NAN, INF]], "float32"))
    for kind, make in {"ints": i, "bytes": u, "bools": b, "doubles": d}.items():
        add(f"digitize {kind}", lambda x: ops.digitize(x, bins), make(2, 3))
    add("digitize longs", lambda x: ops.digitize(x, np.array([1, 3])), longs(0, 1, 2, 3, 4))


def copies(add):
    for word in ["copy", "real", "imag", "conjugate", "array", "ones_like", "empty_like", "convert_to_tensor", "stop_gradient"]:
        op = getattr(ops, word)
        for kind, make in {"floats": f, "ints": i, "bytes": u, "bools": b, "doubles": d}.items():
            add(f"{word} {kind}", op, make(2, 3))
    for word in ["array", "ones_like", "empty_like", "convert_to_tensor"]:
        for dtype in ["float64", "int32", "bool"]:
            add(f"{word} as {dtype}", lambda x, o=getattr(ops, word), t=dtype: o(x, dtype=t), p(2, 3))
    for kind, make in {"floats": f, "ints": i}.items():
        add(f"class Conj {kind}", lambda x: classes.Conj()(x), make(2, 3))
        add(f"class Abs {kind}", lambda x: classes.Abs()(x), make(2, 3))
    add("convert_to_tensor dense", lambda x: ops.convert_to_tensor(x, sparse=False, ragged=False), f(2, 3))
    for kind, make in {"floats": f, "ints": i, "bytes": u, "bools": b}.items():
        add(f"full_like {kind}", lambda x: ops.full_like(x, 2), make(2, 3))
        add(f"full_like fraction {kind}", lambda x: ops.full_like(x, 0.5), make(2, 3))
    add("full_like as", lambda x: ops.full_like(x, 2, dtype="float64"), i(2, 3))
    add("full_like constant", lambda x: ops.full_like(x, np.array([1.5, 2.5, 3.5], "float32")), i(2, 3))
    add("full_like tensor", ops.full_like, f(2, 3), i(2, 1))
    wide = np.array([[-3.7, 0.4, 254.6, 300.0, 1e9, -1e9]], "float32")
    for dtype in ["uint8", "uint16", "int32", "int64", "bool", "float32", "float64"]:
        add(f"saturate_cast floats to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), wide)
        add(f"saturate_cast doubles to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), wide.astype("float64"))
        add(f"saturate_cast bytes to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), u(2, 3))
        add(f"saturate_cast bools to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), b(2, 3))
        if "float" not in dtype:  # Keras gives the least number for all
            add(f"saturate_cast ints to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), np.array([[-7, 0, 70000, 200]], "int32"))
            add(f"saturate_cast longs to {dtype}", lambda x, t=dtype: ops.saturate_cast(x, t), longs(-(2**40), 2**40, 7))
    add("saturate_cast ints to double", lambda x: ops.saturate_cast(x, "float64"), i(2, 3))
    add("saturate_cast infinities", lambda x: ops.saturate_cast(x, "uint8"), np.array([[INF, -INF]], "float32"))
    add("saturate_cast doubles beyond", lambda x: ops.saturate_cast(x, "float32"), np.array([[1e300, -1e300, INF]]))


def choices(add):
    add("select", lambda c, x, y: ops.select([c, x > 0][:1], [x], 0), b(2, 3), f(2, 3), f(2, 3))
    add("select two", lambda c, e, x, y: ops.select([c, e], [x, y]), b(2, 3), b(2, 3), f(2, 3), f(2, 3))
    add("select default", lambda c, e, x, y: ops.select([c, e], [x, y], 42), b(2, 3), b(2, 3), i(2, 3), i(2, 3))
    add("select fraction", lambda c, e, x, y: ops.select([c, e], [x, y], 0.5), b(2, 3), b(2, 3), d(2, 3), d(2, 3))
    add("select numbers", lambda c, e, x: ops.select([c, e], [x, 1.5], 7), b(2, 3), b(2, 3), f(2, 3))
    add("select bytes", lambda c, x, y: ops.select([c], [x], y), i(2, 3), u(2, 3), u(2, 3))


def activations(add):
    plain = ["relu6", "hard_sigmoid", "hard_silu", "hard_tanh", "log_sigmoid", "selu", "silu", "softplus", "softsign",
             "sparse_plus", "sparse_sigmoid", "tanh_shrink", "celu", "elu", "gelu", "glu", "hard_shrink", "soft_shrink",
             "squareplus", "log_softmax", "sparsemax", "softmax", "sigmoid"]
    for word in plain:
        op = getattr(ops, word)
        add(f"{word} floats", op, f(2, 4))
        add(f"{word} doubles", op, d(2, 4))
        if word not in ("sparsemax", "softmax", "log_softmax"):
            add(f"{word} extremes", op, EXTREMES)
    for kind, make in {"ints": i, "bytes": u}.items():
        add(f"relu6 {kind}", ops.relu6, make(2, 4))
        add(f"threshold {kind}", lambda x: ops.threshold(x, 1, 7), make(2, 4))
    add("threshold", lambda x: ops.threshold(x, 0.25, -1.5), f(2, 4))
    add("threshold extremes", lambda x: ops.threshold(x, 0.0, 2.0), EXTREMES)
    add("celu alpha", lambda x: ops.celu(x, 0.5), f(2, 4))
    add("elu alpha", lambda x: ops.elu(x, 0.5), f(2, 4))
    add("gelu exact", lambda x: ops.gelu(x, approximate=False), f(2, 4))
    add("hard_shrink threshold", lambda x: ops.hard_shrink(x, 0.2), f(2, 4))
    add("soft_shrink threshold", lambda x: ops.soft_shrink(x, 0.2), f(2, 4))
    add("squareplus b", lambda x: ops.squareplus(x, b=0.5), f(2, 4))
    add("squareplus whole b", lambda x: ops.squareplus(x, b=3), f(2, 4))
    for word in ["softmax", "log_softmax", "sparsemax"]:
        add(f"{word} axis", lambda x, o=getattr(ops, word): o(x, axis=1), f(2, 3, 2))
    for word in ["softmax", "log_softmax"]:
        # versions of TensorFlow differ about NaN beside other numbers
        add(f"{word} extremes", getattr(ops, word), np.array([[-INF, 1.0, 0.0, -0.0], [0.0, 1e-30, 3e38, -3e38]], "float32"))
        add(f"{word} all", lambda x, o=getattr(ops, word): o(x, axis=None), f(2, 3, 2))
    add("glu axis", lambda x: ops.glu(x, axis=1), f(2, 4, 3))


def encodings(add):
    add("one_hot", lambda x: ops.one_hot(x, 3), i(2, 4))
    add("one_hot axis", lambda x: ops.one_hot(x, 3, axis=1), u(2, 4))
    add("one_hot first axis", lambda x: ops.one_hot(x, 3, axis=0), i(2, 4))
    for dtype in ["int32", "bool", "float64"]:
        add(f"one_hot {dtype}", lambda x, t=dtype: ops.one_hot(x, 4, dtype=t), longs(0, 3, -1, 9))
    add("one_hot floats", lambda x: ops.one_hot(x, 4), np.array([[0.9, 2.0, 3.5]], "float32"))
    add("multi_hot", lambda x: ops.multi_hot(x, 4), np.array([[0, 2, 2], [1, 3, 9]], "float32"))
    add("multi_hot vector", lambda x: ops.multi_hot(x, 4), np.array([0, 2, 2], "float32"))
    add("multi_hot ints", lambda x: ops.multi_hot(x, 4, dtype="int32"), i(2, 3))
    add("multi_hot bools", lambda x: ops.multi_hot(x, 2, dtype="bool"), b(2, 3))
    add("multi_hot cube", lambda x: ops.multi_hot(x, 4), np.array([[[0, 2], [1, 1]]], "float32"))
    add("multi_hot axis", lambda x: ops.multi_hot(x, 4, axis=1), np.array([[0, 2, 2], [1, 3, 9]], "float32"))


def losses(add):
    def probabilities(*s):
        return lambda rng: rng.dirichlet(np.ones(s[-1]), s[:-1]).round(3).astype("float32")

    def unit_interval(*s):
        return lambda rng: rng.uniform(0, 1, s).round(3).astype("float32")

    hard = np.array([[0.0, 1.0, 0.0]], "float32")
    for logits in (False, True):
        end = " of logits" if logits else ""
        add("binary_crossentropy" + end, lambda t, y, l=logits: ops.binary_crossentropy(t, y, from_logits=l), unit_interval(2, 3), f(2, 3) if logits else unit_interval(2, 3))
        add("binary_crossentropy hard" + end, lambda t, y, l=logits: ops.binary_crossentropy(t, y, from_logits=l), hard, np.array([[1.0, 1.0, 0.0]], "float32"))
        add("binary_crossentropy doubles" + end, lambda t, y, l=logits: ops.binary_crossentropy(t, y, from_logits=l), lambda rng: rng.uniform(0, 1, (2, 3)), lambda rng: rng.uniform(0, 1, (2, 3)))
        add("categorical_crossentropy" + end, lambda t, y, l=logits: ops.categorical_crossentropy(t, y, from_logits=l), probabilities(2, 3), f(2, 3) if logits else unit_interval(2, 3))
        add("categorical_crossentropy hard" + end, lambda t, y, l=logits: ops.categorical_crossentropy(t, y, from_logits=l), hard, np.array([[1.0, 0.0, 0.0]], "float32"))
        add("categorical_crossentropy cube" + end, lambda t, y, l=logits: ops.categorical_crossentropy(t, y, from_logits=l), probabilities(2, 4, 3), f(2, 4, 3) if logits else unit_interval(2, 4, 3))
        add("categorical_crossentropy axis" + end, lambda t, y, l=logits: ops.categorical_crossentropy(t, y, from_logits=l, axis=1), unit_interval(2, 3, 3), unit_interval(2, 3, 3))
        labels = np.array([[1, 0], [2, 2]], "int32")
        add("sparse_categorical_crossentropy" + end, lambda t, y, l=logits: ops.sparse_categorical_crossentropy(t, y, from_logits=l), labels, f(2, 2, 3) if logits else probabilities(2, 2, 3))
        add("sparse_categorical_crossentropy column" + end, lambda t, y, l=logits: ops.sparse_categorical_crossentropy(t, y, from_logits=l), np.array([[1.0], [2.0]], "float32"), f(2, 3) if logits else probabilities(2, 3))
        add("sparse_categorical_crossentropy doubles" + end, lambda t, y, l=logits: ops.sparse_categorical_crossentropy(t, y, from_logits=l), np.array([0, 2], "int64"), d(2, 3) if logits else lambda rng: rng.dirichlet(np.ones(3), 2))
