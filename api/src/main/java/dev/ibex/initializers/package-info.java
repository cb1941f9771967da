/** First values of weights. */
@NullMarked
package dev.ibex.initializers;

import org.jspecify.annotations.NullMarked;
