/** Checkpoints of objects: their files, their graphs of objects, and models in them. */
@NullMarked
package dev.ibex.savedmodel.checkpoint;

import org.jspecify.annotations.NullMarked;
