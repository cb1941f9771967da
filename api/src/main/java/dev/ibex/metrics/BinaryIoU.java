package dev.ibex.metrics;

import dev.ibex.core.Records;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Intersection over union of no and yes, which outputs say by a threshold.
 *
 * <p>Target and output have one shape; targets are 0 or 1. Source: {@code keras.metrics.BinaryIoU}.
 *
 * @param options name, type; the default type is int64
 * @param targetClassIds the classes whose mean is reported: 0 for no, 1 for yes
 * @param threshold outputs of it or above say yes
 */
public record BinaryIoU(MetricOptions options, List<Integer> targetClassIds, double threshold)
    implements OverlapMetric<BinaryIoU> {
  /** Checks the classes. */
  public BinaryIoU {
    targetClassIds = List.copyOf(targetClassIds);
    OverlapMetric.check(2, targetClassIds);
  }

  /** Returns the metric with Keras's defaults. */
  public static BinaryIoU of() {
    return new BinaryIoU(OverlapMetric.options("binary_io_u"), List.of(0, 1), 0.5);
  }

  /** Returns this metric of other classes; default both. */
  public BinaryIoU targetClassIds(int... ids) {
    return Records.with(this, "targetClassIds", Arrays.stream(ids).boxed().toList());
  }

  /** Returns this metric with another threshold; default 0.5. */
  public BinaryIoU threshold(double threshold) {
    return Records.with(this, "threshold", threshold);
  }

  @Override
  public int numClasses() {
    return 2;
  }

  @Override
  public Operand<TNumber> chosen(Ops tf, Operand<TNumber> yPred) {
    Operand<TNumber> p = Numbers.cast(tf, yPred, DType.FLOAT32);
    return Targets.number(tf, tf.math.greaterEqual(p, Numbers.constant(tf, p, threshold)), dtype());
  }
}
