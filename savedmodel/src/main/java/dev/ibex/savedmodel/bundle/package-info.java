/** What a SavedModel directory is made of. */
@NullMarked
package dev.ibex.savedmodel.bundle;

import org.jspecify.annotations.NullMarked;
