"""Training steps of one's own: a GAN of two optimizers, and one with a gradient penalty."""

from common import arr, clean, f32, fresh, normal, obj, random_weights, write  # first: it sets the environment

import keras
import tensorflow as tf
from keras import layers, losses, optimizers


def networks(rng):
    generator = keras.Sequential(
        [keras.Input((3,)), layers.Dense(5, activation="tanh", name="hidden"), layers.Dense(2, name="out")], name="generator")
    discriminator = keras.Sequential(
        [keras.Input((2,)), layers.Dense(6, activation="leaky_relu", kernel_regularizer="l2", name="hidden"),
         layers.Dense(1, name="out")], name="discriminator")
    for model in (generator, discriminator):
        model.set_weights(random_weights(rng, model.weights))
    return generator, discriminator


def gan(name, d_optimizer, g_optimizer, penalty):
    """Each step trains the discriminator, then the generator against the discriminator as it is by then."""
    rng = fresh(name)
    generator, discriminator = networks(rng)
    case = {"name": name, "d_optimizer": obj(d_optimizer), "g_optimizer": obj(g_optimizer), "penalty": penalty,
            "generator": clean(generator.get_config()), "discriminator": clean(discriminator.get_config()),
            "weights": {m.name: [arr(w) for w in m.get_weights()] for m in (generator, discriminator)}}
    loss = losses.BinaryCrossentropy(from_logits=True)
    real, noise, other = normal(rng, 12, 2), normal(rng, 12, 3), normal(rng, 12, 3)
    case.update(real=arr(real), noise=arr(noise), other=arr(other))
    logs = []
    for epoch in range(2):
        sums = [0.0, 0.0]
        for start in (0, 4, 8):
            x, z, z2 = (tf.constant(a[start:start + 4]) for a in (real, noise, other))
            with tf.GradientTape() as tape:
                fake = generator(z)
                yes, no = discriminator(x), discriminator(fake)
                d_loss = loss(tf.ones_like(yes), yes) + loss(tf.zeros_like(no), no) + sum(discriminator.losses)
                if penalty:
                    between = 0.5 * x + 0.5 * fake
                    with tf.GradientTape() as inner:
                        inner.watch(between)
                        judged = discriminator(between)
                    slope = inner.gradient(judged, between)
                    norm = tf.sqrt(tf.reduce_sum(tf.square(slope), axis=1))
                    d_loss += penalty * tf.reduce_mean(tf.square(norm - 1.0))
            d_optimizer.apply(tape.gradient(d_loss, discriminator.trainable_weights), discriminator.trainable_weights)
            with tf.GradientTape() as tape:
                verdict = discriminator(generator(z2))
                g_loss = loss(tf.ones_like(verdict), verdict)
            g_optimizer.apply(tape.gradient(g_loss, generator.trainable_weights), generator.trainable_weights)
            sums = [sums[0] + float(d_loss), sums[1] + float(g_loss)]
        logs.append([f32(s / 3) for s in sums])
    for optimizer, model in ((d_optimizer, discriminator), (g_optimizer, generator)):
        optimizer.finalize_variable_values(model.trainable_weights)  # as fit does at its end
    case["logs"] = logs
    case["weights_after"] = {m.name: [arr(w) for w in m.get_weights()] for m in (generator, discriminator)}
    return case


def custom_steps():
    write("custom_steps", [
        gan("gan", optimizers.Adam(0.05), optimizers.SGD(0.1, momentum=0.5), 0),
        gan("gan with clipped and averaged weights", optimizers.RMSprop(0.02, clipnorm=0.5), optimizers.Adam(0.03, use_ema=True, ema_momentum=0.7), 0),
        gan("gan with gradient penalty", optimizers.Adam(0.05), optimizers.Adam(0.05), 2.0),
    ])
