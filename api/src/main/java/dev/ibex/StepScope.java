package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Emission;
import dev.ibex.core.Gradient;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Value;
import dev.ibex.core.Variable;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What a {@link TrainStep} may use while it is emitted. Valid during that call only.
 *
 * <p>What is written first happens first: after {@link #minimize} a call sees the new weights.
 */
public final class StepScope {
  private final CustomTraining training;
  private final Ops tf;
  private final boolean trains;
  private final Map<String, Operand<?>> data;
  private final ModelRuntime runtime;
  private final Emission emission;
  private final Figures figures;
  private final Operand<TInt64> iteration;
  private final VariableReads reads;
  private final List<Op> effects = new ArrayList<>();
  private final Map<Output<?>, Operand<TBool>> masks = new HashMap<>();
  private final Map<Model, List<Operand<TNumber>>> added = new HashMap<>();
  private final List<Tracker> logged = new ArrayList<>();
  private final List<OptimizerState> used = new ArrayList<>();
  private int draws;

  StepScope(
      CustomTraining training,
      ModelRuntime runtime,
      Ops tf,
      boolean trains,
      Operand<TInt64> iteration,
      Map<String, Operand<?>> data) {
    this.training = training;
    this.runtime = runtime;
    this.tf = tf;
    this.trains = trains;
    this.iteration = iteration;
    this.data = data;
    this.figures = new Figures(runtime);
    this.reads = new VariableReads(runtime, tf);
    EmissionTarget target = new EmissionTarget(runtime, reads, training::trainable);
    this.emission = new Emission(tf, target, trains, training.seed(), iteration);
  }

  private Operand<?> read(Variable v) {
    return reads.read(v);
  }

  // ---- what goes in -----------------------------------------------------------------------

  /** Returns the emitter of ops. */
  public Ops tf() {
    return tf;
  }

  /** Returns whether the step trains; in an evaluation {@link #minimize} changes nothing. */
  public boolean training() {
    return trains;
  }

  /** Returns the batch of the only input. */
  public Operand<TNumber> input() {
    return data("input", Data.ONLY);
  }

  /**
   * Returns the batch of an input of the data.
   *
   * @throws IllegalArgumentException if there is none; the text lists those there are
   */
  public Operand<TNumber> input(String name) {
    return data("input", name);
  }

  /** Returns the batch of the only target. */
  public Operand<TNumber> target() {
    return data("target", Data.ONLY);
  }

  /** Returns the batch of a target of the data, as {@link #input(String)}. */
  public Operand<TNumber> target(String name) {
    return data("target", name);
  }

  /** Returns the batch of weights of the data, as {@link #input(String)}. */
  public Operand<TNumber> weight(String name) {
    return data("weight", name);
  }

  /** Returns the name under which a batch of the data is known. */
  static String key(String what, String name) {
    return what + " \"" + name + "\"";
  }

  private Operand<TNumber> data(String what, String name) {
    Operand<?> found = data.get(key(what, name));
    Check.that(found != null, "data: it has no %s; it has %s", key(what, name), data.keySet());
    return Numbers.of(Objects.requireNonNull(found));
  }

  /**
   * Returns normal numbers of mean 0 and deviation 1, new in each training step; the batches of an
   * evaluation have the same ones.
   *
   * @param like a batch, of whose number of rows and type they are
   * @param sizes the other axes
   */
  public Operand<TNumber> normal(Operand<TNumber> like, long... sizes) {
    return StatelessRandom.normal(tf, key(), shape(like, sizes), floating(like));
  }

  /** Returns uniform numbers from 0 to 1, as {@link #normal}. */
  public Operand<TNumber> uniform(Operand<TNumber> like, long... sizes) {
    return StatelessRandom.uniform(tf, key(), shape(like, sizes), floating(like));
  }

  private static DType floating(Operand<?> like) {
    DType dtype = Numbers.dtype(like);
    return dtype.isFloating() ? dtype : DType.FLOAT32;
  }

  private Operand<TInt64> key() {
    return StatelessRandom.key(
        tf, StatelessRandom.seed(training.seed(), "step/" + draws++), iteration);
  }

  private Operand<TInt32> shape(Operand<?> like, long... sizes) {
    List<Operand<TInt32>> all = new ArrayList<>();
    all.add(tf.gather(tf.shape(like), tf.constant(0), tf.constant(0)));
    Arrays.stream(sizes).forEach(s -> all.add(tf.constant((int) s)));
    return tf.stack(all);
  }

  // ---- models -----------------------------------------------------------------------------

  /**
   * Calls a model with one input and one output.
   *
   * @throws IllegalArgumentException if the model is not one of this training's
   */
  public Operand<TNumber> call(Model model, Operand<TNumber> input) {
    return call(model, List.of(input));
  }

  /** Calls a model with one output; a batch for each input. */
  public Operand<TNumber> call(Model model, List<Operand<TNumber>> inputs) {
    List<Operand<TNumber>> outputs = callAll(model, inputs);
    Check.that(
        outputs.size() == 1,
        "%s has %d outputs; take them from callAll",
        model.label(),
        outputs.size());
    return outputs.get(0);
  }

  /** Calls a model and returns all outputs. */
  public List<Operand<TNumber>> callAll(Model model, List<Operand<TNumber>> inputs) {
    String path = training.name(model);
    Check.that(
        inputs.size() == model.inputs().size(),
        "%s takes %s, got %d inputs",
        model.label(),
        model.inputNames(),
        inputs.size());
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      DType dtype = model.inputs().get(i).spec().dtype();
      in.add(new Value(Numbers.cast(tf, inputs.get(i), dtype), value(inputs.get(i)).mask()));
    }
    int before = emission.losses().size();
    List<Value> outputs = model.network().emit(emission, path, in);
    added
        .computeIfAbsent(model, m -> new ArrayList<>())
        .addAll(emission.losses().subList(before, emission.losses().size()));
    outputs.forEach(v -> v.mask().ifPresent(m -> masks.put(v.tensor().asOutput(), m)));
    return outputs.stream().map(v -> Numbers.of(v.tensor())).toList();
  }

  /** Returns an output of a model with the mask that came with it. */
  private Value value(Operand<TNumber> output) {
    return new Value(output, Optional.ofNullable(masks.get(output.asOutput())));
  }

  /** Calls a model with one input and one output as it predicts: no dropout, no new statistics. */
  public Operand<TNumber> infer(Model model, Operand<TNumber> input) {
    return emission.inference(() -> call(model, input));
  }

  // ---- losses and gradients ---------------------------------------------------------------

  /** Returns the reduced loss of an output; steps that a model masked do not count. */
  public Operand<TNumber> loss(Loss loss, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Weighting.loss(tf, loss, yTrue, value(yPred), Optional.empty());
  }

  /** Returns the reduced loss of an output with a weight for each sample or element. */
  public Operand<TNumber> loss(
      Loss loss, Operand<TNumber> yTrue, Operand<TNumber> yPred, Operand<TNumber> weight) {
    return Weighting.loss(tf, loss, yTrue, value(yPred), Optional.of(weight));
  }

  /**
   * Returns the penalties of some models' weights, and what their layers have added to a loss so
   * far; 0 if there are none.
   */
  public Operand<TNumber> penalties(Model... models) {
    Operand<TNumber> sum = Numbers.constant(tf, DType.FLOAT32, 0);
    for (Model model : models) {
      for (Operand<TNumber> loss : added.getOrDefault(model, List.of())) {
        sum = tf.math.add(sum, Numbers.cast(tf, loss, DType.FLOAT32));
      }
    }
    for (Variable v : training.trained(models)) {
      Regularizer r = v.spec().regularizer();
      if (r != Regularizer.NONE) {
        Operand<TNumber> penalty = r.apply(tf, Numbers.of(read(v)));
        sum = tf.math.add(sum, Numbers.cast(tf, penalty, DType.FLOAT32));
      }
    }
    return sum;
  }

  /**
   * Returns the derivative of the sum of y with respect to x, such as an input; it can be
   * differentiated again where TensorFlow can.
   *
   * @return of x's shape; zeros where y does not depend on x
   */
  public Operand<TNumber> gradient(Operand<TNumber> y, Operand<TNumber> x) {
    return Numbers.of(Gradients.of(tf, y, List.of(x)).get(0));
  }

  /** Returns the derivatives of a loss by weight; of those that it depends on. */
  public Map<Variable, Operand<TNumber>> gradients(Operand<TNumber> loss, List<Variable> weights) {
    Map<Variable, Operand<TNumber>> all = new LinkedHashMap<>();
    emission.gradients(loss, weights).forEach((w, g) -> all.put(w, g.whole()));
    return all;
  }

  // ---- updates ----------------------------------------------------------------------------

  /**
   * Changes the weights of some models by the gradient of a loss, except those that were frozen
   * when the training was made.
   *
   * @param optimizer keeps one state for these weights; the same object each time
   * @throws IllegalArgumentException if the loss depends on none of the weights
   */
  public void minimize(Optimizer optimizer, Operand<TNumber> loss, Model... models) {
    minimize(optimizer, loss, training.trained(models));
  }

  /** Changes weights by the gradient of a loss, as {@link #minimize}. */
  public void minimize(Optimizer optimizer, Operand<TNumber> loss, List<Variable> weights) {
    if (!trains) {
      return;
    }
    Check.that(
        !weights.isEmpty(),
        "weights: none trains; unfreeze some before the training is made, or minimize less often");
    OptimizerState state = training.state(optimizer, weights, runtime);
    OptimizerEmitter emitter = emitter(state);
    Map<Variable, Gradient> gradients = emission.gradients(emitter.scaled(tf, loss), weights);
    Check.that(
        !gradients.isEmpty(),
        "loss: it depends on none of the weights %s, so nothing would be learned",
        weights.stream().map(Variable::path).toList());
    apply(state, emitter, gradients);
  }

  /**
   * Changes weights by gradients of your own.
   *
   * @param optimizer as of {@link #minimize}; if it scales losses, the gradients are of a scaled
   *     one
   */
  public void apply(Optimizer optimizer, Map<Variable, Operand<TNumber>> gradients) {
    if (!trains) {
      return;
    }
    Check.that(!gradients.isEmpty(), "gradients: expected that of at least one weight, got none");
    OptimizerState state = training.state(optimizer, List.copyOf(gradients.keySet()), runtime);
    Map<Variable, Gradient> all = new LinkedHashMap<>();
    gradients.forEach((w, g) -> all.put(w, Gradient.of(g)));
    apply(state, emitter(state), all);
  }

  private OptimizerEmitter emitter(OptimizerState state) {
    return new OptimizerEmitter(state, runtime::handle, this::read);
  }

  private void apply(
      OptimizerState state, OptimizerEmitter emitter, Map<Variable, Gradient> gradients) {
    Op done = tf.withControlDependencies(emitter.emit(tf, gradients)).noOp();
    effects.add(done);
    used.add(state);
    Stream.concat(state.weights().stream(), state.variables().stream())
        .forEach(v -> reads.changed(v, done));
  }

  // ---- figures ----------------------------------------------------------------------------

  /** Logs a scalar; histories and callbacks see its mean over the steps of an epoch. */
  public void log(String key, Operand<TNumber> value) {
    Check.that(
        value.shape().numDimensions() == 0,
        "%s: expected a scalar to log, got the shape %s",
        key,
        TensorSpec.text(value.shape()));
    Shape none = Shape.scalar();
    Tracker tracker = figure(training.tracker(key, Optional.empty(), none, none));
    List<Operand<TNumber>> state = figures.read(tracker);
    Operand<TNumber> one = Numbers.constant(tf, DType.FLOAT32, 1);
    effects.addAll(
        figures.assign(
            tf,
            tracker,
            List.of(
                tf.math.add(state.get(0), Numbers.cast(tf, value, DType.FLOAT32)),
                tf.math.add(state.get(1), one))));
  }

  /** Logs a metric of an output under the metric's name; masked steps do not count. */
  public void log(Metric metric, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    log(metric, yTrue, yPred, Optional.empty());
  }

  /** Logs a metric of an output with a weight for each sample or element. */
  public void log(
      Metric metric, Operand<TNumber> yTrue, Operand<TNumber> yPred, Operand<TNumber> weight) {
    log(metric, yTrue, yPred, Optional.of(weight));
  }

  private void log(
      Metric metric,
      Operand<TNumber> yTrue,
      Operand<TNumber> yPred,
      Optional<Operand<TNumber>> weight) {
    Metric resolved = metric.resolve(yTrue.shape(), yPred.shape());
    Tracker tracker =
        figure(
            training.tracker(metric.name(), Optional.of(resolved), yTrue.shape(), yPred.shape()));
    Metric.Batch batch = new Metric.Batch(tf, figures.read(tracker), yTrue, value(yPred), weight);
    effects.addAll(figures.assign(tf, tracker, resolved.update(batch)));
  }

  private Tracker figure(Tracker tracker) {
    Check.that(!logged.contains(tracker), "%s: logged twice in a step", tracker.key());
    logged.add(tracker);
    runtime.adopt(tracker.state());
    return tracker;
  }

  /** Returns the figures that the step logs. */
  List<Tracker> logged() {
    return List.copyOf(logged);
  }

  /** Returns the optimizers that change weights, in order. */
  List<OptimizerState> used() {
    return List.copyOf(used);
  }

  /** Returns all that the step does. */
  List<Op> effects() {
    if (trains) {
      effects.addAll(reads.assigned());
      emission
          .updates()
          .forEach(
              (v, value) -> effects.add(tf.assignVariableOp(runtime.handle(v).handle(), value)));
    }
    return effects;
  }
}
