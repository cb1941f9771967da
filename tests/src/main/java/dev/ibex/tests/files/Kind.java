package dev.ibex.tests.files;

import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Model;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Records;
import dev.ibex.graph.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model to be written, and what it is trained on. The kind of the same name in the Python package
 * {@code two_way} describes the same model.
 *
 * @param compile how it is compiled; empty to leave that out
 * @param epochs how long it is trained before it is written
 * @param inputs by name
 * @param targets by name of the output
 * @param weights of samples, by name of the output
 * @param tolerance by what outputs may differ, and losses relatively
 * @param random whether layers draw random numbers in training, so that losses are only alike
 */
public record Kind(
    String name,
    Model model,
    Optional<Compile> compile,
    int epochs,
    Map<String, Array> inputs,
    Map<String, Array> targets,
    Map<String, Array> weights,
    double tolerance,
    boolean random) {
  private static final double TOLERANCE = 1e-5;

  /** Returns a kind of float32 that is trained for two epochs. */
  static Kind of(String name, Model model) {
    return new Kind(
        name, model, Optional.empty(), 2, Map.of(), Map.of(), Map.of(), TOLERANCE, false);
  }

  Kind inputs(Array... inputs) {
    return Records.with(this, "inputs", named(model.inputNames(), inputs));
  }

  Kind targets(Array... targets) {
    return Records.with(this, "targets", named(model.outputNames(), targets));
  }

  Kind weights(Array... weights) {
    return Records.with(this, "weights", named(model.outputNames(), weights));
  }

  Kind compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(Compile.with(optimizer).loss(loss).metrics(metrics));
  }

  Kind compile(Compile compile) {
    return Records.with(this, "compile", Optional.of(compile));
  }

  Kind epochs(int epochs) {
    return Records.with(this, "epochs", epochs);
  }

  Kind tolerance(double tolerance) {
    return Records.with(this, "tolerance", tolerance);
  }

  Kind drawing() {
    return Records.with(this, "random", true);
  }

  private static Map<String, Array> named(List<String> names, Array... arrays) {
    Map<String, Array> map = new LinkedHashMap<>();
    for (Array array : arrays) {
      map.put(names.get(map.size()), array);
    }
    return map;
  }

  /** Returns inputs alone. */
  static Data data(Map<String, Array> inputs) {
    Data data = null;
    for (Map.Entry<String, Array> e : inputs.entrySet()) {
      data =
          data == null
              ? Data.inputs(e.getKey(), e.getValue())
              : data.input(e.getKey(), e.getValue());
    }
    return java.util.Objects.requireNonNull(data, "inputs");
  }

  /** Returns inputs, targets and weights. */
  static Data data(
      Map<String, Array> inputs, Map<String, Array> targets, Map<String, Array> weights) {
    Data data = data(inputs);
    for (Map.Entry<String, Array> e : targets.entrySet()) {
      data = data.target(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, Array> e : weights.entrySet()) {
      data = data.weight(e.getKey(), e.getValue());
    }
    return data;
  }
}
