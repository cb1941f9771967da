package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/**
 * Predicts with one model in one runtime; from any number of threads.
 *
 * <p>Each thread keeps the tensors of its last small batch, and the call they are bound to, for the
 * next batch of that shape: a row after a row costs no native allocation.
 */
final class Predictor implements AutoCloseable {
  private static final long KEPT_BYTES = 1 << 16;

  private final Model model;
  private final StepFunction function;

  @SuppressWarnings(
      "ThreadLocalUsage") // one for each predictor: what is kept is bound to its graph
  private final ThreadLocal<Kept> kept = new ThreadLocal<>();

  private final Set<Kept> all =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** A call with bound tensors, whose content changes. */
  private static final class Kept {
    private final List<Tensor> tensors;
    private final GraphFunction.Runner call;

    Kept(List<Tensor> tensors, GraphFunction.Runner call) {
      this.tensors = tensors;
      this.call = call;
    }

    boolean fits(List<Array> inputs) {
      for (int i = 0; i < inputs.size(); i++) {
        if (!tensors.get(i).shape().equals(inputs.get(i).shape())) {
          return false;
        }
      }
      return true;
    }

    void close() {
      tensors.forEach(Tensor::close);
    }
  }

  /** Names a predictor in the runtime's table. */
  private record Key(Model model) implements ModelRuntime.Owned {}

  private Predictor(Model model, StepFunction function) {
    this.model = model;
    this.function = function;
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
    List<Array> inputs = binding.inputs();
    Kept last = kept.get();
    if (last != null && last.fits(inputs)) {
      for (int i = 0; i < inputs.size(); i++) {
        inputs.get(i).copyTo(last.tensors.get(i));
      }
      return arrays(last.call.run());
    }
    List<Tensor> tensors = new ArrayList<>();
    boolean keep = false;
    try {
      for (Array a : inputs) {
        tensors.add(a.toTensor());
      }
      keep =
          inputs.stream().allMatch(Array::copyable)
              && tensors.stream().mapToLong(Tensor::numBytes).sum() <= KEPT_BYTES;
      GraphFunction.Runner call = function.direct().runner(tensors);
      if (keep) {
        keep(new Kept(tensors, call));
      }
      return arrays(call.run());
    } finally {
      if (!keep) {
        tensors.forEach(Tensor::close);
      }
    }
  }

  private void keep(Kept next) {
    Kept last = kept.get();
    if (last != null) {
      all.remove(last);
      last.close();
    }
    all.add(next);
    kept.set(next);
  }

  /** Frees what the threads keep; no call may be running. */
  @Override
  public void close() {
    all.forEach(Kept::close);
    all.clear();
  }

  private Prediction indexed(Binding binding, int batchSize) {
    List<List<Array>> parts = new ArrayList<>();
    try (Feed feed = new Feed(binding, batchSize)) {
      GraphFunction.Runner run = function.indexed().runner(feed.tensors());
      for (int i = 0; i < feed.steps(); i++) {
        feed.batch(i);
        parts.add(arrays(run.run()));
      }
    }
    return joined(parts);
  }

  private static List<Array> arrays(Result result) {
    try (result) {
      List<Array> all = new ArrayList<>(result.size());
      for (int i = 0; i < result.size(); i++) {
        all.add(Array.of(result.get(i)));
      }
      return all;
    }
  }

  private Prediction joined(List<List<Array>> batches) {
    Check.that(!batches.isEmpty(), "data: the stream of batches is empty");
    List<Array> whole = new ArrayList<>();
    for (int i = 0; i < model.outputNames().size(); i++) {
      int output = i;
      whole.add(Array.concat(batches.stream().map(b -> b.get(output)).toList()));
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
