package dev.ibex;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.FunctionBody;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;

/**
 * Makes functions of models for formats that hold graphs. Nothing of the models changes, and no
 * value of a weight is read.
 */
public final class ModelFunctions {
  private ModelFunctions() {}

  /** Makes a model's inputs of other tensors, such as encoded images; emitted with the function. */
  public interface Entrance {
    /** Returns names, types and shapes of what goes in. */
    Map<String, TensorSpec> inputs();

    /** Emits the model's inputs, in order. */
    List<Operand<?>> emit(Ops tf, List<Operand<?>> inputs);
  }

  /**
   * Returns the function from a model's inputs to its outputs.
   *
   * @param name the function's name in files
   * @param training whether layers do what they do in training: dropout drops, statistics move
   */
  public static ModelFunction outputs(Model model, String name, boolean training) {
    return outputs(model, name, training, direct(model));
  }

  /** Returns the function from other tensors, by way of a model's inputs, to its outputs. */
  public static ModelFunction outputs(Model model, String name, Entrance entrance) {
    return outputs(model, name, false, entrance);
  }

  private static ModelFunction outputs(
      Model model, String name, boolean training, Entrance entrance) {
    model.modelWeights();
    Map<String, TensorSpec> outputs = new LinkedHashMap<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      outputs.put(model.outputNames().get(i), model.outputs().get(i).spec());
    }
    try (DetachedGraph graph = new DetachedGraph()) {
      FunctionEmitter emitter = new FunctionEmitter(model, graph, Optional.empty());
      Body body =
          (tf, in) -> emitter.outputs(emitter.scope("call"), training, entrance.emit(tf, in));
      return define(graph, name, entrance.inputs(), List.copyOf(outputs.keySet()), body)
          .withOutputs(outputs);
    }
  }

  private static Entrance direct(Model model) {
    Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      inputs.put(model.inputNames().get(i), model.inputs().get(i).spec());
    }
    return new Entrance() {
      @Override
      public Map<String, TensorSpec> inputs() {
        return inputs;
      }

      @Override
      public List<Operand<?>> emit(Ops tf, List<Operand<?>> in) {
        return in;
      }
    };
  }

  /**
   * Returns the function of a step on a batch: from inputs, targets (named as the outputs) and
   * sample weights (named {@code OUTPUT_weight}) to loss and metrics of the batch.
   *
   * @param name the function's name in files
   * @param training whether the step changes the weights and the optimizer's state
   * @param example data of the kind that the function takes; how many samples it has is not looked
   *     at
   * @throws IllegalStateException if the model is not compiled
   * @throws IllegalArgumentException if the data does not fit the model
   */
  public static ModelFunction step(Model model, String name, boolean training, Data example) {
    Compiled compiled = model.compiled();
    Binding binding = Binding.of(model, example, compiled.needed());
    compiled.check(binding, model);
    try (DetachedGraph graph = new DetachedGraph()) {
      FunctionEmitter emitter = new FunctionEmitter(model, graph, Optional.of(compiled));
      List<Tracker> trackers = compiled.asTracked(binding, model);
      List<String> keys = trackers.stream().map(Tracker::key).toList();
      return define(
          graph,
          name,
          inputs(model, binding),
          keys,
          (tf, in) ->
              emitter.step(
                  emitter.scope(training ? "train" : "test"),
                  training,
                  binding,
                  compiled,
                  trackers,
                  true,
                  in));
    }
  }

  private static Map<String, TensorSpec> inputs(Model model, Binding binding) {
    Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    for (int i = 0; i < binding.inputs().size(); i++) {
      inputs.put(model.inputNames().get(i), spec(binding.inputs().get(i)));
    }
    put(inputs, model, binding.targets(), "", "_target");
    put(inputs, model, binding.weights(), "_weight", "_weight");
    return inputs;
  }

  /** A name that is taken gets an ending, once more if need be. */
  private static void put(
      Map<String, TensorSpec> inputs,
      Model model,
      List<Optional<Array>> arrays,
      String suffix,
      String ending) {
    for (int i = 0; i < arrays.size(); i++) {
      String name = model.outputNames().get(i) + suffix;
      while (inputs.containsKey(name)) {
        name += ending;
      }
      String free = name;
      arrays.get(i).ifPresent(a -> inputs.put(free, spec(a)));
    }
  }

  private static TensorSpec spec(Array array) {
    return new TensorSpec(Shape.of(-1).append(array.shape().tail()), array.dtype());
  }

  private interface Body {
    FunctionEmitter.Emitted emit(Ops tf, List<Operand<?>> inputs);
  }

  private static ModelFunction define(
      DetachedGraph graph,
      String name,
      Map<String, TensorSpec> inputs,
      List<String> outputNames,
      Body body) {
    Ops tf = graph.session().tf();
    List<Operand<?>> arguments = new ArrayList<>();
    inputs.forEach(
        (n, spec) ->
            arguments.add(
                tf.withName("argument_" + arguments.size())
                    .placeholder(spec.dtype().type(), Placeholder.shape(spec.shape()))));
    FunctionEmitter.Emitted emitted = body.emit(tf, arguments);
    Ops last = tf.withControlDependencies(emitted.effects());
    List<Operand<?>> results = new ArrayList<>();
    Map<String, TensorSpec> outputs = new LinkedHashMap<>();
    for (int i = 0; i < emitted.results().size(); i++) {
      Operand<?> result = last.withName("result_" + i).identity(emitted.results().get(i));
      results.add(result);
      outputs.put(outputNames.get(i), new TensorSpec(result.shape(), Numbers.dtype(result)));
    }
    FunctionBody cut = graph.session().body(name, arguments, results);
    return new ModelFunction(
        cut.definition(), cut.library(), inputs, outputs, graph.variables(cut.variables()));
  }
}
