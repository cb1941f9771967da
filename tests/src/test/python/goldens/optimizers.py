"""Optimizers over some steps."""

from common import arr, fresh, left_out, normal, number, obj, write  # first: it sets the environment

import keras
import numpy as np
import tensorflow as tf
from keras import optimizers


def optimizers_section():
    O = optimizers  # noqa: E741
    cases = []

    def add(name, make, shapes=((3, 2), (2,)), set_rate=True, rated=True, exclude=None, infinite=None, scale=1.0, steps=4):
        rng = fresh("optimizer " + name)
        try:
            o = make()
            if exclude:
                o.exclude_from_weight_decay(var_names=exclude)
            values = [normal(rng, *s) for s in shapes]
            names = ("kernel", "bias", "other")
            variables = [keras.Variable(v, name=n) for v, n in zip(values, names)]
            o.build(variables)
            case = {"name": name, "object": obj(o), "variable_names": [v.path for v in variables],
                    "variables": [arr(v) for v in values]}
            if exclude:
                case["exclude_from_weight_decay"] = exclude
            rates, gradients, outputs = [], [], []
            base = float(np.float32(o.learning_rate)) if set_rate else None
            for step in range(steps):
                if set_rate:
                    o.learning_rate = round(base * (1.0, 0.5, 2.0, 0.25)[step % 4], 9)
                if rated:
                    rates.append(number(np.float32(o.learning_rate), "float32"))
                g = [np.round(normal(rng, *s, digits=3) * scale, 3).astype("float32") for s in shapes]
                if infinite == step:
                    g[0][0, 0] = np.inf
                gradients.append([arr(v) for v in g])
                o.apply([tf.convert_to_tensor(v) for v in g], variables)
                outputs.append([arr(v.numpy()) for v in variables])
            if rated:
                case["learning_rates"] = rates
            case["set_learning_rate"] = set_rate
            case["gradients"] = gradients
            case["outputs"] = outputs
            case["state_names"] = [v.path for v in o.variables]
            case["state"] = [arr(v.numpy()) for v in o.variables]
            cases.append(case)
        except Exception as e:
            left_out("optimizer " + name, e)

    add("SGD", lambda: O.SGD(0.1))
    add("SGD default", lambda: O.SGD())
    add("SGD momentum", lambda: O.SGD(0.1, momentum=0.9))
    add("SGD nesterov", lambda: O.SGD(0.1, momentum=0.8, nesterov=True))
    add("SGD weight_decay", lambda: O.SGD(0.1, weight_decay=0.05))
    add("SGD weight_decay excluded", lambda: O.SGD(0.1, momentum=0.5, weight_decay=0.05), exclude=["bias"])
    add("SGD clipnorm", lambda: O.SGD(0.1, clipnorm=0.7))
    add("SGD clipvalue", lambda: O.SGD(0.1, clipvalue=0.4))
    add("SGD global_clipnorm", lambda: O.SGD(0.1, momentum=0.9, global_clipnorm=0.9))
    add("SGD ema", lambda: O.SGD(0.1, use_ema=True, ema_momentum=0.8))
    add("SGD ema overwrite", lambda: O.SGD(0.1, use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=3))
    add("SGD accumulation", lambda: O.SGD(0.1, momentum=0.9, gradient_accumulation_steps=2))
    add("SGD schedule", lambda: O.SGD(O.schedules.ExponentialDecay(0.2, 2, 0.5), momentum=0.9), set_rate=False)
    add("SGD loss_scale_factor", lambda: O.SGD(0.1, loss_scale_factor=8.0), scale=8.0)
    add("Adam", lambda: O.Adam())
    add("Adam amsgrad", lambda: O.Adam(0.01, amsgrad=True))
    add("Adam weight_decay", lambda: O.Adam(0.01, weight_decay=0.1))
    add("Adam betas", lambda: O.Adam(0.05, beta_1=0.7, beta_2=0.9, epsilon=1e-3))
    add("Adam clipnorm", lambda: O.Adam(0.02, clipnorm=0.5))
    add("Adam ema accumulation", lambda: O.Adam(0.02, use_ema=True, ema_momentum=0.9, gradient_accumulation_steps=2))
    add("Adam schedule", lambda: O.Adam(O.schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.05, 0.01])), set_rate=False)
    add("AdamW", lambda: O.AdamW())
    add("AdamW other", lambda: O.AdamW(0.02, weight_decay=0.2, beta_1=0.8, amsgrad=True))
    add("AdamW excluded", lambda: O.AdamW(0.02, weight_decay=0.2), exclude=["bias"])
    add("Adamax", lambda: O.Adamax())
    add("Adamax other", lambda: O.Adamax(0.02, beta_1=0.8, beta_2=0.9, epsilon=1e-3, weight_decay=0.1))
    add("Nadam", lambda: O.Nadam())
    add("Nadam other", lambda: O.Nadam(0.02, beta_1=0.8, beta_2=0.9, epsilon=1e-3))
    add("RMSprop", lambda: O.RMSprop())
    add("RMSprop momentum", lambda: O.RMSprop(0.02, rho=0.8, momentum=0.5, epsilon=1e-3))
    add("RMSprop centered", lambda: O.RMSprop(0.02, centered=True, momentum=0.3, weight_decay=0.1))
    add("Adagrad", lambda: O.Adagrad())
    add("Adagrad other", lambda: O.Adagrad(0.1, initial_accumulator_value=0.5, epsilon=1e-3))
    add("Adadelta", lambda: O.Adadelta())
    add("Adadelta other", lambda: O.Adadelta(0.5, rho=0.8, epsilon=1e-3))
    add("Adafactor", lambda: O.Adafactor())
    add("Adafactor other", lambda: O.Adafactor(0.1, beta_2_decay=-0.5, clip_threshold=0.5, relative_step=False))
    add("Adafactor rank 3", lambda: O.Adafactor(0.05, weight_decay=0.05), shapes=((2, 3, 2), (4,)))
    add("Ftrl", lambda: O.Ftrl())
    add("Ftrl other", lambda: O.Ftrl(0.1, learning_rate_power=-0.7, initial_accumulator_value=0.2,
                                     l1_regularization_strength=0.05, l2_regularization_strength=0.1,
                                     l2_shrinkage_regularization_strength=0.02, beta=0.1))
    add("Lion", lambda: O.Lion())
    add("Lion other", lambda: O.Lion(0.02, beta_1=0.7, beta_2=0.8, weight_decay=0.1))
    add("Lamb", lambda: O.Lamb())
    add("Lamb other", lambda: O.Lamb(0.05, beta_1=0.8, beta_2=0.9, epsilon=1e-3, weight_decay=0.05))
    add("Muon", lambda: O.Muon(), shapes=((3, 2), (2,)))
    add("Muon other", lambda: O.Muon(0.02, momentum=0.8, nesterov=False, ns_steps=3, rms_rate=None, adam_lr_ratio=0.5,
                                     weight_decay=0.1), shapes=((2, 3), (3,)))
    add("Muon excluded", lambda: O.Muon(0.02, exclude_layers=["kernel"]))
    add("ScheduleFreeAdamW", lambda: O.ScheduleFreeAdamW())
    add("ScheduleFreeAdamW other", lambda: O.ScheduleFreeAdamW(0.05, beta_1=0.8, beta_2=0.9, warmup_steps=3, weight_decay=0.1))
    add("LossScaleOptimizer", lambda: O.LossScaleOptimizer(O.SGD(0.1, momentum=0.9)), scale=32768.0)
    add("LossScaleOptimizer other", lambda: O.LossScaleOptimizer(O.Adam(0.1), initial_scale=8.0, dynamic_growth_steps=2),
        scale=8.0, infinite=1, steps=5)
    add("MultiOptimizer", lambda: O.MultiOptimizer(O.OptimizerMap(O.SGD(0.1), {"bias": O.Adam(0.05)})),
        set_rate=False, rated=False)
    write("optimizers", cases)
