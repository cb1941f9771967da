package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** A training with a step of the user's own in one runtime. */
final class CustomLearner implements Learner {
  private final CustomTraining training;
  private final ModelRuntime runtime;

  CustomLearner(CustomTraining training, ModelRuntime runtime) {
    this.training = training;
    this.runtime = runtime;
  }

  @Override
  public ModelRuntime runtime() {
    return runtime;
  }

  @Override
  public Object owner() {
    return training;
  }

  @Override
  public List<Model> models() {
    return training.models();
  }

  /** Takes all arrays as inputs; which name is whose the step asks for. */
  @Override
  public Binding bind(Data data, Map<Integer, Double> classWeights) {
    Check.that(
        classWeights.isEmpty(),
        "classWeights: a step of your own weighs its losses itself; give the data weights and use"
            + " them");
    Map<String, Array> all = new LinkedHashMap<>();
    data.inputs().forEach((name, a) -> all.put(StepScope.key("input", name), a));
    data.targets().forEach((name, a) -> all.put(StepScope.key("target", name), a));
    data.weights().forEach((name, a) -> all.put(StepScope.key("weight", name), a));
    Check.that(!all.isEmpty(), "data: it has no arrays");
    Check.that(data.samples() > 0, "data: it is empty");
    List<Array> arrays = new ArrayList<>();
    all.forEach(
        (key, a) -> {
          Check.that(
              a.dtype() != DType.STRING, "%s: text cannot be learned from; map it to numbers", key);
          Array taken = a.dtype() == DType.FLOAT64 && !doubles() ? a.cast(DType.FLOAT32) : a;
          arrays.add(taken);
        });
    return new Binding(arrays, List.of(), List.of(), List.copyOf(all.keySet()));
  }

  /** Returns whether a model takes float64. */
  private boolean doubles() {
    return training.models().stream()
        .flatMap(m -> m.inputs().stream())
        .anyMatch(t -> t.spec().dtype() == DType.FLOAT64);
  }

  @Override
  public void prepare(boolean trains, Binding first, Runnable emitStep) {
    emitStep.run();
  }

  @Override
  public List<Tracker> trackers(boolean trains) {
    return training.figures(trains);
  }

  @Override
  public StepFunction step(boolean trains, Binding binding) {
    Ops tf = scope(trains ? "train" : "test");
    Feeds feeds =
        new Feeds(
            tf, binding.arrays().stream().map(a -> new TensorSpec(a.shape(), a.dtype())).toList());
    Map<String, Operand<?>> data = new LinkedHashMap<>();
    for (int i = 0; i < binding.names().size(); i++) {
      data.put(binding.names().get(i), feeds.batch().get(i));
    }
    Operand<TInt64> iteration = Numbers.as(runtime.handle(training.iteration()).value());
    StepScope scope = new StepScope(training, runtime, tf, trains, iteration, data);
    training.emit(scope, trains);
    List<Op> effects = new ArrayList<>(scope.effects());
    if (trains) {
      Check.that(
          !scope.used().isEmpty(),
          "step: it changes nothing; call step.minimize or step.apply in it");
      effects.add(iteration);
      effects.add(
          tf.withControlDependencies(effects)
              .assignAddVariableOp(runtime.handle(training.iteration()).handle(), tf.constant(1L)));
    }
    return StepFunction.of(
        runtime.session(),
        trains ? "a training step" : "an evaluation step",
        feeds,
        List.of(),
        List.of(tf.withControlDependencies(effects).noOp()));
  }

  @Override
  public GraphFunction onBatch(boolean trains, Binding binding) {
    throw new IllegalStateException("a step of the user's own runs in fit and evaluate alone");
  }

  @Override
  public void settle() {}

  @Override
  public void unsettle() {}

  @Override
  public Ops scope(String function) {
    return runtime.session().tf().withSubScope("custom_training").withSubScope(function);
  }

  @Override
  public ModelWeights weights() {
    return training.weights();
  }

  @Override
  public List<OptimizerState> optimizers() {
    return training.states();
  }

  @Override
  public List<Variable> more() {
    return List.of(training.iteration());
  }

  @Override
  public Variable iteration() {
    return training.iteration();
  }

  @Override
  public int stepsPerExecution() {
    return 1;
  }

  @Override
  public long seed() {
    return training.seed();
  }

  @Override
  public boolean seeded() {
    return training.seeded();
  }

  @Override
  public void resumeSeed(long seed) {
    training.resumeSeed(seed);
  }

  @Override
  public Optional<String> json() {
    return Optional.empty();
  }

  @Override
  public void save(Path path, boolean whole) {
    checkSave(path, whole);
    training.saveWeights(path);
  }

  @Override
  public void checkSave(Path path, boolean whole) {
    Check.that(
        !whole && Formats.weightsToWrite(path).isEmpty(),
        "path: the models of a step of your own are saved together as weights, in a directory with a"
            + " TensorFlow checkpoint, got %s; save each model whole by its own save",
        path);
  }
}
