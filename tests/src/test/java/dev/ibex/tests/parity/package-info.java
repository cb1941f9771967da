/** Values of Ibex against those of Python Keras, from the golden files. */
@NullMarked
package dev.ibex.tests.parity;

import org.jspecify.annotations.NullMarked;
