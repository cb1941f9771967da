package dev.ibex.savedmodel.bundle;

import dev.ibex.core.TensorSpec;
import org.tensorflow.Operand;

/**
 * An input or output of a signature.
 *
 * @param name how callers name it
 * @param tensor the tensor of the graph
 * @param spec its element type and shape
 */
public record NamedTensor(String name, Operand<?> tensor, TensorSpec spec) {}
