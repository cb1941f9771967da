package dev.ibex;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.SavedAs;
import dev.ibex.core.Training;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.StatelessRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;

/** One {@code fit} or {@code evaluate}: goes through data and keeps the books. For one thread. */
final class Trainer implements Training {
  private final Learner learner;
  private final Steps steps;
  private final History history = new History();
  private Fit fit = Fit.epochs(1);
  private List<Callback> callbacks = List.of();
  private Set<String> keys = Set.of();
  private boolean validated;
  private int stepsPerEpoch = -1;
  private Source source = Source.NONE;
  private boolean begun;
  private boolean stopped;
  // where the training is: the batch to come of an epoch
  private int epoch;
  private int batch;

  Trainer(Learner learner) {
    this.learner = learner;
    this.steps = new Steps(learner);
  }

  // ---- fit --------------------------------------------------------------------------------

  History fit(Data data, Fit how) {
    fit = how;
    callbacks = new ArrayList<>(fit.callbacks());
    callbacks.sort(Comparator.comparing(Callback::last));
    epoch = fit.initialEpoch();
    Data trained = data;
    Optional<Data> held = fit.validation();
    if (fit.validationSplit() > 0) {
      int at = splitAt(data);
      trained = data.rows(IntStream.range(0, at).toArray());
      held = Optional.of(data.rows(IntStream.range(at, data.samples()).toArray()));
    }
    validated = held.isPresent();
    try (Source train = steps.source(true, trained, fit.batchSize(), fit.classWeights());
        Source validation = held.map(this::validation).orElse(Source.NONE)) {
      stepsPerEpoch = train.steps();
      source = train;
      callbacks.forEach(c -> c.onTrainBegin(this));
      begun = true;
      while (epoch < fit.epochs() && (batch > 0 || !stopped)) {
        epoch(train, validation);
      }
      finish();
      callbacks.forEach(c -> c.onTrainEnd(this));
    }
    return history;
  }

  /** Gives the weights their moving averages, where the optimizer keeps them. */
  private void finish() {
    Map<Variable, Variable> averages = new LinkedHashMap<>();
    learner.optimizers().stream()
        .filter(o -> o.iteration().value().longs()[0] > 0) // else there is no average yet
        .forEach(o -> averages.putAll(o.averages()));
    List<Array> values = ModelRuntime.values(averages.values());
    Map<Variable, Array> last = new LinkedHashMap<>();
    averages.keySet().forEach(w -> last.put(w, values.get(last.size())));
    ModelRuntime.assignAll(last);
  }

  private int splitAt(Data data) {
    Check.that(
        data.stream().isEmpty(),
        "validationSplit: a stream of batches cannot be cut; give its validation data by"
            + " Fit.validation(data)");
    int n = data.samples();
    int at = (int) Math.floor(n * (1 - fit.validationSplit()));
    Check.that(
        at > 0 && at < n,
        "validationSplit: %s of %d samples leaves %d to train on and %d to evaluate; both need one",
        fit.validationSplit(),
        n,
        at,
        n - at);
    return at;
  }

  private Source validation(Data data) {
    try {
      int size = fit.validationBatchSize().orElse(fit.batchSize());
      return steps.source(false, data, size, Map.of());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("validation: " + e.getMessage(), e);
    }
  }

  private void epoch(Source train, Source validation) {
    int number = epoch;
    if (batch == 0) {
      steps.reset(true);
    }
    callbacks.forEach(c -> c.onEpochBegin(this, number));
    if (fit.shuffle()) {
      train.shuffle(StatelessRandom.seed(learner.seed(), "epoch " + number));
    }
    train.run(true, batch, new Batches());
    Map<String, Double> logs = steps.figures();
    if (validated && (number + 1) % fit.validationFrequency() == 0) {
      evaluate(validation).forEach((k, v) -> logs.put("val_" + k, v));
    }
    epoch = number + 1;
    batch = 0;
    callbacks.forEach(c -> c.onEpochEnd(this, number, logs));
    history.add(number, logs);
  }

  /** The steps of an epoch, followed by the callbacks. */
  private final class Batches implements Source.Pass {
    @Override
    public boolean goesOn() {
      return !stopped;
    }

    @Override
    public void after(int done, BooleanSupplier last) {
      batch = done + 1;
      if (batch % learner.stepsPerExecution() == 0 || last.getAsBoolean()) {
        callbacks.forEach(c -> c.onTrainBatchEnd(Trainer.this, done));
      }
    }
  }

  Map<String, Double> evaluate(Data data, int batchSize) {
    try (Source source = steps.source(false, data, batchSize, Map.of())) {
      return evaluate(source);
    }
  }

  private Map<String, Double> evaluate(Source source) {
    steps.reset(false);
    source.run(false, 0, Source.Pass.WHOLE);
    return steps.figures();
  }

  Map<String, Double> onBatch(boolean training, Data data, Map<Integer, Double> classWeights) {
    return steps.onBatch(training, data, classWeights);
  }

  // ---- what callbacks see -----------------------------------------------------------------

  @Override
  public Map<String, Double> logs() {
    return steps.figures();
  }

  @Override
  public Set<String> keys() {
    if (keys.isEmpty()) {
      Set<String> all = new LinkedHashSet<>();
      all.addAll(steps.figures(true).keySet());
      if (validated && !all.isEmpty()) {
        Set<String> evaluated = steps.figures(false).keySet();
        (evaluated.isEmpty() ? List.copyOf(all) : evaluated).forEach(k -> all.add("val_" + k));
      }
      if (!all.isEmpty()) {
        callbacks.forEach(c -> all.addAll(c.figures()));
      }
      keys = all;
    }
    return keys;
  }

  @Override
  public int epochs() {
    return fit.epochs();
  }

  @Override
  public int steps() {
    return stepsPerEpoch;
  }

  @Override
  public long iteration() {
    return learner.iteration().value().longs()[0];
  }

  /** Returns the only optimizer. */
  private OptimizerState optimizer() {
    List<OptimizerState> all = learner.optimizers();
    if (all.size() != 1) {
      throw new IllegalStateException(
          "learningRate: the training has "
              + all.size()
              + " optimizers, each with its own; give them schedules to change it");
    }
    return all.get(0);
  }

  @Override
  public double learningRate() {
    return optimizer().currentLearningRate();
  }

  @Override
  public Map<String, Double> learningRates() {
    Map<String, Double> rates = new LinkedHashMap<>();
    List<OptimizerState> all = learner.optimizers();
    for (OptimizerState o : all) {
      String base = o.optimizer().options().name() + "_learning_rate";
      String name = all.size() == 1 ? "learning_rate" : base;
      for (int i = 1; rates.containsKey(name); i++) {
        name = base + "_" + i;
      }
      rates.put(name, o.currentLearningRate());
    }
    return rates;
  }

  @Override
  public void learningRate(double value) {
    optimizer().settableLearningRate().assign(Array.of(Shape.scalar(), (float) value));
  }

  @Override
  public Map<String, Array> weights() {
    return learner.weights().values();
  }

  @Override
  public void weights(Map<String, Array> values) {
    learner.weights().assign(values);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean largerIsBetter(String key) {
    return Tracker.largerIsBetter(steps.trackers(!key.startsWith("val_")), key);
  }

  // ---- backups ----------------------------------------------------------------------------

  @Override
  public Map<String, Array> snapshot() {
    return snapshots().take(new Snapshot.Position(epoch, batch, stopped));
  }

  @Override
  public void restore(Map<String, Array> snapshot) {
    if (begun) {
      throw new IllegalStateException(
          "restore: the training has begun; a callback restores it in onTrainBegin");
    }
    if (learner.optimizers().isEmpty()) {
      source.prepare(true); // only the step tells which there are
    }
    Snapshot.Position position = snapshots().restore(snapshot);
    epoch = position.epoch();
    batch = position.batch();
    stopped = position.stopped();
  }

  private Snapshot snapshots() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("batch size", fit.batchSize());
    data.put("steps an epoch", stepsPerEpoch);
    data.put("shuffle", fit.shuffle());
    return new Snapshot(learner, steps, callbacks, data.toString());
  }

  @Override
  public SavedAs savedAs(Path path) {
    return Formats.savedAs(path);
  }

  @Override
  public void save(Path path, boolean whole) {
    learner.save(path, whole);
  }

  @Override
  public void checkSave(Path path, boolean whole) {
    learner.checkSave(path, whole);
  }

  // ---- descriptions -----------------------------------------------------------------------

  @Override
  public GraphDef graph() {
    return steps.graph();
  }

  @Override
  public Optional<String> json() {
    return learner.json();
  }
}
