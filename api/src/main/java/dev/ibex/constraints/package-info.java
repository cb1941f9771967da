/** Projections that weights go through after each update. */
@NullMarked
package dev.ibex.constraints;

import org.jspecify.annotations.NullMarked;
