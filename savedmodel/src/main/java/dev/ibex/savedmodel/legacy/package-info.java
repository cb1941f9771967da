/** Keras 2's {@code .h5} files, which Keras 3 still reads and writes. */
@NullMarked
package dev.ibex.savedmodel.legacy;

import org.jspecify.annotations.NullMarked;
