package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tensorflow.Tensor;
import org.tensorflow.proto.GraphDef;

/** The steps of one training in one runtime, and the figures they gather. For one thread. */
final class Steps {
  private final Learner learner;
  private final ModelRuntime runtime;
  private final Set<Boolean> prepared = new HashSet<>();
  private boolean training = true;
  private Optional<Map<String, Array>> pending = Optional.empty();

  Steps(Learner learner) {
    this.learner = learner;
    this.runtime = learner.runtime();
  }

  // ---- data -------------------------------------------------------------------------------

  /**
   * Returns data as batches; class weights, if any, become weights of samples.
   *
   * @param trains whether it is to be trained on
   */
  Source source(boolean trains, Data data, int batchSize, Map<Integer, Double> classWeights) {
    if (data.stream().isPresent()) {
      return new StreamSource(data, classWeights);
    }
    Binding binding = learner.bind(data, classWeights);
    prepare(trains, binding);
    return new ArraySource(binding, batchSize);
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
    public void run(boolean training, int from, Pass pass) {
      GraphFunction.Runner step = step(training, binding).indexed().runner(feed.tensors());
      int n = feed.steps();
      for (int i = from; i < n && pass.goesOn(); i++) {
        feed.batch(i);
        step.run().close();
        boolean last = i == n - 1;
        pass.after(i, () -> last);
      }
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  private final class StreamSource implements Source {
    private final Data data;
    private final Map<Integer, Double> classWeights;

    StreamSource(Data data, Map<Integer, Double> classWeights) {
      this.data = data;
      this.classWeights = classWeights;
    }

    @Override
    public void prepare(boolean training) {
      try (Stream<Data> stream = data.stream().orElseThrow().get()) {
        stream
            .findFirst()
            .ifPresent(d -> Steps.this.prepare(training, learner.bind(d, classWeights)));
      }
    }

    @Override
    public void run(boolean training, int from, Pass pass) {
      int i = 0;
      try (Stream<Data> stream = data.stream().orElseThrow().get()) {
        Iterator<Data> batches = stream.iterator();
        for (; batches.hasNext(); i++) {
          Data next = batches.next();
          if (i >= from || !prepared.contains(training)) {
            Binding batch = learner.bind(next, classWeights);
            Steps.this.prepare(training, batch);
            if (!pass.goesOn()) {
              return;
            }
            if (i >= from) {
              step(training, batch);
              pass.after(i, () -> !batches.hasNext());
            }
          }
        }
      }
      if (i == 0) {
        throw new IllegalArgumentException("data: the stream of batches is empty");
      }
    }

    private void step(boolean training, Binding batch) {
      List<Tensor> tensors = new ArrayList<>();
      try {
        batch.arrays().forEach(a -> tensors.add(a.toTensor()));
        Steps.this.step(training, batch).direct().run(tensors).close();
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }

  // ---- functions --------------------------------------------------------------------------

  /** Names a function in the runtime's table; the functions that draw numbers hold the seed. */
  private record Key(
      Object owner,
      List<Model> models,
      String function,
      String signature,
      long seed,
      List<Tracker> figures)
      implements ModelRuntime.Owned {
    @Override
    public boolean belongsTo(Model model) {
      return models.contains(model);
    }
  }

  private Key key(String function, String signature) {
    return new Key(
        learner.owner(), learner.models(), function, signature, learner.seed(), List.of());
  }

  private Key key(String function, List<Tracker> figures) {
    return new Key(learner.owner(), learner.models(), function, "", 0, figures);
  }

  private StepFunction step(boolean training, Binding binding) {
    return emitted(
        key(training ? "train" : "test", binding.signature()),
        () -> learner.step(training, binding));
  }

  /** Does one step and returns the figures of its batch alone. */
  Map<String, Double> onBatch(boolean training, Data data, Map<Integer, Double> classWeights) {
    Binding binding = learner.bind(data, classWeights);
    BatchFunction step =
        emitted(
            key(training ? "train on batch" : "test on batch", binding.signature()),
            () -> new BatchFunction(learner.onBatch(training, binding)));
    return named(learner.trackers(training), step.run(binding.arrays()));
  }

  /**
   * Returns a function of the first or later data; what the first decided stays if it is emitted.
   */
  private <F> F emitted(Key key, Supplier<F> emit) {
    try {
      F function = runtime.function(key, emit);
      learner.settle();
      return function;
    } catch (RuntimeException e) {
      learner.unsettle();
      throw e;
    }
  }

  /** Returns the graph as it is now. */
  GraphDef graph() {
    return runtime.session().graphDef();
  }

  // ---- figures ----------------------------------------------------------------------------

  /** Makes the state of the figures, which the first data decides. */
  private void prepare(boolean trains, Binding binding) {
    if (prepared.contains(trains)) {
      return;
    }
    learner.prepare(trains, binding, () -> step(trains, binding));
    prepared.add(trains);
    reset(trains);
    if (trains) {
      pending.ifPresent(this::restore);
    }
  }

  /** Begins anew to gather the figures of training or evaluation. */
  void reset(boolean trains) {
    training = trains;
    List<Tracker> all = trackers(trains);
    if (!all.isEmpty()) {
      runtime
          .<GraphFunction>function(
              key("reset", all), () -> new Figures(runtime).reset(learner.scope("reset"), all))
          .run(List.of())
          .close();
    }
  }

  /** Returns what was gathered since the last reset, by key; nothing before the first data. */
  Map<String, Double> figures() {
    return figures(training);
  }

  /** Returns the figures of training or evaluation, by key. */
  Map<String, Double> figures(boolean trains) {
    List<Tracker> all = trackers(trains);
    if (all.isEmpty()) {
      return new LinkedHashMap<>();
    }
    GraphFunction results =
        runtime.function(
            key("results", all), () -> new Figures(runtime).results(learner.scope("results"), all));
    return named(all, BatchFunction.arrays(results.run(List.of())));
  }

  private static Map<String, Double> named(List<Tracker> trackers, List<Array> values) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Array value = values.get(i);
      String key = trackers.get(i).key();
      for (int j = 0; j < value.size(); j++) {
        figures.put(value.size() == 1 ? key : key + "[" + j + "]", value.number(j));
      }
    }
    return figures;
  }

  /** Returns the figures of training or evaluation; none before the first data. */
  List<Tracker> trackers(boolean trains) {
    return prepared.contains(trains) ? learner.trackers(trains) : List.of();
  }

  /** Returns the variables that the figures are gathered in; none before the first data. */
  Map<String, Variable> state() {
    Map<String, Variable> state = new LinkedHashMap<>();
    trackers(true).forEach(t -> t.state().forEach(v -> state.put(t.key() + "/" + v.name(), v)));
    return state;
  }

  /** Goes on gathering where {@link #state} had these values; at once, or with the first data. */
  void restore(Map<String, Array> values) {
    if (!prepared.contains(true)) {
      pending = Optional.of(values);
      return;
    }
    Map<String, Variable> state = state();
    if (!state.keySet().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "figures: the model gathers "
              + state.keySet()
              + ", but those to go on with are "
              + values.keySet()
              + "; compile it with the same metrics");
    }
    Map<Variable, Array> assigned = new LinkedHashMap<>();
    state.forEach(
        (name, v) -> assigned.put(v, java.util.Objects.requireNonNull(values.get(name), name)));
    ModelRuntime.assignAll(assigned);
  }
}
