/** Keras's {@code .keras} archives. */
@NullMarked
package dev.ibex.savedmodel.keras;

import org.jspecify.annotations.NullMarked;
