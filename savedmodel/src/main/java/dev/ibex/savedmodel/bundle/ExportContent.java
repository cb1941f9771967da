package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFunction;
import dev.ibex.core.Variable;
import java.util.List;
import java.util.Map;

/**
 * What a SavedModel is made of.
 *
 * @param call the function that Python calls the model by
 * @param training the same as layers do it in training
 * @param signatures the functions that programs call by name
 * @param variables the model's own variables
 * @param optimizer those of its optimizer, so far as functions need them
 * @param extra files that TensorFlow passes over, by their paths below {@code assets.extra}
 */
public record ExportContent(
    ModelFunction call,
    ModelFunction training,
    Map<String, ModelFunction> signatures,
    List<Variable> variables,
    List<Variable> optimizer,
    Map<String, byte[]> extra) {}
