/** What is in a SavedModel, told without running it. */
@NullMarked
package dev.ibex.savedmodel.outline;

import org.jspecify.annotations.NullMarked;
