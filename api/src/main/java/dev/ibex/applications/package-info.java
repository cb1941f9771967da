/** Layers that {@code keras.applications} has of its own, so that files with its networks load. */
@NullMarked
package dev.ibex.applications;

import org.jspecify.annotations.NullMarked;
