package dev.ibex;

import dev.ibex.core.Callback;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** One {@code fit} or {@code evaluate}: goes through data and keeps the books. For one thread. */
final class Trainer implements Training {
  private final Model model;
  private final Compiled compiled;
  private final ModelRuntime runtime;
  private final FunctionEmitter emitter;
  private int epochs;
  private int steps = -1;
  private boolean stopped;

  Trainer(Model model, Compiled compiled, ModelRuntime runtime) {
    this.model = model;
    this.compiled = compiled;
    this.runtime = runtime;
    this.emitter = new FunctionEmitter(model, runtime, Optional.of(compiled));
  }

  // ---- fit --------------------------------------------------------------------------------

  History fit(Data data, Fit fit) {
    History history = new History();
    epochs = fit.epochs();
    try (Source train = source(data, fit.batchSize());
        Source validation =
            fit.validation().map(v -> validation(v, fit.batchSize())).orElse(Source.NONE)) {
      steps = train.steps();
      fit.callbacks().forEach(c -> c.onTrainBegin(this));
      for (int epoch = 0; epoch < fit.epochs() && !stopped; epoch++) {
        epoch(fit, epoch, train, validation, history);
      }
      fit.callbacks().forEach(c -> c.onTrainEnd(this));
    }
    return history;
  }

  private void epoch(Fit fit, int epoch, Source train, Source validation, History history) {
    int number = epoch;
    fit.callbacks().forEach(c -> c.onEpochBegin(this, number));
    reset();
    if (fit.shuffle()) {
      train.shuffle(StatelessRandom.seed(model.seed(), "epoch " + epoch));
    }
    train.run(
        true,
        batch -> {
          for (Callback c : fit.callbacks()) {
            c.onTrainBatchEnd(this, batch);
          }
        });
    Map<String, Double> logs = logs();
    if (validation != Source.NONE) {
      reset();
      validation.run(false, batch -> {});
      logs().forEach((k, v) -> logs.put("val_" + k, v));
    }
    history.add(epoch, logs);
    fit.callbacks().forEach(c -> c.onEpochEnd(this, number, logs));
  }

  Map<String, Double> evaluate(Data data, int batchSize) {
    try (Source source = source(data, batchSize)) {
      reset();
      source.run(false, batch -> {});
      return logs();
    }
  }

  // ---- data -------------------------------------------------------------------------------

  /** What is called after each batch. */
  private interface AfterBatch {
    void run(int batch);
  }

  /** Data that can be gone through any number of times. */
  private interface Source extends AutoCloseable {
    Source NONE =
        new Source() {
          @Override
          public void run(boolean training, AfterBatch after) {}
        };

    void run(boolean training, AfterBatch after);

    default void shuffle(long seed) {}

    default int steps() {
      return -1;
    }

    @Override
    default void close() {}
  }

  private Source validation(Data data, int batchSize) {
    try {
      return source(data, batchSize);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("validation: " + e.getMessage(), e);
    }
  }

  private Source source(Data data, int batchSize) {
    if (data.stream().isPresent()) {
      return new StreamSource(data);
    }
    Binding binding = bind(data);
    prepare(binding);
    return new ArraySource(binding, batchSize);
  }

  private Binding bind(Data data) {
    Binding binding = Binding.of(model, data, compiled.needed());
    compiled.check(binding, model);
    return binding;
  }

  private final class ArraySource implements Source {
    private final Binding binding;
    private final Feed feed;

    ArraySource(Binding binding, int batchSize) {
      this.binding = binding;
      this.feed = new Feed(binding, batchSize);
    }

    @Override
    public int steps() {
      return feed.steps();
    }

    @Override
    public void shuffle(long seed) {
      int[] order = new int[binding.samples()];
      Arrays.setAll(order, i -> i);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int k = order[i];
        order[i] = order[j];
        order[j] = k;
      }
      feed.order(order);
    }

    @Override
    public void run(boolean training, AfterBatch after) {
      GraphFunction.Runner step = step(training, binding).indexed().runner(feed.tensors());
      int n = feed.steps();
      for (int i = 0; i < n; i++) {
        feed.batch(i);
        step.run().close();
        after.run(i);
      }
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  private final class StreamSource implements Source {
    private final Data data;

    StreamSource(Data data) {
      this.data = data;
    }

    @Override
    public void run(boolean training, AfterBatch after) {
      int[] i = {0};
      try (Stream<Data> batches = data.stream().orElseThrow().get()) {
        batches
            .sequential()
            .forEach(
                d -> {
                  Binding batch = bind(d);
                  if (prepare(batch)) {
                    reset();
                  }
                  List<Tensor> tensors = new ArrayList<>();
                  try {
                    batch.arrays().forEach(a -> tensors.add(a.toTensor()));
                    step(training, batch).direct().run(tensors).close();
                  } finally {
                    tensors.forEach(Tensor::close);
                  }
                  after.run(i[0]++);
                });
      }
      if (i[0] == 0) {
        throw new IllegalArgumentException("data: the stream of batches is empty");
      }
    }
  }

  // ---- functions --------------------------------------------------------------------------

  /** Names a function in the runtime's table. */
  private record Key(Model model, String function, String signature)
      implements ModelRuntime.Owned {}

  private StepFunction step(boolean training, Binding binding) {
    try {
      StepFunction step =
          runtime.function(
              new Key(model, training ? "train" : "test", binding.signature()),
              () -> emitter.step(training, binding, compiled));
      compiled.settle();
      return step;
    } catch (RuntimeException e) {
      compiled.unsettle();
      throw e;
    }
  }

  private boolean prepared;

  /** Makes the state of the figures, which the first data decides. Returns whether it did now. */
  private boolean prepare(Binding binding) {
    if (prepared) {
      return false;
    }
    compiled.trackers(binding, model).forEach(t -> runtime.adopt(t.state()));
    prepared = true;
    return true;
  }

  private void reset() {
    if (prepared) {
      runtime
          .<GraphFunction>function(
              new Key(model, "reset", ""), () -> emitter.reset(compiled.trackers()))
          .run(List.of())
          .close();
    }
  }

  // ---- what callbacks see -----------------------------------------------------------------

  @Override
  public Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    if (!prepared) {
      return logs;
    }
    GraphFunction results =
        runtime.function(new Key(model, "results", ""), () -> emitter.results(compiled.trackers()));
    try (Result r = results.run(List.of())) {
      for (int i = 0; i < r.size(); i++) {
        Array value = Array.of(r.get(i));
        String key = compiled.trackers().get(i).key();
        for (int j = 0; j < value.size(); j++) {
          logs.put(value.size() == 1 ? key : key + "[" + j + "]", value.number(j));
        }
      }
    }
    return logs;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public long iteration() {
    return compiled.optimizer().iteration().value().longs()[0];
  }

  @Override
  public double learningRate() {
    return compiled.optimizer().learningRate().value().number(0);
  }

  @Override
  public void learningRate(double value) {
    compiled.optimizer().learningRate().assign(Array.of(Shape.scalar(), (float) value));
  }

  @Override
  public Map<String, Array> weights() {
    return model.getWeights();
  }

  @Override
  public void weights(Map<String, Array> values) {
    model.setWeights(values);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean largerIsBetter(String key) {
    return compiled.largerIsBetter(key);
  }
}
