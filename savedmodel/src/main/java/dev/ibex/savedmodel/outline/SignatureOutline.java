package dev.ibex.savedmodel.outline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.SignatureDef;

/**
 * A function that programs call by name.
 *
 * @param method what TensorFlow Serving calls its kind; may be empty
 */
public record SignatureOutline(
    String name, String method, List<TensorOutline> inputs, List<TensorOutline> outputs) {
  static List<SignatureOutline> all(Map<String, SignatureDef> signatures) {
    return new TreeMap<>(signatures)
        .entrySet().stream()
            .map(
                e ->
                    new SignatureOutline(
                        e.getKey(),
                        e.getValue().getMethodName(),
                        TensorOutline.all(e.getValue().getInputsMap()),
                        TensorOutline.all(e.getValue().getOutputsMap())))
            .toList();
  }
}
