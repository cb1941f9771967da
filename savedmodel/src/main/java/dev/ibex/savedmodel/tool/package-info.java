/** The command line tool {@code ibex}: model files inspected, converted, compared and run. */
@NullMarked
package dev.ibex.savedmodel.tool;

import org.jspecify.annotations.NullMarked;
