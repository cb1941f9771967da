package dev.ibex;

import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.types.TInt32;

/**
 * Arrays kept as native tensors while a model goes through them batch by batch; a step only moves
 * an index. For one thread; closing frees the tensors.
 */
final class Feed implements AutoCloseable {
  private final List<Tensor> tensors = new ArrayList<>();
  private final IntDataBuffer order;
  private final IntDataBuffer start;
  private final IntDataBuffer count;
  private final int samples;
  private final int batchSize;

  Feed(Binding binding, int batchSize) {
    this.samples = binding.samples();
    this.batchSize = Math.min(batchSize, samples);
    try {
      this.order = ints(samples);
      this.start = ints(1);
      this.count = ints(1);
      for (Array a : binding.arrays()) {
        tensors.add(a.toTensor());
      }
      int[] identity = new int[samples];
      java.util.Arrays.setAll(identity, i -> i);
      order.write(identity);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private IntDataBuffer ints(int n) {
    TInt32 t = TInt32.tensorOf(Shape.of(n));
    tensors.add(t);
    return t.asRawTensor().data().asInts();
  }

  /** Returns order, start, count and the arrays, as {@link Feeds#indexed} wants them. */
  List<Tensor> tensors() {
    return tensors;
  }

  /** Sets the order of the samples from the next batch on. */
  void order(int[] permutation) {
    order.write(permutation);
  }

  int steps() {
    return (samples + batchSize - 1) / batchSize;
  }

  /** Points at a batch; the last may be shorter. */
  void batch(int step) {
    int from = step * batchSize;
    start.setInt(from, 0);
    count.setInt(Math.min(batchSize, samples - from), 0);
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
    tensors.clear();
  }
}
