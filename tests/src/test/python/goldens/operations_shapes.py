"""Operations along axes, of shapes, of places, of matrices and of images."""

from common import write  # first: it sets the environment
from operation_cases import Cases, b, d, f, i, p, u

import keras
import numpy as np
from keras import ops
from keras.src.ops import linalg, math


def operations_shapes():
    cases = Cases()
    add = cases.add
    reductions(add)
    without_nan(add)
    quantiles(add)
    cumulative(add)
    shapes(add)
    repetitions(add)
    diagonals(add)
    joins(add)
    splits(add)
    write("operations_shapes", cases.cases)


def operations_places():
    cases = Cases()
    add = cases.add
    sorting(add)
    taking(add)
    blocks(add)
    segments(add)
    write("operations_places", cases.cases)


def operations_matrices():
    cases = Cases()
    add = cases.add
    products(add)
    matrices(add)
    norms(add)
    normalized(add)
    write("operations_matrices", cases.cases)


def operations_images():
    cases = Cases()
    images(cases.add)
    write("operations_images", cases.cases)


def kinds(add, word, op, x=f):
    add(f"{word} axis", lambda x, o=op: o(x, axis=-1), x(2, 3))
    add(f"{word} axes", lambda x, o=op: o(x, axis=(1, -1)), x(2, 3, 2))
    add(f"{word} keepdims", lambda x, o=op: o(x, axis=1, keepdims=True), x(2, 3, 2))
    add(f"{word} all", op, x(2, 3))
    add(f"{word} all keepdims", lambda x, o=op: o(x, keepdims=True), x(2, 3))
    add(f"{word} ints", lambda x, o=op: o(x, axis=1), i(2, 3))
    add(f"{word} bools", lambda x, o=op: o(x, axis=1), b(2, 3))
    if word != "prod":  # of uint32, which cannot run
        add(f"{word} bytes", lambda x, o=op: o(x, axis=1), u(2, 3))
    add(f"{word} doubles", lambda x, o=op: o(x, axis=1), d(2, 3))
    add(f"{word} longs", lambda x, o=op: o(x, axis=1), np.array([[1, 4, 9]], "int64"))


def reductions(add):
    for word in ["all", "amax", "amin", "min", "prod", "ptp", "std", "var", "logsumexp", "median"]:
        kinds(add, word, getattr(ops, word))
    add("min initial", lambda x: ops.min(x, axis=1, initial=-0.5), f(2, 3))
    add("min initial int", lambda x: ops.min(x, axis=1, initial=1), i(2, 3))
    add("min initial bool", lambda x: ops.min(x, axis=1, initial=0), b(2, 3))
    add("prod dtype", lambda x: ops.prod(x, axis=1, dtype="float32"), f(2, 3))
    add("argmin", lambda x: ops.argmin(x, axis=-1), f(2, 3))
    add("argmin int", lambda x: ops.argmin(x, axis=1), i(3, 4, 2))
    add("argmin bool", lambda x: ops.argmin(x, axis=1), b(3, 4))
    add("argmin keepdims", lambda x: ops.argmin(x, axis=1, keepdims=True), f(2, 3, 2))
    add("argmin all keepdims", lambda x: ops.argmin(x, keepdims=True), f(2, 3))
    add("argmin zeros", lambda x: ops.argmin(x, axis=1), np.array([[0.0, -0.0, 1.0], [0.0, 0.0, 1.0]], "float32"))
    add("count_nonzero", ops.count_nonzero, i(2, 3))
    add("count_nonzero axis", lambda x: ops.count_nonzero(x, axis=1), b(2, 3))
    add("count_nonzero axes", lambda x: ops.count_nonzero(x, axis=(0, 2)), f(2, 3, 2))
    add("average", ops.average, f(2, 3))
    add("average axis", lambda x: ops.average(x, axis=1), i(2, 3))
    add("average weights", lambda x, w: ops.average(x, weights=w), f(2, 3), p(2, 3))
    add("average weights axis", lambda x, w: ops.average(x, axis=1, weights=w), f(2, 3, 2), p(3))
    add("average weights of elements", lambda x, w: ops.average(x, axis=-1, weights=w), i(2, 3), p(2, 3))
    add("average constant weights", lambda x: ops.average(x, axis=1, weights=np.array([1.0, 2.0, 3.0])), f(2, 3))
    add("logsumexp infinite", lambda x: ops.logsumexp(x, axis=1), np.array([[-np.inf, -np.inf], [1.0, -np.inf]], "float32"))


def without_nan(add):
    x = np.array([[[1.5, np.nan], [np.nan, np.nan], [-2.0, 0.5]], [[3.0, 1.0], [0.25, -1.0], [2.0, np.nan]]], "float32")
    for word in ["nansum", "nanprod", "nanmean", "nanstd", "nanvar", "nanmax", "nanmin"]:
        op = getattr(ops, word)
        add(f"{word}", op, x)
        add(f"{word} axis", lambda x, o=op: o(x, axis=2), x)
        add(f"{word} axes", lambda x, o=op: o(x, axis=(0, 2)), x)
        add(f"{word} keepdims", lambda x, o=op: o(x, axis=1, keepdims=True), x)
        add(f"{word} ints", lambda x, o=op: o(x, axis=1), i(2, 3))
        add(f"{word} bools", lambda x, o=op: o(x, axis=1), b(2, 3))
        add(f"{word} doubles", lambda x, o=op: o(x, axis=1), d(2, 3))


def quantiles(add):
    for word, q in [("quantile", 0.4), ("percentile", 40.0)]:
        op = getattr(ops, word)
        add(f"{word}", lambda x, o=op, q=q: o(x, q), f(2, 3))
        add(f"{word} axis", lambda x, o=op, q=q: o(x, q, axis=1), f(2, 4, 3))
        add(f"{word} axes keepdims", lambda x, o=op, q=q: o(x, q, axis=(0, 2), keepdims=True), f(2, 4, 3))
        add(f"{word} several", lambda x, o=op, q=q: o(x, [q, q / 2, 0.0], axis=1), f(2, 5))
        add(f"{word} several keepdims", lambda x, o=op, q=q: o(x, [q, q / 4], axis=-1, keepdims=True), f(2, 3, 5))
        add(f"{word} tensor", lambda x, y, o=op: o(x, y, axis=1), f(2, 5), np.array([q, q / 3], "float32"))
        add(f"{word} ints", lambda x, o=op, q=q: o(x, q, axis=1), i(2, 5))
        add(f"{word} bytes", lambda x, o=op, q=q: o(x, q, axis=1), u(2, 5))
        add(f"{word} doubles", lambda x, o=op, q=q: o(x, q, axis=1), d(2, 5))
        for method in ["lower", "higher", "midpoint", "nearest"]:
            add(f"{word} {method}", lambda x, o=op, q=q, m=method: o(x, q, axis=1, method=m), f(2, 6))
    add("quantile nan", lambda x: ops.quantile(x, 0.5, axis=1), np.array([[1, np.nan, 2], [3, 1, 2]], "float32"))
    add("quantile ends", lambda x: ops.quantile(x, [0.0, 1.0], axis=1), f(2, 3))


def cumulative(add):
    for word in ["cumsum", "cumprod"]:
        op = getattr(ops, word)
        add(f"{word}", op, f(2, 3))
        add(f"{word} axis", lambda x, o=op: o(x, axis=-1), f(2, 3))
        add(f"{word} first axis", lambda x, o=op: o(x, axis=1), f(2, 3, 2))
        add(f"{word} int", lambda x, o=op: o(x, axis=1), i(2, 3))
        add(f"{word} bool", lambda x, o=op: o(x, axis=1), b(2, 3))
        add(f"{word} dtype", lambda x, o=op: o(x, axis=1, dtype="float32"), i(2, 3))
    add("diff", ops.diff, f(2, 4))
    add("diff twice", lambda x: ops.diff(x, n=2, axis=1), i(2, 4, 2))
    add("diff bool", ops.diff, b(2, 4))
    add("diff none", lambda x: ops.diff(x, n=0), f(2, 4))
    add("trapezoid", ops.trapezoid, f(2, 4))
    add("trapezoid axis", lambda x: ops.trapezoid(x, dx=0.5, axis=1), i(2, 4, 3))
    add("trapezoid x", lambda x: ops.trapezoid(x, x=[0.0, 1.0, 1.5, 3.0]), f(2, 4))


def shapes(add):
    add("broadcast_to", lambda x: ops.broadcast_to(x, (4, 2, 3)), f(2, 1))
    add("flip", ops.flip, f(2, 3))
    add("flip axis", lambda x: ops.flip(x, axis=-1), b(2, 3))
    add("flip axes", lambda x: ops.flip(x, axis=(0, 2)), i(2, 3, 2))
    add("fliplr", ops.fliplr, f(2, 3, 2))
    add("flipud", ops.flipud, f(2, 3))
    add("moveaxis", lambda x: ops.moveaxis(x, 1, -1), f(2, 3, 4))
    add("moveaxis two", lambda x: ops.moveaxis(x, (0, 1), (2, 0)), f(2, 3, 4))
    add("ravel", ops.ravel, i(2, 3))
    add("roll", lambda x: ops.roll(x, 2), f(2, 3))
    add("roll axis", lambda x: ops.roll(x, -1, axis=1), f(2, 3, 2))
    add("roll axes", lambda x: ops.roll(x, (1, 2), axis=(0, -1)), f(2, 3, 4))
    for k in (-1, 0, 1, 2, 3, 5):
        add(f"rot90 {k}", lambda x, k=k: ops.rot90(x, k=k), f(3, 3, 2))
    add("rot90 axes", lambda x: ops.rot90(x, k=1, axes=(2, 1)), f(2, 3, 4))
    add("rot90 back axes", lambda x: ops.rot90(x, k=3, axes=(1, -1)), f(2, 3, 4))
    add("squeeze", ops.squeeze, f(1, 3, 1))
    add("squeeze axis", lambda x: ops.squeeze(x, axis=-1), f(1, 3, 1))
    add("squeeze axes", lambda x: ops.squeeze(x, axis=(0, 2)), b(1, 3, 1, 1))
    add("squeeze nothing", ops.squeeze, f(2, 3))
    add("swapaxes", lambda x: ops.swapaxes(x, 0, -1), f(2, 3, 4))
    add("size", ops.size, f(2, 3))
    add("pad", lambda x: ops.pad(x, ((0, 1), (2, 0))), f(2, 3))
    add("pad vector", lambda x: ops.pad(x, (1, 2)), f(3))
    add("pad vector alike", lambda x: ops.pad(x, 2), f(3))
    add("pad value", lambda x: ops.pad(x, ((0, 0), (1, 2)), constant_values=3), f(2, 3))
    add("pad ints", lambda x: ops.pad(x, ((1, 1), (0, 2)), constant_values=-1), i(2, 3))
    add("pad bools", lambda x: ops.pad(x, ((1, 1), (0, 1))), b(2, 3))
    for mode in ("reflect", "symmetric"):
        add(f"pad {mode}", lambda x, m=mode: ops.pad(x, ((0, 1), (2, 1)), mode=m), f(2, 3))
    add("depth_to_space", lambda x: ops.nn.depth_to_space(x, 2), f(1, 2, 3, 8))
    add("depth_to_space first", lambda x: ops.nn.depth_to_space(x, 2, data_format="channels_first"), f(1, 8, 2, 3))
    add("space_to_depth", lambda x: ops.nn.space_to_depth(x, 2), f(1, 2, 4, 3))
    add("space_to_depth first", lambda x: ops.nn.space_to_depth(x, 2, data_format="channels_first"), f(1, 3, 2, 4))


def repetitions(add):
    add("tile", lambda x: ops.tile(x, (2, 3)), f(2, 2))
    add("tile number", lambda x: ops.tile(x, 2), i(2, 2))
    add("tile more axes", lambda x: ops.tile(x, (2, 1, 2)), f(2, 2))
    add("repeat", lambda x: ops.repeat(x, 2), f(2, 2))
    add("repeat axis", lambda x: ops.repeat(x, 3, axis=1), f(2, 2, 2))
    add("repeat each", lambda x: ops.repeat(x, [1, 0, 2], axis=1), b(2, 3))
    add("repeat all each", lambda x: ops.repeat(x, [1, 2, 0, 1]), i(2, 2))
    add("meshgrid", lambda x, y: ops.meshgrid(x, y), f(3), f(2))
    add("meshgrid ij", lambda x, y, z: ops.meshgrid(x, y, z, indexing="ij"), f(3), f(2), f(2))
    add("meshgrid three", lambda x, y, z: ops.meshgrid(x, y, z), i(3), i(2), i(2))
    add("kron", ops.kron, f(2, 3), f(3, 2))
    add("kron vectors", ops.kron, i(2), f(3))
    add("vander", ops.vander, f(3))
    add("vander int", lambda x: ops.vander(x, N=2, increasing=True), i(4))


def diagonals(add):
    for k in (-1, 0, 2):
        add(f"diag of vector {k}", lambda x, k=k: ops.diag(x, k=k), f(3))
        add(f"diag of matrix {k}", lambda x, k=k: ops.diag(x, k=k), f(3, 4))
        add(f"diagflat {k}", lambda x, k=k: ops.diagflat(x, k=k), i(2, 2))
        add(f"tril {k}", lambda x, k=k: ops.tril(x, k=k), f(2, 3, 4))
        add(f"triu {k}", lambda x, k=k: ops.triu(x, k=k), f(2, 3, 4))
        add(f"trace {k}", lambda x, k=k: ops.trace(x, offset=k), f(3, 4))
    add("diag of bools", ops.diag, b(3))
    add("tril bools", lambda x: ops.tril(x, k=-1), b(3, 3))
    add("diagonal", ops.diagonal, f(3, 4))
    add("diagonal axes", lambda x: ops.diagonal(x, offset=1, axis1=1, axis2=2), f(2, 3, 4))
    add("diagonal swapped", lambda x: ops.diagonal(x, offset=-1, axis1=-1, axis2=0), b(2, 3, 4))
    add("trace axes", lambda x: ops.trace(x, axis1=1, axis2=2), i(2, 3, 4))
    add("trace bools", ops.trace, b(3, 3))


def joins(add):
    add("append", ops.append, f(2, 3), f(4))
    add("append axis", lambda x, y: ops.append(x, y, axis=1), f(2, 3), i(2, 1))
    add("hstack", lambda x, y: ops.hstack([x, y]), f(2, 3), f(2, 1))
    add("vstack", lambda x, y: ops.vstack([x, y]), f(2, 3), i(1, 3))
    add("vstack vectors", lambda x, y: ops.vstack([x, y]), f(2), f(3))
    add("dstack", lambda x, y: ops.dstack([x, y]), f(2, 3), f(2, 3))
    add("dstack vectors", lambda x, y: ops.dstack([x, y]), f(3), i(3))
    add("dstack deep", lambda x, y: ops.dstack([x, y]), f(2, 3, 1), f(2, 3, 2))


def splits(add):
    add("hsplit", lambda x: ops.hsplit(x, 2), f(2, 4))
    add("hsplit vector", lambda x: ops.hsplit(x, 2), f(4))
    add("hsplit places", lambda x: ops.hsplit(x, [1, 3]), f(2, 4, 2))
    add("vsplit", lambda x: ops.vsplit(x, 2), f(4, 2))
    add("dsplit", lambda x: ops.dsplit(x, [1]), i(2, 2, 3))
    add("array_split", lambda x: ops.array_split(x, 3, axis=1), f(2, 4))
    add("array_split many", lambda x: ops.array_split(x, 4, axis=-1), f(2, 6))
    add("unstack", lambda x: ops.unstack(x), f(2, 3))
    add("unstack axis", lambda x: ops.unstack(x, axis=-1), b(2, 3))
    add("unstack num", lambda x: ops.unstack(x, num=2, axis=1), f(3, 2, 2))


def sorting(add):
    repeated = np.array([[3, 1, 2, 1], [0, -1, 0, 3]], "int32")
    for word in ["sort", "argsort"]:
        op = getattr(ops, word)
        add(f"{word}", op, f(2, 4))
        add(f"{word} axis", lambda x, o=op: o(x, axis=1), f(2, 4, 3))
        add(f"{word} all", lambda x, o=op: o(x, axis=None), f(2, 3))
        add(f"{word} ints", op, repeated)
        add(f"{word} longs", op, repeated.astype("int64"))
        add(f"{word} bytes", op, u(2, 4))
        add(f"{word} bools", op, b(2, 4))
        add(f"{word} doubles", op, d(2, 4))
    add("top_k", lambda x: ops.top_k(x, 2), f(2, 5))
    add("top_k ints", lambda x: ops.top_k(x, 3), repeated)
    add("top_k more axes", lambda x: ops.top_k(x, 1), f(2, 3, 4))
    add("in_top_k", lambda t, y: ops.in_top_k(t, y, k=2), np.array([1, 0, 3], "int32"), f(3, 4))
    for side in ("left", "right"):
        add(f"searchsorted {side}", lambda s, v, side=side: ops.searchsorted(s, v, side=side), np.array([0, 1, 1, 2], "float32"), np.array([1, 0.5, 3, -1], "float32"))
    add("searchsorted ints", ops.searchsorted, np.array([0, 1, 1, 2], "int32"), np.array([1, 5, -2], "int32"))


def taking(add):
    add("take", lambda x: ops.take(x, [0, -1, 2]), f(2, 3))
    add("take axis", lambda x: ops.take(x, [[0, -1], [1, 1]], axis=1), f(2, 3, 2))
    add("take one", lambda x: ops.take(x, 1, axis=1), b(2, 3))
    add("take tensor", lambda x, n: ops.take(x, n, axis=0), f(3, 2), np.array([[2, 0], [-3, 1]], "int32"))
    add("take longs", lambda x, n: ops.take(x, n, axis=-1), i(3, 2), np.array([1, 0, 1], "int64"))
    n = np.array([[0, 2], [-1, 1]], "int32")
    add("take_along_axis", lambda x, n: ops.take_along_axis(x, n, axis=1), f(2, 3), n)
    add("take_along_axis first", lambda x, n: ops.take_along_axis(x, n, axis=0), f(3, 2), n)
    add("take_along_axis spread", lambda x, n: ops.take_along_axis(x, n, axis=-1), f(2, 1, 3), np.array([[[0, 2], [1, -1]]], "int64"))
    add("take_along_axis all", lambda x, n: ops.take_along_axis(x, n), f(2, 3), np.array([5, 0, -1], "int32"))


def blocks(add):
    add("slice", lambda x: ops.slice(x, (0, 1, 0), (2, 2, 1)), f(2, 3, 4))
    add("slice rest", lambda x: ops.slice(x, (0, 1), (2, -1)), f(2, 3))
    add("slice computed", lambda x, s: ops.slice(x, s, (1, 2)), f(2, 3), np.array([1, 1], "int32"))
    add("slice_update", lambda x, y: ops.slice_update(x, (0, 1), y), f(2, 3), f(1, 2))
    add("slice_update beyond", lambda x, y: ops.slice_update(x, (1, 2), y), f(2, 3), f(2, 2))
    add("slice_update computed", lambda x, s, y: ops.slice_update(x, s, y), i(3, 3), np.array([2, 1], "int32"), i(1, 2))
    at = np.array([[0, 1], [2, 0], [0, 1]], "int32")
    add("scatter", lambda at, v: ops.scatter(at, v, (3, 2)), at, f(3))
    add("scatter rows", lambda at, v: ops.scatter(at, v, (4, 2)), np.array([[1], [3]], "int32"), i(2, 2))
    add("scatter_update", lambda x, at, v: ops.scatter_update(x, at, v), f(3, 2), at[:2], f(2))
    add("scatter_update rows", lambda x, at, v: ops.scatter_update(x, at, v), f(3, 2), np.array([[1], [0]], "int32"), f(2, 2))
    for reduction in ("add", "max", "min", "mul"):
        add(f"scatter_update {reduction}", lambda x, at, v, r=reduction: ops.scatter_update(x, at, v, reduction=r), f(3, 2), at, f(3))
    add("scatter_update mul rows", lambda x, at, v: ops.scatter_update(x, at, v, reduction="mul"), f(3, 2), np.array([[1], [1]], "int32"), f(2, 2))


def segments(add):
    ids = np.array([0, 0, 2, 1, 2], "int32")
    gap = np.array([0, 0, 3, 3, 5], "int32")
    for word in ["segment_sum", "segment_max", "segment_min", "segment_prod"]:
        op = getattr(math, word, None)
        if op is not None:
            add(f"{word}", lambda x, n, o=op: o(x, n, num_segments=3), f(5, 2), ids)
            add(f"{word} empty", lambda x, n, o=op: o(x, n, num_segments=4), f(5), ids)
            add(f"{word} sorted with a gap", lambda x, n, o=op: o(x, n, sorted=True), f(5, 2), gap)
            add(f"{word} open", lambda x, n, o=op: o(x, n), f(5), ids)
            add(f"{word} sorted", lambda x, n, o=op: o(x, n, sorted=True), f(5), np.sort(ids))
            add(f"{word} ints", lambda x, n, o=op: o(x, n, num_segments=3), i(5), ids)
    add("bincount", ops.bincount, np.array([1, 0, 3, 1], "int32"))
    add("bincount rows", lambda x: ops.bincount(x, minlength=6), np.array([[1, 0], [3, 1]], "int32"))
    add("bincount weights", lambda x: ops.bincount(x, weights=[0.5, 2.0, 1.0, -1.0]), np.array([1, 0, 3, 1], "int32"))
    add("bincount bytes", ops.bincount, u(5))


def products(add):
    for a, c in [((2, 3), (3, 4)), ((3,), (3,)), ((2, 3), (3,)), ((2, 2, 3), (4, 3, 2))]:
        add(f"dot {a} {c}", ops.dot, f(*a), f(*c))
    add("dot ints", ops.dot, i(2, 3), i(3))
    add("dot int and float", ops.dot, i(2, 3), f(3))
    add("inner", ops.inner, f(2, 3), f(4, 3))
    add("inner vectors", ops.inner, i(3), i(3))
    add("outer", ops.outer, f(2), f(3))
    add("outer matrices", ops.outer, i(2, 2), f(3))
    add("tensordot", ops.tensordot, f(2, 3, 4), f(3, 4, 2))
    add("tensordot one", lambda x, y: ops.tensordot(x, y, axes=1), f(2, 3), f(3, 4))
    add("tensordot none", lambda x, y: ops.tensordot(x, y, axes=0), f(2), f(3))
    add("tensordot axes", lambda x, y: ops.tensordot(x, y, axes=((0, 2), (1, 0))), f(2, 3, 4), f(4, 2, 3))
    add("tensordot ints", lambda x, y: ops.tensordot(x, y, axes=1), i(2, 3), i(3, 2))
    add("vdot", ops.vdot, f(2, 3), f(2, 3))
    add("vdot ints", ops.vdot, i(3), i(3))
    add("cross", ops.cross, f(2, 3), f(2, 3))
    add("cross broadcast", ops.cross, f(2, 2, 3), f(3))
    add("cross flat", ops.cross, f(2, 2), f(2, 2))
    add("cross flat and deep", ops.cross, f(2, 2), f(2, 3))
    add("cross axis", lambda x, y: ops.cross(x, y, axis=0), f(3, 2), f(3, 2))
    add("cross axes", lambda x, y: ops.cross(x, y, axisa=0, axisb=1, axisc=0), i(3, 2), f(2, 3))
    for text, *sizes in [
        ("ij,jk->ik", (2, 3), (3, 4)),
        ("ij,jk", (2, 3), (3, 4)),
        ("ij->ji", (2, 3)),
        ("ii->i", (3, 3)),
        ("ii", (3, 3)),
        ("abc,cd->abd", (2, 2, 3), (3, 2)),
        ("bqd,bkd->bqk", (2, 3, 2), (2, 4, 2)),
        ("...ij,...jk->...ik", (2, 2, 3), (1, 3, 4)),
        ("i,j->ij", (2,), (3,)),
        ("ij,jk,kl->il", (2, 3), (3, 2), (2, 4)),
        ("bi,bj,b->bij", (2, 3), (2, 2), (2,)),
    ]:
        add(f"einsum {text}", lambda *x, t=text: ops.einsum(t, *x), *(f(*s) for s in sizes))
    add("einsum ints", lambda x, y: ops.einsum("ij,jk->ik", x, y), i(2, 3), i(3, 2))
    add("einsum int and float", lambda x, y: ops.einsum("ij,j->i", x, y), i(2, 3), f(3))
    add("cdist", math.cdist, f(2, 3, 4), f(2, 2, 4))
    add("cdist broadcast", math.cdist, f(2, 3, 4), f(5, 4))


def positive_definite(*s):
    def make(rng):
        a = rng.normal(0, 1, s).astype("float32")
        return np.round(a @ np.swapaxes(a, -1, -2) + 2 * np.eye(s[-1], dtype="float32"), 2)

    return make


def matrices(add):
    x = positive_definite(2, 3, 3)
    for upper in (False, True):
        add(f"cholesky {upper}", lambda x, u=upper: ops.cholesky(x, upper=u), x)
        add(f"cholesky_inverse {upper}", lambda x, u=upper: linalg.cholesky_inverse(x, upper=u), x)
        add(f"solve_triangular {upper}", lambda a, y, u=upper: ops.solve_triangular(a, y, lower=u), x, f(2, 3, 2))
    add("solve_triangular vectors", ops.solve_triangular, x, f(2, 3))
    add("det", ops.det, x)
    add("inv", ops.inv, x)
    add("inv matrix", ops.inv, positive_definite(2, 2))
    add("solve", ops.solve, x, f(2, 3, 2))
    add("solve vectors", ops.solve, x, f(2, 3))
    add("logdet", ops.logdet, x)
    add("slogdet", ops.slogdet, positive_definite(3, 3))
    for mode in ("reduced", "complete"):
        add(f"qr {mode}", lambda x, m=mode: ops.qr(x, mode=m), f(4, 2))
    add("svd", ops.svd, f(2, 3, 2))
    add("svd thin", lambda x: ops.svd(x, full_matrices=False), f(2, 4))
    add("svd values", lambda x: ops.svd(x, compute_uv=False), f(2, 3, 4))
    add("eigh", ops.eigh, x)
    add("pinv", linalg.pinv, f(2, 4, 3))
    add("pinv rcond", lambda x: linalg.pinv(x, rcond=0.5), f(3, 4))


def norms(add):
    for order in (None, 0, 1, 2, 3, -1, 0.5, float("inf"), float("-inf")):
        add(f"norm of vectors {order}", lambda x, o=order: ops.norm(x, ord=o, axis=-1), f(2, 3))
    for order in (None, "fro", "nuc", 1, -1, 2, -2, float("inf"), float("-inf")):
        add(f"norm of matrices {order}", lambda x, o=order: ops.norm(x, ord=o, axis=(1, 2)), f(2, 3, 4))
        add(f"norm keepdims {order}", lambda x, o=order: ops.norm(x, ord=o, axis=(-1, 0), keepdims=True), f(2, 3, 4))
    add("norm", ops.norm, f(2, 3))
    add("norm ints", lambda x: ops.norm(x, axis=1), i(2, 3))


def normalized(add):
    for order in (1, 2, 3):
        add(f"normalize {order}", lambda x, o=order: ops.normalize(x, order=o), f(2, 3))
    add("normalize axes", lambda x: ops.normalize(x, axis=(1, 2)), f(2, 3, 2))
    add("normalize zeros", lambda x: ops.normalize(x, epsilon=0.5), np.zeros((1, 3), "float32"))
    for op, name in [(ops.nn.layer_normalization, "layer"), (ops.nn.rms_normalization, "rms")]:
        add(f"{name} norm", op, f(2, 3, 4))
        add(f"{name} norm axis", lambda x, o=op: o(x, axis=1), f(2, 3, 4))
        add(f"{name} norm axes", lambda x, o=op: o(x, axis=(1, 2), epsilon=0.1), f(2, 3, 4))
        add(f"{name} norm scale", op, f(2, 3, 4), p(4))
    add("layer norm both", ops.nn.layer_normalization, f(2, 4), p(4), f(4))
    add("layer norm first axis", lambda x, g, y: ops.nn.layer_normalization(x, g, y, axis=1), f(2, 3, 4), p(3), f(3))
    add("layer norm rms", lambda x, g: ops.nn.layer_normalization(x, g, rms_scaling=True), f(2, 4), p(4))
    add("batch norm", lambda x, m, v: ops.batch_normalization(x, m, v, axis=-1), f(2, 3), f(3), p(3))
    add("batch norm all", lambda x, m, v, o, s: ops.batch_normalization(x, m, v, axis=1, offset=o, scale=s), f(2, 3, 2), f(3), p(3), f(3), p(3))


def images(add):
    x, one, first = p(2, 4, 6, 3), p(4, 6, 3), p(2, 3, 4, 6)
    for op in (ops.image.rgb_to_grayscale, ops.image.rgb_to_hsv):
        word = op.__name__
        add(word, op, x)
        add(f"{word} one", op, one)
        add(f"{word} first", lambda x, o=op: o(x, data_format="channels_first"), first)
    add("gray of gray", ops.image.rgb_to_grayscale, p(2, 4, 6, 1))
    add("gray bytes", ops.image.rgb_to_grayscale, u(4, 6, 3))
    unit = lambda rng: rng.uniform(0, 1, (2, 3, 2, 3)).round(2).astype("float32")
    add("hsv_to_rgb", ops.image.hsv_to_rgb, unit)
    for way in ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"):
        for smooth in (False, True):
            add(f"resize {way} {smooth}", lambda x, w=way, s=smooth: ops.image.resize(x, (3, 8), interpolation=w, antialias=s), x)
    add("resize one", lambda x: ops.image.resize(x, (2, 2)), one)
    add("resize first", lambda x: ops.image.resize(x, (2, 2), data_format="channels_first"), first)
    add("resize same", lambda x: ops.image.resize(x, (4, 6)), x)
    add("resize nearest bytes", lambda x: ops.image.resize(x, (2, 9), interpolation="nearest"), u(4, 6, 3))
    for size in ((3, 3), (2, 6)):
        add(f"resize cropped {size}", lambda x, s=size: ops.image.resize(x, s, crop_to_aspect_ratio=True), x)
        add(f"resize padded {size}", lambda x, s=size: ops.image.resize(x, s, pad_to_aspect_ratio=True, fill_value=0.5), x)
    add("pad_images", lambda x: ops.image.pad_images(x, 1, 2, 0, 3), x)
    add("pad_images target", lambda x: ops.image.pad_images(x, top_padding=1, right_padding=2, target_height=8, target_width=9), one)
    add("crop_images", lambda x: ops.image.crop_images(x, 1, 2, 0, 3), x)
    add("crop_images target", lambda x: ops.image.crop_images(x, bottom_cropping=1, left_cropping=2, target_height=2, target_width=3), one)
    add("crop_images first", lambda x: ops.image.crop_images(x, 1, 2, 0, 3, data_format="channels_first"), first)
    add("patches", lambda x: ops.image.extract_patches(x, 2), x)
    add("patches one", lambda x: ops.image.extract_patches(x, (2, 3)), one)
    add("patches same", lambda x: ops.image.extract_patches(x, 3, strides=2, padding="same"), x)
    add("patches wide", lambda x: ops.image.extract_patches(x, 2, strides=1, dilation_rate=2), x)
