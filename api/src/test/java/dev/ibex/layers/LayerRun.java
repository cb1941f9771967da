package dev.ibex.layers;

import dev.ibex.Input;
import dev.ibex.core.Emission;
import dev.ibex.core.Layer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.Value;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** Emits one layer in a graph of its own and runs it once. */
final class LayerRun {
  private final Layer layer;
  private final List<Array> inputs;
  private final List<Optional<Array>> masks = new ArrayList<>();
  private boolean training;
  private boolean trainable = true;
  private long seed = 1;
  private long step;

  private LayerRun(Layer layer, List<Array> inputs) {
    this.layer = layer;
    this.inputs = inputs;
    inputs.forEach(x -> masks.add(Optional.empty()));
  }

  /** What came out. */
  record Result(
      Array output, Optional<Array> mask, Map<String, Array> updates, List<Array> losses) {
    /** Returns the only new value of a weight. */
    double update(String weight) {
      return Objects.requireNonNull(updates.get(weight), weight).number(0);
    }
  }

  static LayerRun of(Layer layer, Array... inputs) {
    return new LayerRun(layer, List.of(inputs));
  }

  LayerRun mask(int input, boolean... counts) {
    Array x = inputs.get(input);
    masks.set(input, Optional.of(Array.of(x.shape().take(2), counts)));
    return this;
  }

  LayerRun vectorMask(int input, boolean... counts) {
    masks.set(input, Optional.of(Array.of(Shape.of(counts.length), counts)));
    return this;
  }

  LayerRun training() {
    training = true;
    return this;
  }

  LayerRun frozen() {
    trainable = false;
    return this;
  }

  LayerRun seed(long s) {
    seed = s;
    return this;
  }

  LayerRun step(long s) {
    step = s;
    return this;
  }

  Result run() {
    layer.apply(
        inputs.stream()
            .map(x -> Input.of(x.shape().tail().asArray()).dtype(x.dtype()))
            .toArray(Symbolic[]::new));
    List<Array> fed = new ArrayList<>(inputs);
    masks.forEach(m -> m.ifPresent(fed::add));
    List<Variable> weights = layer.weights();
    weights.forEach(w -> fed.add(w.value()));
    List<String> kinds = new ArrayList<>();
    List<Array> values = Evaluation.of((tf, in) -> emit(tf, in, weights, kinds), fed);
    Map<String, Array> updates = new LinkedHashMap<>();
    List<Array> losses = new ArrayList<>();
    Optional<Array> mask = Optional.empty();
    for (int i = 1; i < values.size(); i++) {
      switch (kinds.get(i)) {
        case "mask" -> mask = Optional.of(values.get(i));
        case "loss" -> losses.add(values.get(i));
        default -> updates.put(kinds.get(i), values.get(i));
      }
    }
    return new Result(values.get(0), mask, updates, losses);
  }

  private List<Operand<?>> emit(
      org.tensorflow.op.Ops tf, List<Operand<?>> in, List<Variable> weights, List<String> kinds) {
    int first = in.size() - weights.size();
    Map<Variable, Operand<?>> assigned = new HashMap<>();
    Emission.Target target =
        new Emission.Target() {
          @Override
          public Operand<?> read(Variable variable) {
            return assigned.getOrDefault(variable, in.get(first + weights.indexOf(variable)));
          }

          @Override
          public void assign(Variable variable, Operand<?> value) {
            assigned.put(variable, value);
          }

          @Override
          public Operand<?> handle(Variable variable) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean trainable(Layer l) {
            return trainable;
          }

          @Override
          public void place(String scope, String place) {}
        };
    Emission emission = new Emission(tf, target, training, seed, tf.constant(step));
    List<Value> given = new ArrayList<>();
    int nextMask = inputs.size();
    for (int i = 0; i < inputs.size(); i++) {
      given.add(
          masks.get(i).isPresent()
              ? new Value(in.get(i), Optional.of(Numbers.as(in.get(nextMask++))))
              : Value.of(in.get(i)));
    }
    Value y = emission.emit(layer, "layer", given, Map.of()).get(0);
    List<Operand<?>> all = new ArrayList<>(List.of(y.tensor()));
    kinds.add("output");
    y.mask()
        .ifPresent(
            m -> {
              all.add(m);
              kinds.add("mask");
            });
    emission
        .updates()
        .forEach(
            (v, u) -> {
              all.add(u);
              kinds.add(v.name());
            });
    emission
        .losses()
        .forEach(
            l -> {
              all.add(l);
              kinds.add("loss");
            });
    return all;
  }
}
