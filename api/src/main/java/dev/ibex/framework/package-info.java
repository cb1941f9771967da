/** Objects of TensorFlow's Java framework as parts of a model. */
@NullMarked
package dev.ibex.framework;

import org.jspecify.annotations.NullMarked;
