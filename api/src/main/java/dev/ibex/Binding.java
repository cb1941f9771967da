package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * Data in the order and the types of one model's inputs and outputs, checked.
 *
 * @param inputs one array for each input
 * @param targets for each output its target, if it has one
 * @param weights for each output its sample weights, if it has them
 */
record Binding(List<Array> inputs, List<Optional<Array>> targets, List<Optional<Array>> weights) {

  /** Returns the number of samples. */
  int samples() {
    return inputs.get(0).rows();
  }

  /** Returns all arrays: inputs, then targets, then weights. */
  List<Array> arrays() {
    List<Array> all = new ArrayList<>(inputs);
    targets.forEach(t -> t.ifPresent(all::add));
    weights.forEach(w -> w.ifPresent(all::add));
    return all;
  }

  /** Returns what a function must be emitted for: types and shapes without the batch axis. */
  String signature() {
    StringBuilder s = new StringBuilder();
    targets.forEach(t -> s.append(sort(t)));
    weights.forEach(t -> s.append(sort(t)));
    return s.toString();
  }

  private static String sort(Optional<Array> a) {
    return a.map(x -> x.dtype() + TensorSpec.text(x.shape().tail()) + ";").orElse("-;");
  }

  /**
   * Matches data to a model.
   *
   * @param lossOutputs the outputs that need a target, by position; none for a prediction
   * @throws IllegalArgumentException if a name is missing or too much, lengths or shapes differ, or
   *     a type would lose; the text names the array
   */
  static Binding of(Model model, Data data, List<Boolean> lossOutputs) {
    List<String> inputNames = model.inputNames();
    List<String> outputNames = model.outputNames();
    List<Array> inputs = new ArrayList<>();
    checkNames("input", data.inputs(), inputNames);
    for (int i = 0; i < inputNames.size(); i++) {
      String name = inputNames.get(i);
      Array a =
          find(data.inputs(), name, inputNames.size())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "input \""
                              + name
                              + "\" is missing; the data has "
                              + data.inputs().keySet()));
      inputs.add(convert("input \"" + name + "\"", a, model.inputs().get(i).spec()));
    }
    List<Optional<Array>> targets = new ArrayList<>();
    List<Optional<Array>> weights = new ArrayList<>();
    boolean wanted = lossOutputs.contains(true);
    if (wanted) {
      checkNames("target", data.targets(), outputNames);
      checkNames("weight", data.weights(), outputNames);
    }
    for (int i = 0; i < outputNames.size(); i++) {
      String name = outputNames.get(i);
      Optional<Array> y =
          wanted ? find(data.targets(), name, outputNames.size()) : Optional.empty();
      Check.that(
          y.isPresent() || !lossOutputs.get(i),
          "target \"%s\" is missing: the output has a loss or metrics; the data has the targets %s",
          name,
          data.targets().keySet());
      y.ifPresent(
          a ->
              Check.that(
                  a.dtype() != DType.STRING,
                  "target \"%s\": text cannot be learned from; map each class to a number from 0",
                  name));
      targets.add(
          y.map(a -> a.dtype() == DType.FLOAT64 ? a.cast(DType.FLOAT32) : a)
              .filter(a -> lossOutputs.contains(true)));
      weights.add(
          wanted
              ? find(data.weights(), name, outputNames.size()).map(w -> w.cast(DType.FLOAT32))
              : Optional.empty());
    }
    Binding binding = new Binding(inputs, targets, weights);
    binding.checkLengths(inputNames, outputNames);
    return binding;
  }

  private static Optional<Array> find(Map<String, Array> map, String name, int count) {
    Array a = map.get(name);
    if (a == null && count == 1) {
      a = map.get(Data.ONLY);
    }
    return Optional.ofNullable(a);
  }

  private static void checkNames(String what, Map<String, Array> map, List<String> names) {
    Set<String> unknown = new LinkedHashSet<>(map.keySet());
    unknown.removeAll(names);
    if (names.size() == 1) {
      unknown.remove(Data.ONLY);
    }
    Check.that(
        unknown.isEmpty(),
        "%s: the model has %s, but the data names %s",
        what,
        names,
        unknown.contains(Data.ONLY) ? "none of them" : unknown);
  }

  private void checkLengths(List<String> inputNames, List<String> outputNames) {
    int n = samples();
    Check.that(n > 0, "input \"%s\": the data is empty", inputNames.get(0));
    for (int i = 1; i < inputs.size(); i++) {
      same("input", inputNames.get(i), inputs.get(i), n, inputNames.get(0));
    }
    for (int i = 0; i < outputNames.size(); i++) {
      String name = outputNames.get(i);
      targets.get(i).ifPresent(a -> same("target", name, a, n, inputNames.get(0)));
      weights.get(i).ifPresent(a -> same("weight", name, a, n, inputNames.get(0)));
    }
  }

  private static void same(String what, String name, Array a, int n, String first) {
    Check.that(
        a.shape().numDimensions() > 0 && a.rows() == n,
        "%s \"%s\": has %d samples, but input \"%s\" has %d",
        what,
        name,
        a.shape().numDimensions() == 0 ? 1 : a.rows(),
        first,
        n);
  }

  /** Returns the array in the type of an input, if nothing is lost. */
  private static Array convert(String what, Array a, TensorSpec spec) {
    Shape shape = a.shape();
    if (shape.numDimensions() == spec.rank() - 1 && spec.shape().get(spec.rank() - 1) == 1) {
      a = a.reshape(shape.append(1)); // Keras adds a last axis of one
    }
    Check.that(
        NetworkLayer.fits(a.shape(), spec.shape()),
        "%s: expected the shape %s, got %s",
        what,
        TensorSpec.text(spec.shape()),
        TensorSpec.text(shape));
    DType to = spec.dtype();
    if (a.dtype() == to || (a.dtype() == DType.FLOAT64 && to.isFloating())) {
      return a.cast(to);
    }
    Check.that(
        a.dtype() != DType.STRING && to != DType.STRING,
        "%s: expected %s, got %s",
        what,
        to.lowerName(),
        a.dtype().lowerName());
    Array cast = a.cast(to);
    if (to == DType.FLOAT16 || to == DType.BFLOAT16) {
      return cast; // the rounding is what the model asked for
    }
    for (int i = 0; i < a.size(); i++) {
      Check.that(
          cast.number(i) == a.number(i) || Double.isNaN(a.number(i)),
          "%s: %s would become %s as %s; convert it yourself if that is meant",
          what,
          a.number(i),
          cast.number(i),
          to.lowerName());
    }
    return cast;
  }
}
