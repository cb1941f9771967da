/** Runnable examples, one class each. */
@NullMarked
package dev.ibex.examples;

import org.jspecify.annotations.NullMarked;
