/** Replays cases that Python Keras wrote. */
@NullMarked
package dev.ibex.tests.conformance;

import org.jspecify.annotations.NullMarked;
