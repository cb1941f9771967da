"""Operation nodes of each kind, what types they promote to, and what parameters they have."""

import inspect
import itertools

from common import write  # first: it sets the environment
from operation_cases import Cases, b, d, f, i, p, u

import keras
import numpy as np
from keras import ops
from keras.src.ops import core, image, linalg, math, nn, numpy
from keras.src.ops.operation import Operation


def operations_foundation():
    cases = Cases()
    add = cases.add
    arithmetic(add)
    comparisons(add)
    elementwise(add)
    reductions(add)
    shapes(add)
    items(add)
    write("operations_foundation", cases.cases)


def arithmetic(add):
    for word, op in [
        ("divide", ops.divide),
        ("true_divide", lambda x, y: x / y),
        ("floor_divide", ops.floor_divide),
        ("mod", ops.mod),
    ]:
        add(f"{word} floats", op, f(2, 3), p(2, 3))
        add(f"{word} broadcast", op, f(2, 2, 3), p(2, 1, 3))
        add(f"{word} ints", op, i(2, 3), np.array([[1, 2, -2], [3, -1, 2]], "int32"))
        add(f"{word} bytes", op, u(2, 3), u(2, 3))
        add(f"{word} int and float", op, i(2, 3), p(2, 3))
        add(f"{word} float and double", op, f(2, 3), np.full((2, 3), 0.7))
        add(f"{word} number", lambda x, o=op: o(x, 2), i(2, 3))
        add(f"{word} fraction", lambda x, o=op: o(x, 1.5), f(2, 3))
        add(f"{word} number first", lambda x, o=op: o(2, x), p(2, 3))
    add("power", ops.power, p(2, 3), f(2, 3))
    add("power number", lambda x: x**2, f(2, 3))
    add("power of int", lambda x: x**2, i(2, 3))
    add("power of byte", lambda x: ops.power(x, 2), u(2, 3))
    add("power fraction of int", lambda x: ops.power(x, 0.5), u(2, 3))
    add("power number first", lambda x: 2**x, f(2, 3))
    add("byte and int", ops.add, u(2, 3), i(2, 3))
    add("byte and number", lambda x: x + 3, u(2, 3))
    add("bool and number", lambda x: ops.add(x, 2), b(2, 3))
    add("bool and fraction", lambda x: ops.multiply(x, 2.5), b(2, 3))
    add("int and bool", ops.multiply, i(2, 3), b(2, 3))
    add("add constant", lambda x: x + np.array([1.0, 2.0, 3.0]), f(2, 3))
    add("add constant float32", lambda x: x + np.array([1.0, 2.0, 3.0], "float32"), f(2, 3))
    add("add constant matrix", lambda x: ops.add(np.array([[1, 2, 3]] * 2, "int32"), x), f(2, 3))
    add("multiply constant bool", lambda x: x * np.array([True, False, True]), f(2, 3))
    add("matmul", ops.matmul, f(2, 3, 4), f(2, 4, 2))
    add("matmul matrices", ops.matmul, f(2, 3), f(3, 4))
    add("matmul broadcast", ops.matmul, f(2, 1, 3, 4), f(2, 4, 2))
    add("matmul vector", ops.matmul, f(2, 3, 4), f(4))
    add("matmul vector first", ops.matmul, f(3), f(2, 3, 4))
    add("matmul ints", ops.matmul, i(2, 3), i(3, 2))
    add("matmul int and float", ops.matmul, i(2, 3), f(3, 2))


def comparisons(add):
    for word in ["equal", "not_equal", "greater", "greater_equal", "less", "less_equal"]:
        op = getattr(ops, word)
        add(f"{word} ints", op, i(3, 4), i(3, 4))
        add(f"{word} broadcast", op, i(3, 4), i(1, 4))
        add(f"{word} int and float", op, i(2, 3), f(2, 3))
        add(f"{word} number", lambda x, o=op: o(x, 1), i(2, 3))
        add(f"{word} fraction of int", lambda x, o=op: o(x, 0.5), i(2, 3))
        add(f"{word} nan", lambda x, o=op: o(x, 0.0), np.array([[np.nan, 1.0, 0.0]], "float32"))
        add(f"{word} number first", lambda x, o=op: o(1, x), i(2, 3))
    add("logical_and", ops.logical_and, b(2, 4), b(2, 4))
    add("logical_and numbers", ops.logical_and, i(2, 4), f(2, 4))
    add("logical_not", ops.logical_not, b(2, 3))
    add("logical_not of int", ops.logical_not, i(2, 3))
    add("where", ops.where, b(2, 3), f(2, 3), f(2, 3))
    add("where number", lambda c, x: ops.where(c, x, 0.0), b(2, 3), f(2, 3))
    add("where numbers", lambda c: ops.where(c, 1, 0), b(2, 3))
    add("where number and fraction", lambda c: ops.where(c, 1, 0.5), b(2, 3))
    add("where int and fraction", lambda c, x: ops.where(c, x, 0.5), b(2, 3), i(2, 3))
    add("where broadcast", ops.where, b(2, 3), f(2, 1), f(2, 3))
    add("where condition of ints", ops.where, i(2, 3), f(2, 3), i(2, 3))


def elementwise(add):
    add("negative", lambda x: -x, f(2, 3))
    add("negative int", ops.negative, i(2, 3))
    add("absolute", ops.absolute, f(2, 3))
    add("absolute int", ops.absolute, i(2, 3))
    add("absolute byte", ops.absolute, u(2, 3))
    add("absolute bool", ops.absolute, b(2, 3))
    for word in ["exp", "log", "sqrt"]:
        op = getattr(ops, word)
        add(word, op, p(2, 3))
        add(f"{word} double", op, lambda rng: np.abs(d(2, 3)(rng)) + 0.1)
        add(f"{word} int", op, u(2, 3))
        add(f"{word} long", op, np.array([[1, 4, 9]], "int64"))
        add(f"{word} bool", op, np.array([[True, True]]))
    add("relu", ops.relu, f(2, 3))
    add("relu int", ops.relu, i(2, 3))
    add("leaky_relu", ops.leaky_relu, f(2, 3))
    add("leaky_relu slope", lambda x: ops.leaky_relu(x, negative_slope=0.4), f(2, 3))
    add("softmax", ops.softmax, f(2, 3))
    add("softmax axis", lambda x: ops.softmax(x, axis=1), f(2, 3, 2))
    for dtype in ["int32", "float64", "bool", "uint8", "int64"]:
        add(f"cast {dtype}", lambda x, t=dtype: ops.cast(x, t), p(2, 3))
    add("cast bool to float", lambda x: ops.cast(x, "float32"), b(2, 3))


def reductions(add):
    for word in ["sum", "mean", "max", "any"]:
        op = getattr(ops, word)
        add(f"{word} axis", lambda x, o=op: o(x, axis=-1), f(2, 3))
        add(f"{word} axes", lambda x, o=op: o(x, axis=(1, -1)), f(2, 3, 2))
        add(f"{word} keepdims", lambda x, o=op: o(x, axis=1, keepdims=True), f(2, 3, 2))
        add(f"{word} all keepdims", lambda x, o=op: o(x, keepdims=True), f(2, 3))
        add(f"{word} ints", lambda x, o=op: o(x, axis=1), i(2, 3))
        add(f"{word} bools", lambda x, o=op: o(x, axis=1), b(2, 3))
        add(f"{word} doubles", lambda x, o=op: o(x, axis=1), d(2, 3))
        add(f"{word} longs", lambda x, o=op: o(x, axis=1), np.array([[1, 4, 9]], "int64"))
    add("max initial", lambda x: ops.max(x, axis=1, initial=0.5), f(2, 3))
    add("max initial int", lambda x: ops.max(x, axis=1, initial=1), i(2, 3))
    add("max initial bool", lambda x: ops.max(x, axis=1, initial=1), b(2, 3))
    add("argmax", lambda x: ops.argmax(x, axis=-1), f(2, 3))
    add("argmax int", lambda x: ops.argmax(x, axis=1), i(3, 4, 2))
    add("argmax bool", lambda x: ops.argmax(x, axis=1), b(3, 4))
    add("argmax keepdims", lambda x: ops.argmax(x, axis=1, keepdims=True), f(2, 3, 2))
    add("argmax all keepdims", lambda x: ops.argmax(x, keepdims=True), f(2, 3))
    add("argmax zeros", lambda x: ops.argmax(x, axis=1), np.array([[-0.0, 0.0, -1.0], [0.0, -0.0, 0.0]], "float32"))
    add("moments", lambda x: ops.moments(x, axes=[1]), f(2, 3, 2))
    add("moments keepdims", lambda x: ops.moments(x, axes=[1, 2], keepdims=True), f(2, 3, 2))
    add("moments double", lambda x: ops.moments(x, axes=[-1]), d(2, 3))


def shapes(add):
    add("reshape", lambda x: ops.reshape(x, (2, 6)), f(2, 3, 2))
    add("reshape rest", lambda x: ops.reshape(x, (2, -1, 3)), f(2, 3, 2))
    add("reshape bool", lambda x: ops.reshape(x, (2, 3, 1)), b(2, 3))
    add("transpose axes", lambda x: ops.transpose(x, (0, 2, 1)), f(2, 3, 4))
    add("transpose", ops.transpose, f(2, 2))
    add("split", lambda x: ops.split(x, 2, axis=1), f(2, 4))
    add("split bool", lambda x: ops.split(x, 3, axis=-1), b(2, 2, 3))
    add("split places", lambda x: ops.split(x, [1, 3], axis=1), f(2, 4))
    add("stack", lambda x, y: ops.stack([x, y], axis=1), f(2, 3), f(2, 3))
    add("stack last", lambda x, y: ops.stack([x, y], axis=-1), i(2, 3), f(2, 3))


def items(add):
    x = f(2, 4, 5)
    add("item all but last", lambda x: x[:, :-1], x)
    add("item index", lambda x: x[:, 1], x)
    add("item index from end", lambda x: x[:, -1, -2], x)
    add("item range", lambda x: x[:, 1:3], x)
    add("item step", lambda x: x[:, ::2, ::-1], x)
    add("item backwards", lambda x: x[:, 3:0:-2], x)
    add("item backwards to begin", lambda x: x[:, 2::-1], x)
    add("item beyond", lambda x: x[:, 2:9, -9:2], x)
    add("item ellipsis", lambda x: x[..., 0], x)
    add("item ellipsis between", lambda x: x[:, ..., 1:3], x)
    add("item new axes", lambda x: x[:, None, 1:3, ..., None], x)
    add("item ellipsis of nothing", lambda x: x[:, 1, ..., 2:], x)
    add("item of bools", lambda x: x[:, 1:], b(2, 3))


def result_types():
    runs = ["bool", "uint8", "uint16", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
    weak = {"int": int, "float": float}
    cases = []
    for count in (1, 2, 3):
        for types in itertools.combinations_with_replacement(runs + list(weak), count):
            if any(t in runs for t in types):
                result = keras.backend.result_type(*(weak.get(t, t) for t in types))
                cases.append({"name": " ".join(types), "types": list(types), "result": result})
    write("result_types", cases)


def signatures():
    """The parameters of all operations: those of calls, and those of constructors."""

    def parameters(fn):
        found = [q for q in inspect.signature(fn).parameters.values() if q.name not in ("self", "name")]
        return [
            {"name": q.name, "rest": q.kind == q.VAR_POSITIONAL}
            | ({} if q.default is q.empty else {"default": q.default})
            for q in found
            if q.kind != q.VAR_KEYWORD
        ]

    cases = []
    for module in (core, image, linalg, math, nn, numpy):
        for name, cls in sorted(vars(module).items()):
            if inspect.isclass(cls) and issubclass(cls, Operation) and cls.__module__ == module.__name__:
                cases.append({
                    "name": name, "module": module.__name__,
                    "inputs": parameters(cls.call), "settings": [] if cls.__init__ is Operation.__init__ else parameters(cls.__init__),
                })
    write("signatures", [c for c in cases if c["name"] != "Operation"])
