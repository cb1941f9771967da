/** The layers, one class each, with the names and arguments they have in Keras. */
@NullMarked
package dev.ibex.layers;

import org.jspecify.annotations.NullMarked;
