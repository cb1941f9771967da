/** Keras's metrics, one class each. */
@NullMarked
package dev.ibex.metrics;

import org.jspecify.annotations.NullMarked;
