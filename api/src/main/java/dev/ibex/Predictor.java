package dev.ibex;

import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/** One {@code predict}. For one thread; several may run beside each other. */
final class Predictor {
  private final Model model;
  private final StepFunction function;
  private final List<Boolean> noTargets;

  private record Key(Model model) {}

  Predictor(Model model, ModelRuntime runtime) {
    this.model = model;
    this.function =
        runtime.function(
            new Key(model), () -> new FunctionEmitter(model, runtime, Optional.empty()).predict());
    this.noTargets = model.outputNames().stream().map(n -> false).toList();
  }

  Prediction predict(Data data, int batchSize) {
    List<List<Array>> parts = new ArrayList<>();
    model.outputNames().forEach(n -> parts.add(new ArrayList<>()));
    if (data.stream().isPresent()) {
      try (Stream<Data> batches = data.stream().get().get()) {
        batches.sequential().forEach(d -> direct(Binding.of(model, d, noTargets), parts));
      }
    } else {
      Binding binding = Binding.of(model, data, noTargets);
      if (binding.samples() <= batchSize) {
        direct(binding, parts);
      } else {
        indexed(binding, batchSize, parts);
      }
    }
    Map<String, Array> byName = new LinkedHashMap<>();
    model.outputNames().forEach(n -> byName.put(n, Array.concat(parts.get(byName.size()))));
    return new Prediction(byName);
  }

  private void direct(Binding binding, List<List<Array>> parts) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      binding.inputs().forEach(a -> tensors.add(a.toTensor()));
      collect(function.direct().run(tensors), parts);
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  private void indexed(Binding binding, int batchSize, List<List<Array>> parts) {
    try (Feed feed = new Feed(binding, batchSize)) {
      GraphFunction.Runner run = function.indexed().runner(feed.tensors());
      for (int i = 0; i < feed.steps(); i++) {
        feed.batch(i);
        collect(run.run(), parts);
      }
    }
  }

  private static void collect(Result result, List<List<Array>> parts) {
    try (result) {
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).add(Array.of(result.get(i)));
      }
    }
  }
}
