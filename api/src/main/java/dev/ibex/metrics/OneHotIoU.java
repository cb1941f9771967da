package dev.ibex.metrics;

import dev.ibex.core.Key;
import dev.ibex.core.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Intersection over union of some classes, for one-hot targets.
 *
 * <p>The target is one-hot, the output scores, in one shape with an axis for the classes; with
 * {@code sparseYPred(true)} the output is class numbers. Source: {@code keras.metrics.OneHotIoU}.
 *
 * @param options name, type; the default type is int64
 * @param numClasses how many classes there are
 * @param targetClassIds the classes whose mean is reported
 * @param ignoreClass a class of targets that are left out; empty for none
 * @param sparseYPred whether outputs are class numbers instead of scores for each class
 * @param axis the axis of the scores
 */
public record OneHotIoU(
    MetricOptions options,
    int numClasses,
    List<Integer> targetClassIds,
    Optional<Integer> ignoreClass,
    @Key("sparse_y_pred") boolean sparseYPred,
    int axis)
    implements OverlapMetric<OneHotIoU> {
  /** Checks the classes. */
  public OneHotIoU {
    targetClassIds = List.copyOf(targetClassIds);
    OverlapMetric.check(numClasses, targetClassIds);
  }

  /** Returns the metric with Keras's defaults. */
  public static OneHotIoU of(int numClasses, int... targetClassIds) {
    return new OneHotIoU(
        OverlapMetric.options("one_hot_io_u"),
        numClasses,
        Arrays.stream(targetClassIds).boxed().toList(),
        Optional.empty(),
        false,
        -1);
  }

  /** Returns this metric without the targets of a class; default none. */
  public OneHotIoU ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this metric for outputs that are class numbers, or scores; default scores. */
  public OneHotIoU sparseYPred(boolean on) {
    return Records.with(this, "sparseYPred", on);
  }

  /** Returns this metric with the scores along another axis; default -1. */
  public OneHotIoU axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public boolean sparseYTrue() {
    return false;
  }
}
