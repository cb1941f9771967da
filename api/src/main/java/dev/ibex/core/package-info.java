/**
 * The contracts that layers, losses, metrics, optimizers and models are written against, and the
 * functional graph that joins layers into models.
 *
 * <p>Nothing here opens a session: describing a model needs no native library.
 */
@NullMarked
package dev.ibex.core;

import org.jspecify.annotations.NullMarked;
