package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Exact;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Data in the order and the types of one model's inputs and outputs, checked.
 *
 * @param inputs one array for each input
 * @param targets for each output its target, if it has one
 * @param weights for each output its sample weights, if it has them
 * @param names the names of the inputs, where a step of the user's own takes them; else none
 */
record Binding(
    List<Array> inputs,
    List<Optional<Array>> targets,
    List<Optional<Array>> weights,
    List<String> names) {

  /** Creates data for the inputs that a model declares. */
  Binding(List<Array> inputs, List<Optional<Array>> targets, List<Optional<Array>> weights) {
    this(inputs, targets, weights, List.of());
  }

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
    for (int i = 0; i < names.size(); i++) {
      s.append(names.get(i)).append(' ').append(sort(Optional.of(inputs.get(i))));
    }
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
    List<String> outputNames = model.outputNames();
    List<Array> inputs = inputs(model, data);
    checkNames("target", data.targets(), outputNames);
    checkNames("weight", data.weights(), outputNames);
    List<Optional<Array>> targets = new ArrayList<>();
    List<Optional<Array>> weights = new ArrayList<>();
    for (int i = 0; i < outputNames.size(); i++) {
      String name = outputNames.get(i);
      Optional<Array> y = find(data.targets(), name, outputNames.size());
      Check.that(
          y.isPresent() || !lossOutputs.get(i),
          "target \"%s\" is missing: the output has a loss or metrics; the data has the targets %s",
          name,
          data.targets().keySet());
      Check.that(
          y.isEmpty() || y.get().dtype() != DType.STRING,
          "target \"%s\": text cannot be learned from; map each class to a number from 0",
          name);
      y.filter(a -> !a.dtype().isFloating())
          .ifPresent(a -> Exact.check("target \"" + name + "\"", a, DType.FLOAT32));
      targets.add(y.map(a -> a.dtype() == DType.FLOAT64 ? a.cast(DType.FLOAT32) : a));
      weights.add(find(data.weights(), name, outputNames.size()).map(w -> w.cast(DType.FLOAT32)));
    }
    Binding binding = new Binding(inputs, targets, weights);
    binding.checkLengths(model.inputNames(), outputNames);
    return binding;
  }

  /**
   * Matches the inputs of data to a model, to predict from them.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  static Binding ofInputs(Model model, Data data) {
    Binding binding = new Binding(inputs(model, data), List.of(), List.of());
    binding.checkLengths(model.inputNames(), List.of());
    return binding;
  }

  private static List<Array> inputs(Model model, Data data) {
    List<String> names = model.inputNames();
    checkNames("input", data.inputs(), names);
    List<Array> inputs = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Array a =
          find(data.inputs(), name, names.size())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "input \""
                              + name
                              + "\" is missing; the data has "
                              + data.inputs().keySet()));
      inputs.add(convert(name, a, model.inputs().get(i).spec()));
    }
    return inputs;
  }

  private static Optional<Array> find(Map<String, Array> map, String name, int count) {
    Array a = map.get(name);
    return Optional.ofNullable(a == null && count == 1 ? map.get(Data.ONLY) : a);
  }

  private static void checkNames(String what, Map<String, Array> map, List<String> names) {
    Check.that(
        map.size() < 2 || !map.containsKey(Data.ONLY),
        "%s: one is given without a name beside others with names",
        what);
    for (String given : map.keySet()) {
      boolean only = given.equals(Data.ONLY);
      if (only ? names.size() != 1 : !names.contains(given)) {
        throw new IllegalArgumentException(
            what
                + ": the model has "
                + names
                + ", but the data names "
                + (only ? "none of them" : "\"" + given + "\""));
      }
    }
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
  private static Array convert(String name, Array given, TensorSpec spec) {
    Check.that(
        given.shape().numDimensions() == 0 || given.shape().get(0) > 0,
        "input \"%s\": the data is empty",
        name);
    Array a = given;
    if (a.shape().numDimensions() == spec.rank() - 1 && spec.shape().get(spec.rank() - 1) == 1) {
      a = a.reshape(a.shape().append(1)); // Keras adds a last axis of one
    }
    if (a.shape().numDimensions() != spec.rank()
        || !NetworkLayer.fits(a.shape().tail(), spec.shape().tail())) {
      throw new IllegalArgumentException(
          "input \""
              + name
              + "\": expected the shape "
              + TensorSpec.text(spec.shape())
              + ", got "
              + TensorSpec.text(given.shape()));
    }
    return Exact.cast("input \"" + name + "\"", a, spec.dtype());
  }
}
