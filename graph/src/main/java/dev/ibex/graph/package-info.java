/**
 * TensorFlow plumbing without a word of the model API: heap arrays, sessions, resource variables,
 * callable functions, gradients, stateless random numbers, checkpoints and devices.
 *
 * <p>Classes that own native memory are {@link AutoCloseable}; everything else is plain Java.
 */
@NullMarked
package dev.ibex.graph;

import org.jspecify.annotations.NullMarked;
