/** Weights of files and of models, matched. */
@NullMarked
package dev.ibex.savedmodel.weights;

import org.jspecify.annotations.NullMarked;
