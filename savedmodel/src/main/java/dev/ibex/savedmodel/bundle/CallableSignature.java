package dev.ibex.savedmodel.bundle;

import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.NativeException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/**
 * A signature of an opened model, from names to tensors. Safe for use by several threads.
 *
 * @param name its key in the file
 * @param method what TensorFlow Serving calls its kind
 * @param inputs in the order of the graph
 * @param outputs in the order of the graph
 * @param function computes the outputs
 */
public record CallableSignature(
    String name,
    String method,
    List<NamedTensor> inputs,
    List<NamedTensor> outputs,
    GraphFunction function) {
  /**
   * Computes the outputs.
   *
   * @param arrays of the inputs' types and shapes, in their order
   * @throws NativeException if TensorFlow reports an error
   */
  public List<Array> call(List<Array> arrays) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      arrays.forEach(a -> tensors.add(a.toTensor()));
      try (Result result = function.run(tensors)) {
        List<Array> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
          values.add(Array.of(result.get(i)));
        }
        return values;
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
