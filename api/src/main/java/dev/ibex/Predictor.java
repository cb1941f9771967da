package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Predicts with one model in one runtime; from any number of threads. */
final class Predictor implements AutoCloseable {
  private final Model model;
  private final StepFunction function;

  private final BatchFunction direct;

  /** Names a predictor in the runtime's table. */
  private record Key(Model model) implements ModelRuntime.Owned {
    @Override
    public boolean belongsTo(Model other) {
      return model == other;
    }
  }

  private Predictor(Model model, StepFunction function) {
    this.model = model;
    this.function = function;
    this.direct = new BatchFunction(function.direct());
  }

  /** Returns the model's predictor, emitting its function the first time. */
  static Predictor of(Model model, ModelRuntime runtime) {
    return runtime.function(
        new Key(model),
        () ->
            new Predictor(model, new FunctionEmitter(model, runtime, Optional.empty()).predict()));
  }

  Prediction predict(Data data, int batchSize) {
    if (data.stream().isPresent()) {
      return stream(data.stream().get().get());
    }
    Binding binding = Binding.ofInputs(model, data);
    return binding.samples() <= batchSize
        ? prediction(direct(binding))
        : indexed(binding, batchSize);
  }

  private Prediction stream(Stream<Data> batches) {
    List<List<Array>> parts = new ArrayList<>();
    try (batches) {
      batches.sequential().forEach(d -> parts.add(direct(Binding.ofInputs(model, d))));
    }
    return joined(parts);
  }

  private List<Array> direct(Binding binding) {
    return direct.run(binding.inputs());
  }

  @Override
  public void close() {
    direct.close();
  }

  private Prediction indexed(Binding binding, int batchSize) {
    List<List<Array>> parts = new ArrayList<>();
    try (Feed feed = new Feed(binding, batchSize)) {
      GraphFunction.Runner run = function.indexed().runner(feed.tensors());
      for (int i = 0; i < feed.steps(); i++) {
        feed.batch(i);
        parts.add(BatchFunction.arrays(run.run()));
      }
    }
    return joined(parts);
  }

  private Prediction joined(List<List<Array>> batches) {
    Check.that(!batches.isEmpty(), "data: the stream of batches is empty");
    List<Array> whole = new ArrayList<>();
    for (int i = 0; i < model.outputNames().size(); i++) {
      int output = i;
      try {
        whole.add(Array.concat(batches.stream().map(b -> b.get(output)).toList()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "output \""
                + model.outputNames().get(i)
                + "\": what batches give cannot be joined by samples: "
                + e.getMessage()
                + "; predict with a batchSize of all samples",
            e);
      }
    }
    return prediction(whole);
  }

  private Prediction prediction(List<Array> outputs) {
    Map<String, Array> byName = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      byName.put(model.outputNames().get(i), outputs.get(i));
    }
    return new Prediction(byName);
  }
}
