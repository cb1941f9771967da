/** Python's pickles, taken apart without running anything. */
@NullMarked
package dev.ibex.savedmodel.pickle;

import org.jspecify.annotations.NullMarked;
