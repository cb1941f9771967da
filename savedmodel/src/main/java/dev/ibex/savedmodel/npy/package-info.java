/** NumPy's array files. */
@NullMarked
package dev.ibex.savedmodel.npy;

import org.jspecify.annotations.NullMarked;
