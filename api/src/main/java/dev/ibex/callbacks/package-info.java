/** What happens during a training beside it: showing its course, ending it early. */
@NullMarked
package dev.ibex.callbacks;

import org.jspecify.annotations.NullMarked;
