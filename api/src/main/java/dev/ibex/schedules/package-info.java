/** Learning rates that change with the step. */
@NullMarked
package dev.ibex.schedules;

import org.jspecify.annotations.NullMarked;
