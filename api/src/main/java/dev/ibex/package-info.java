/**
 * Models: describing, compiling, training, evaluating, predicting, saving weights.
 *
 * <p>Start at {@link dev.ibex.Sequential} or {@link dev.ibex.Model}.
 */
@NullMarked
package dev.ibex;

import org.jspecify.annotations.NullMarked;
