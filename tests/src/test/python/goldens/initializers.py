"""Initializers."""

import math

from common import arr, clean, left_out, obj, write  # first: it sets the environment

import numpy as np
from keras import initializers


def initializers_section():
    I = initializers  # noqa: E741
    shapes = [(7, 5), (5, 7), (3, 3, 4, 8), (12,), (200, 300), (3, 3, 64, 100)]
    deterministic, random, orthogonal = [], [], []
    for make in (lambda: I.Zeros(), lambda: I.Ones(), lambda: I.Constant(), lambda: I.Constant(-1.25), lambda: I.Constant(3),
                 lambda: I.Identity(), lambda: I.Identity(gain=0.5)):
        for shape in [(7, 5), (5, 7), (2, 2, 3, 2), (12,), (4, 4), ()]:
            o = make()
            try:
                case = {"object": obj(o), "shape": list(shape), "output": arr(o(shape))}
                if isinstance(o, I.Identity):
                    case["arguments"] = {"gain": o.gain}  # not in its configuration
                deterministic.append(case)
            except Exception as e:
                left_out(f"{type(o).__name__} {shape}", e)
    for dtype in ("float64", "int32", "bool", "bfloat16"):
        for o in (I.Zeros(), I.Ones(), I.Constant(2)):
            try:
                deterministic.append({"object": obj(o), "shape": [2, 2], "dtype": dtype, "output": arr(o((2, 2), dtype=dtype))})
            except Exception as e:
                left_out(f"{type(o).__name__} {dtype}", e)

    def fans(shape, ia=None, oa=None):
        if ia is not None and oa is not None:
            return math.prod(shape[a] for a in ia), math.prod(shape[a] for a in oa)
        if len(shape) == 1:
            return shape[0], shape[0]
        field = math.prod(shape[:-2])
        return shape[-2] * field, shape[-1] * field

    cut = 0.87962566103423978  # standard deviation of a standard normal cut off at 2

    def theory(c, shape):
        """The distribution that the class's rules ask for."""
        k, cfg = c["class_name"], c["config"]
        if k == "RandomUniform":
            return uniform_theory(cfg["minval"], cfg["maxval"])
        if k == "RandomNormal":
            return {"distribution": "normal", "mean": cfg["mean"], "std": cfg["stddev"]}
        if k == "TruncatedNormal":
            m, sd = cfg["mean"], cfg["stddev"]
            return {"distribution": "truncated_normal", "mean": m, "std": sd * cut, "untruncated_std": sd,
                    "min": m - 2 * sd, "max": m + 2 * sd}
        scale, mode, dist = {
            "GlorotUniform": (1.0, "fan_avg", "uniform"), "GlorotNormal": (1.0, "fan_avg", "truncated_normal"),
            "HeUniform": (2.0, "fan_in", "uniform"), "HeNormal": (2.0, "fan_in", "truncated_normal"),
            "LecunUniform": (1.0, "fan_in", "uniform"), "LecunNormal": (1.0, "fan_in", "truncated_normal"),
        }.get(k) or (cfg["scale"], cfg["mode"], cfg["distribution"])
        fan_in, fan_out = fans(shape, cfg.get("input_axes"), cfg.get("output_axes"))
        scale /= max(1.0, {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode])
        f = {"fan_in": fan_in, "fan_out": fan_out}
        if dist == "uniform":
            limit = math.sqrt(3 * scale)
            return {**uniform_theory(-limit, limit), **f}
        sd = math.sqrt(scale)
        if dist == "untruncated_normal":
            return {"distribution": "normal", "mean": 0.0, "std": sd, **f}
        return {"distribution": "truncated_normal", "mean": 0.0, "std": sd, "untruncated_std": sd / cut,
                "min": -2 * sd / cut, "max": 2 * sd / cut, **f}

    def uniform_theory(low, high):
        return {"distribution": "uniform", "mean": (low + high) / 2, "std": (high - low) / math.sqrt(12), "min": low, "max": high}

    makers = [
        lambda: I.RandomNormal(seed=1), lambda: I.RandomNormal(mean=0.5, stddev=2.0, seed=2),
        lambda: I.TruncatedNormal(seed=3), lambda: I.TruncatedNormal(mean=-1.0, stddev=0.5, seed=4),
        lambda: I.RandomUniform(seed=5), lambda: I.RandomUniform(minval=0.25, maxval=1.5, seed=6),
        lambda: I.GlorotUniform(seed=7), lambda: I.GlorotNormal(seed=8), lambda: I.HeUniform(seed=9), lambda: I.HeNormal(seed=10),
        lambda: I.LecunUniform(seed=11), lambda: I.LecunNormal(seed=12), lambda: I.VarianceScaling(seed=13),
        lambda: I.VarianceScaling(scale=2.5, mode="fan_out", distribution="uniform", seed=14),
        lambda: I.VarianceScaling(scale=0.5, mode="fan_avg", distribution="untruncated_normal", seed=15),
        lambda: I.VarianceScaling(scale=3.0, mode="fan_out", distribution="normal", seed=16),
        lambda: I.GlorotUniform(seed=17, input_axes=[0], output_axes=[1]),
    ]
    for make in makers:
        for shape in shapes:
            o = make()
            try:
                c = obj(o)
                case = {"object": c, "shape": list(shape), "theory": theory(c, shape)}
                v = np.asarray(o(shape)).astype("float64")
                t = case["theory"]
                if "min" in t:
                    assert v.min() >= t["min"] - 1e-6 and v.max() <= t["max"] + 1e-6, (c, shape)
                if v.size >= 50000:
                    case["observed"] = {"count": int(v.size), "mean": v.mean(), "std": v.std(), "min": v.min(), "max": v.max()}
                    assert abs(v.std() / t["std"] - 1) < 0.02, (c, shape, v.std(), t)
                random.append(clean(case))
            except Exception as e:
                left_out(f"{type(o).__name__} {shape}", e)
    for make in (lambda: I.Orthogonal(seed=21), lambda: I.Orthogonal(gain=1.5, seed=22)):
        for shape in [(7, 5), (5, 7), (4, 4), (3, 3, 4, 8), (2, 2, 2, 12), (12,)]:
            o = make()
            try:
                v = np.asarray(o(shape)).astype("float64")
                m = v.reshape(-1, shape[-1])
                tall = m.shape[0] >= m.shape[1]
                gram = m.T @ m if tall else m @ m.T
                orthogonal.append(clean({
                    "object": obj(o), "shape": list(shape), "matrix": list(m.shape), "orthonormal": "columns" if tall else "rows",
                    "gram_diagonal": o.gain**2, "largest_gram_error": float(np.abs(gram - o.gain**2 * np.eye(len(gram))).max()),
                }))
            except Exception as e:
                left_out(f"Orthogonal {shape}", e)
    write("initializers", {"deterministic": deterministic, "random": random, "orthogonal": orthogonal})
