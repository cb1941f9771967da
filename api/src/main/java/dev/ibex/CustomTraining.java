package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * Training of models by a step of your own: several optimizers, any losses, gradients with respect
 * to any weights or inputs.
 *
 * <pre>{@code
 * Optimizer forJudge = Adam.of(1e-4);
 * Optimizer forMaker = Adam.of(1e-4);
 * Loss loss = BinaryCrossentropy.of().fromLogits(true);
 * CustomTraining gan = CustomTraining.of(List.of(maker, judge), step -> {
 *   Ops tf = step.tf();
 *   Operand<TNumber> real = step.input();
 *   Operand<TNumber> yes = step.call(judge, real);
 *   Operand<TNumber> no = step.call(judge, step.call(maker, step.normal(real, 32)));
 *   Operand<TNumber> judged = tf.math.add(
 *       step.loss(loss, tf.onesLike(yes), yes), step.loss(loss, tf.zerosLike(no), no));
 *   step.minimize(forJudge, judged, judge);
 *   Operand<TNumber> verdict = step.call(judge, step.call(maker, step.normal(real, 32)));
 *   Operand<TNumber> fooled = step.loss(loss, tf.onesLike(verdict), verdict);
 *   step.minimize(forMaker, fooled, maker);
 *   step.log("judge", judged);
 *   step.log("maker", fooled);
 * });
 * gan.fit(Data.of(images), Fit.epochs(50));
 * }</pre>
 *
 * <p>The step is emitted once for each sort of data and then runs in TensorFlow. Epochs, batches,
 * callbacks and backups are those of {@link Model#fit}; callbacks that set the learning rate need a
 * step with one optimizer. What is frozen is read when this is made. Optimizers keep their state
 * from one {@code fit} to the next. Holds no native memory; the models stay the caller's to close.
 * Source: {@code keras.Model.train_step}.
 */
public final class CustomTraining {
  private final List<Model> models;
  private final TrainStep step;
  private final Map<Model, String> names = new LinkedHashMap<>();
  private final Map<Model, List<Variable>> trained = new LinkedHashMap<>();
  private final Set<Layer> trainableLayers = new HashSet<>();
  private final ModelWeights weights;
  private final Variable iteration = Variable.state(MeanMetric.zero("iteration"), DType.INT64);
  private final Map<String, Tracker> trackers = new LinkedHashMap<>();
  private final Map<Boolean, List<Tracker>> figures = new HashMap<>();
  private final List<OptimizerState> states = new ArrayList<>();
  private List<OptimizerState> optimizers = List.of();
  private long seed;
  private boolean seeded;

  private CustomTraining(List<Model> models, TrainStep step) {
    Check.that(!models.isEmpty(), "models: expected at least one");
    this.models = List.copyOf(new LinkedHashSet<>(models));
    this.step = step;
    this.seed = models.get(0).seed();
    this.seeded = models.get(0).seeded();
    Map<String, Variable> all = new LinkedHashMap<>();
    for (Model model : this.models) {
      String base = model.name().isEmpty() ? Layer.snakeCase(model.className()) : model.name();
      String name = base;
      for (int i = 1; names.containsValue(name); i++) {
        name = base + "_" + i;
      }
      names.put(model, name);
      String prefix = name + "/";
      model
          .modelWeights()
          .byPath()
          .forEach(
              (path, v) -> {
                if (!all.containsValue(v)) {
                  all.put(prefix + path, v);
                }
              });
      trained.put(model, model.weights().stream().filter(Variable::trainable).toList());
      model.flatten().filter(Layer::trainable).forEach(trainableLayers::add);
    }
    this.weights = new ModelWeights(all);
  }

  /** Returns a training of several models. */
  public static CustomTraining of(List<Model> models, TrainStep step) {
    return new CustomTraining(models, step);
  }

  /** Returns a training of one model. */
  public static CustomTraining of(Model model, TrainStep step) {
    return of(List.of(model), step);
  }

  /** Returns what random numbers of the step are drawn from. */
  public long seed() {
    return seed;
  }

  /**
   * Sets the seed of dropout, of the step's own random numbers and of the order of samples; by
   * default that of the first model. First weights follow each model's own.
   *
   * @return this training
   */
  public CustomTraining seed(long value) {
    seed = value;
    seeded = true;
    return this;
  }

  /**
   * Trains.
   *
   * @return the figures that the step logs, by epoch
   * @throws IllegalArgumentException if the step cannot be emitted; a text of the step's own, or of
   *     what it called, says why
   * @throws IllegalStateException beside another fit of one of the models
   */
  public History fit(Data data, Fit fit) {
    return exclusively("fit", trainer -> trainer.fit(data, fit));
  }

  /** Returns copies of the weights of all models by path, such as {@code judge/dense/kernel}. */
  public Map<String, Array> getWeights() {
    return weights.values();
  }

  /** Writes the weights of all models as one TensorFlow checkpoint into a directory. */
  public void saveWeights(Path directory) {
    weights.save(directory);
  }

  /**
   * Reads the weights of all models from what {@link #saveWeights} or {@code ModelCheckpoint}
   * wrote.
   *
   * @throws IllegalArgumentException if it is of other models; the text lists the weights of both
   */
  public void loadWeights(Path directory) {
    weights.load(directory);
  }

  /** Returns the figures that the step logs when it does not train, in batches of 32. */
  public Scores evaluate(Data data) {
    return evaluate(data, 32);
  }

  /** Returns the figures that the step logs when it does not train. */
  public Scores evaluate(Data data, int batchSize) {
    Check.positive("batchSize", batchSize);
    return exclusively("evaluate", trainer -> new Scores(trainer.evaluate(data, batchSize)));
  }

  private <R> R exclusively(String what, Function<Trainer, R> work) {
    List<Variable> needed = new ArrayList<>();
    for (Model model : models) {
      model.open();
      needed.addAll(model.modelWeights().variables());
    }
    states.forEach(s -> needed.addAll(s.variables()));
    trackers.values().forEach(t -> needed.addAll(t.state()));
    needed.add(iteration);
    ModelRuntime runtime = ModelRuntime.acquire(models, device(), needed);
    return runtime.exclusively(
        what, () -> work.apply(new Trainer(new CustomLearner(this, runtime))));
  }

  private String device() {
    return models.stream().map(Model::device).filter(d -> !d.isEmpty()).findFirst().orElse("");
  }

  // ---- what the step uses -----------------------------------------------------------------

  /** Emits the step; its first emission decides the figures of training, or of evaluation. */
  void emit(StepScope scope, boolean trains) {
    try {
      step.emit(scope);
      if (trains) {
        checkOptimizers(scope.used());
      }
      List<Tracker> before = figures.getOrDefault(trains, scope.logged());
      Check.that(
          before.equals(scope.logged()),
          "step: it logs %s for this data, but logged %s before; log the same figures each time",
          keys(scope.logged()),
          keys(before));
      figures.put(trains, before);
    } finally {
      trackers.values().removeIf(t -> figures.values().stream().noneMatch(all -> all.contains(t)));
    }
  }

  /** A state would be lost where a step makes its optimizers itself, each time it is emitted. */
  private void checkOptimizers(List<OptimizerState> used) {
    if (!optimizers.isEmpty() && !optimizers.equals(used)) {
      states.retainAll(optimizers);
      throw new IllegalArgumentException(
          "step: it uses other optimizers than before; make them outside of the step, so that their"
              + " state stays");
    }
    optimizers = used;
  }

  private static List<String> keys(List<Tracker> some) {
    return some.stream().map(Tracker::key).toList();
  }

  /** Returns the figures of training or evaluation; none before the first step was emitted. */
  List<Tracker> figures(boolean trains) {
    return figures.getOrDefault(trains, List.of());
  }

  List<Model> models() {
    return models;
  }

  ModelWeights weights() {
    return weights;
  }

  Variable iteration() {
    return iteration;
  }

  boolean seeded() {
    return seeded;
  }

  void resumeSeed(long value) {
    seed = value;
  }

  boolean trainable(Layer layer) {
    return trainableLayers.contains(layer);
  }

  List<OptimizerState> states() {
    return states;
  }

  /** Returns a model's name, unique in this training. */
  String name(Model model) {
    String name = names.get(model);
    Check.that(
        name != null,
        "model: %s is not one of this training's; list it in CustomTraining.of",
        model.label());
    return Objects.requireNonNull(name);
  }

  /** Returns the weights of models that were not frozen, each once. */
  List<Variable> trained(Model... some) {
    return Stream.of(some)
        .peek(this::name)
        .flatMap(m -> Objects.requireNonNull(trained.get(m)).stream())
        .distinct()
        .toList();
  }

  /** Returns the state of an optimizer for some weights, making it the first time. */
  OptimizerState state(Optimizer optimizer, List<Variable> some, ModelRuntime runtime) {
    for (OptimizerState s : states) {
      if (s.optimizer() == optimizer) {
        Check.that(
            s.weights().equals(some),
            "optimizer: %s keeps the state of the weights %s, and cannot change %s as well; make"
                + " another object for these",
            optimizer.options().name(),
            paths(s.weights()),
            paths(some));
        return s;
      }
    }
    for (Variable w : some) {
      Check.that(
          weights.variables().contains(w),
          "weights: %s belongs to no model of this training; list its model in CustomTraining.of",
          w.path());
    }
    OptimizerState made = new OptimizerState(optimizer, optimizer.lossScaling(), some);
    runtime.adopt(made.variables());
    states.add(made);
    return made;
  }

  private static List<String> paths(List<Variable> some) {
    return some.stream().map(Variable::path).toList();
  }

  /** Returns the figure of a key, making it the first time. */
  Tracker tracker(String key, Optional<Metric> metric, Shape yTrue, Shape yPred) {
    Tracker found =
        trackers.computeIfAbsent(
            key,
            k ->
                metric
                    .map(m -> Tracker.of(k, m, 0, false, yTrue, yPred))
                    .orElseGet(() -> Tracker.mean(k, 0)));
    Check.that(
        found.metric().equals(metric),
        "%s: logged before as %s, now as %s",
        key,
        found.metric().map(Object::toString).orElse("a mean"),
        metric.map(Object::toString).orElse("a mean"));
    return found;
  }
}
