/** Keras's losses, one class each. */
@NullMarked
package dev.ibex.losses;

import org.jspecify.annotations.NullMarked;
