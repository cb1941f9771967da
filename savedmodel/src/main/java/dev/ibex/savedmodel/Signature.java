package dev.ibex.savedmodel;

import dev.ibex.core.TensorSpec;
import dev.ibex.savedmodel.bundle.CallableSignature;
import dev.ibex.savedmodel.bundle.NamedTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function of a SavedModel takes and returns.
 *
 * @param name by which it is called, such as {@code serving_default}
 * @param inputs element types and shapes by name, in the graph's order; -1 where a shape is not
 *     fixed, {@link org.tensorflow.ndarray.Shape#unknown()} where not even the rank is
 * @param outputs as inputs
 * @param methodName what TensorFlow Serving calls its kind; often {@code
 *     tensorflow/serving/predict}, may be empty
 */
public record Signature(
    String name,
    Map<String, TensorSpec> inputs,
    Map<String, TensorSpec> outputs,
    String methodName) {
  static Signature of(CallableSignature s) {
    return new Signature(s.name(), specs(s.inputs()), specs(s.outputs()), s.method());
  }

  private static Map<String, TensorSpec> specs(List<NamedTensor> tensors) {
    Map<String, TensorSpec> specs = new LinkedHashMap<>();
    tensors.forEach(t -> specs.put(t.name(), t.spec()));
    return Collections.unmodifiableMap(specs);
  }

  /** Returns name, inputs and outputs, such as {@code f(x: float32(?, 4)) -> y: float32(?, 3)}. */
  @Override
  public String toString() {
    return name + "(" + text(inputs) + ") -> " + text(outputs);
  }

  private static String text(Map<String, TensorSpec> specs) {
    return String.join(
        ", ", specs.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
  }
}
