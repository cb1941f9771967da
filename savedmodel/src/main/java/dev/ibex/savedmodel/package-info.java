/** TensorFlow's SavedModels and checkpoints: writing, reading, calling, training on. */
@NullMarked
package dev.ibex.savedmodel;

import org.jspecify.annotations.NullMarked;
