package dev.ibex;

import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.FunctionDef;

/**
 * A function of a model as TensorFlow defines functions: what formats that hold graphs write.
 *
 * @param definition the function; its arguments are the inputs and then the variables' handles
 * @param library the functions that it calls in turn
 * @param inputs names, types and shapes of the inputs, in order; the first axis is any size
 * @param outputs those of the outputs
 * @param variables the variables that it reads or changes, in the order of its arguments
 */
public record ModelFunction(
    FunctionDef definition,
    List<FunctionDef> library,
    Map<String, TensorSpec> inputs,
    Map<String, TensorSpec> outputs,
    List<Variable> variables) {
  /** Copies what it is given. */
  public ModelFunction {
    library = List.copyOf(library);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    variables = List.copyOf(variables);
  }

  /** Returns the function with what a model says of its outputs, which may be more. */
  ModelFunction withOutputs(Map<String, TensorSpec> described) {
    return new ModelFunction(definition, library, inputs, described, variables);
  }
}
