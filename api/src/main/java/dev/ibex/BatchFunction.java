package dev.ibex;

import dev.ibex.graph.Array;
import dev.ibex.graph.GraphFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.tensorflow.Result;
import org.tensorflow.Tensor;

/**
 * A function of the arrays of one batch; from any number of threads.
 *
 * <p>Each thread keeps the tensors of its last small batch, and the call they are bound to, for the
 * next batch of that shape: a row after a row costs no native allocation.
 */
final class BatchFunction implements AutoCloseable {
  private static final long KEPT_BYTES = 1 << 16;

  private final GraphFunction function;

  @SuppressWarnings("ThreadLocalUsage") // one for each function: what is kept is bound to its graph
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

    boolean fits(List<Array> arrays) {
      for (int i = 0; i < arrays.size(); i++) {
        if (!tensors.get(i).shape().equals(arrays.get(i).shape())) {
          return false;
        }
      }
      return true;
    }

    void close() {
      tensors.forEach(Tensor::close);
    }
  }

  BatchFunction(GraphFunction function) {
    this.function = function;
  }

  List<Array> run(List<Array> batch) {
    Kept last = kept.get();
    if (last != null && last.fits(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).copyTo(last.tensors.get(i));
      }
      return arrays(last.call.run());
    }
    List<Tensor> tensors = new ArrayList<>();
    boolean keep = false;
    try {
      for (Array a : batch) {
        tensors.add(a.toTensor());
      }
      keep =
          batch.stream().allMatch(Array::copyable)
              && tensors.stream().mapToLong(Tensor::numBytes).sum() <= KEPT_BYTES;
      GraphFunction.Runner call = function.runner(tensors);
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

  /** Returns the results as arrays. */
  static List<Array> arrays(Result result) {
    try (result) {
      List<Array> all = new ArrayList<>(result.size());
      for (int i = 0; i < result.size(); i++) {
        all.add(Array.of(result.get(i)));
      }
      return all;
    }
  }

  /** Frees what the threads keep; no call may be running. */
  @Override
  public void close() {
    all.forEach(Kept::close);
    all.clear();
  }
}
