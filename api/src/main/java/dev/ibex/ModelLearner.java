package dev.ibex;

import dev.ibex.core.ConfigException;
import dev.ibex.core.Variable;
import dev.ibex.graph.GraphFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.op.Ops;

/** A compiled model in one runtime. */
final class ModelLearner implements Learner {
  private final Model model;
  private final Compiled compiled;
  private final ModelRuntime runtime;
  private final FunctionEmitter emitter;

  ModelLearner(Model model, Compiled compiled, ModelRuntime runtime) {
    this.model = model;
    this.compiled = compiled;
    this.runtime = runtime;
    this.emitter = new FunctionEmitter(model, runtime, Optional.of(compiled));
  }

  @Override
  public ModelRuntime runtime() {
    return runtime;
  }

  @Override
  public Object owner() {
    return compiled;
  }

  @Override
  public List<Model> models() {
    return List.of(model);
  }

  @Override
  public Binding bind(Data data, Map<Integer, Double> classWeights) {
    Binding binding = Binding.of(model, data, compiled.needed());
    compiled.check(binding, model);
    return ClassWeights.apply(classWeights, binding);
  }

  @Override
  public void prepare(boolean training, Binding first, Runnable emitStep) {
    compiled.trackers(first, model).forEach(t -> runtime.adopt(t.state()));
  }

  @Override
  public List<Tracker> trackers(boolean training) {
    return compiled.trackers();
  }

  @Override
  public StepFunction step(boolean training, Binding binding) {
    return emitter.step(training, binding, compiled);
  }

  @Override
  public GraphFunction onBatch(boolean training, Binding binding) {
    return emitter.onBatch(training, binding, compiled);
  }

  @Override
  public void settle() {
    compiled.settle();
  }

  @Override
  public void unsettle() {
    compiled.unsettle();
  }

  @Override
  public Ops scope(String function) {
    return emitter.scope(function);
  }

  @Override
  public ModelWeights weights() {
    return model.modelWeights();
  }

  @Override
  public List<OptimizerState> optimizers() {
    return List.of(compiled.optimizer());
  }

  @Override
  public List<Variable> more() {
    return List.of();
  }

  @Override
  public Variable iteration() {
    return compiled.optimizer().iteration();
  }

  @Override
  public int stepsPerExecution() {
    return compiled.stepsPerExecution();
  }

  @Override
  public long seed() {
    return model.seed();
  }

  @Override
  public boolean seeded() {
    return model.seeded();
  }

  @Override
  public void resumeSeed(long seed) {
    model.resumeSeed(seed);
  }

  @Override
  public Optional<String> json() {
    try {
      return Optional.of(model.toJson());
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  @Override
  public void save(Path path, boolean whole) {
    if (whole) {
      model.save(path);
    } else {
      model.saveWeights(path);
    }
  }

  @Override
  public void checkSave(Path path, boolean whole) {
    if (whole) {
      Formats.toWrite(path);
      ModelCodec.get().toCompiledJson(model);
    } else {
      Formats.weightsToWrite(path);
    }
  }
}
