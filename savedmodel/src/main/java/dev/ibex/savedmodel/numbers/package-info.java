/** Numbers that Java has no type for. */
@NullMarked
package dev.ibex.savedmodel.numbers;

import org.jspecify.annotations.NullMarked;
