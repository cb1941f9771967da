/** Keras's optimizers, one class each. */
@NullMarked
package dev.ibex.optimizers;

import org.jspecify.annotations.NullMarked;
