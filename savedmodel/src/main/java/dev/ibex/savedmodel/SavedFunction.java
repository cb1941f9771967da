package dev.ibex.savedmodel;

import dev.ibex.Data;
import dev.ibex.Prediction;
import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import dev.ibex.graph.NativeException;
import dev.ibex.savedmodel.bundle.CallableSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A function of a {@link LoadedModel}, with names for what it takes and returns. May change the
 * model's variables. Safe for use by several threads; ends with its model.
 */
public final class SavedFunction {
  private final LoadedModel model;
  private final CallableSignature callable;
  private final Signature signature;

  SavedFunction(LoadedModel model, CallableSignature callable) {
    this.model = model;
    this.callable = callable;
    this.signature = Signature.of(callable);
  }

  /** Returns what the function takes and returns. */
  public Signature signature() {
    return signature;
  }

  /**
   * Computes the outputs for the only input.
   *
   * @throws IllegalArgumentException as {@link #call(Map)}
   * @throws IllegalStateException if the model is closed
   */
  public Prediction call(Array x) {
    return call(Data.of(x));
  }

  /**
   * Computes the outputs for the inputs of data, all at once. Targets and weights that are named go
   * along where the signature has inputs of their names, {@code OUTPUT} and {@code OUTPUT_weight},
   * as {@link ExportSignature#training} calls them. A stream is computed batch by batch, and the
   * outputs joined along their first axes.
   *
   * @throws IllegalArgumentException as {@link #call(Map)}, or if what batches give cannot be
   *     joined
   * @throws IllegalStateException if the model is closed
   */
  public Prediction call(Data data) {
    if (data.stream().isEmpty()) {
      return call(arguments(data));
    }
    List<Prediction> parts = new ArrayList<>();
    try (Stream<Data> batches = data.stream().get().get()) {
      batches.sequential().forEach(d -> parts.add(call(d)));
    }
    Check.that(!parts.isEmpty(), "data: the stream of batches is empty");
    Map<String, Array> joined = new LinkedHashMap<>();
    signature.outputs().keySet().forEach(name -> joined.put(name, join(name, parts)));
    return Prediction.of(joined);
  }

  private Map<String, Array> arguments(Data data) {
    Map<String, Array> all = new LinkedHashMap<>(data.inputs());
    data.targets().forEach((name, a) -> putIfTaken(all, name, a));
    data.weights().forEach((name, a) -> putIfTaken(all, name + "_weight", a));
    return all;
  }

  private void putIfTaken(Map<String, Array> all, String name, Array array) {
    if (signature.inputs().containsKey(name)) {
      all.putIfAbsent(name, array);
    }
  }

  private static Array join(String output, List<Prediction> parts) {
    try {
      return Array.concat(parts.stream().map(p -> p.get(output)).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "output \"" + output + "\": what batches give cannot be joined: " + e.getMessage(), e);
    }
  }

  /**
   * Computes the outputs.
   *
   * @param inputs arrays by the signature's names; the only one may be under the empty text.
   *     Element types are converted where nothing is lost; floating numbers may be rounded to
   *     shorter floating ones
   * @throws IllegalArgumentException if a name is missing or too much, a shape does not fit or a
   *     conversion would lose; the text names the input, what was expected and what came
   * @throws IllegalStateException if the model is closed
   * @throws NativeException if TensorFlow reports an error while it computes
   */
  public Prediction call(Map<String, Array> inputs) {
    List<Array> arrays = Inputs.match(signature, inputs);
    List<Array> computed = model.whileOpen(() -> callable.call(arrays));
    Map<String, Array> outputs = new LinkedHashMap<>();
    int i = 0;
    for (String name : signature.outputs().keySet()) {
      outputs.put(name, computed.get(i++));
    }
    return Prediction.of(outputs);
  }

  @Override
  public String toString() {
    return signature.toString();
  }
}
