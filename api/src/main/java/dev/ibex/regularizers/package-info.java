/** Penalties on weights and outputs. */
@NullMarked
package dev.ibex.regularizers;

import org.jspecify.annotations.NullMarked;
