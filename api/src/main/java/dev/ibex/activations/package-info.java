/** Activation functions by Keras's names. */
@NullMarked
package dev.ibex.activations;

import org.jspecify.annotations.NullMarked;
