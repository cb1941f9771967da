/**
 * What the operations of {@code keras.ops} compute, as nodes of functional models: one row each, in
 * a file for each kind. Reached from outside through {@link dev.ibex.core.OperationTable} only.
 */
@NullMarked
package dev.ibex.ops;

import org.jspecify.annotations.NullMarked;
