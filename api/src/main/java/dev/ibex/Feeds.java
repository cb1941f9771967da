package dev.ibex;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * Where data enters a function: whole arrays from which a step gathers its batch on the CPU, or the
 * batch itself, fed in the gather's place.
 */
final class Feeds {
  private final List<Operand<?>> indexed = new ArrayList<>();
  private final List<Operand<?>> batch = new ArrayList<>();

  Feeds(Ops tf, List<TensorSpec> specs) {
    Ops cpu = tf.withSubScope("feed").withDevice(Devices.find("CPU:0"));
    Operand<TInt32> none = cpu.constant(new int[0]);
    Operand<TInt32> zero = cpu.constant(new int[1]);
    Operand<TInt32> order = cpu.placeholderWithDefault(none, Shape.of(-1));
    Operand<TInt32> start = cpu.placeholderWithDefault(zero, Shape.of(1));
    Operand<TInt32> count = cpu.placeholderWithDefault(zero, Shape.of(1));
    indexed.addAll(List.of(order, start, count));
    Operand<TInt32> rows = cpu.slice(order, start, count);
    for (TensorSpec spec : specs) {
      Operand<?> whole =
          cpu.placeholderWithDefault(nothing(cpu, spec), Shape.of(-1).append(spec.shape().tail()));
      indexed.add(whole);
      batch.add(cpu.gather(whole, rows, cpu.constant(0)));
    }
  }

  /**
   * Returns an array without samples. TensorFlow may keep the gather, for its time and not for its
   * value, where an output is a constant; so it must run also where the batch is fed.
   */
  private static Operand<?> nothing(Ops tf, TensorSpec spec) {
    long[] dims = Shape.of(0).append(spec.shape().tail()).asArray();
    Arrays.setAll(dims, i -> Math.max(0, dims[i]));
    return tf.zeros(tf.constant(dims), spec.dtype().type());
  }

  /** Returns order, start, count and the whole arrays. */
  List<Operand<?>> indexed() {
    return indexed;
  }

  /** Returns the arrays of one batch. */
  List<Operand<?>> batch() {
    return batch;
  }
}
