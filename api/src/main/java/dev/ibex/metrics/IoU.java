package dev.ibex.metrics;

import dev.ibex.core.Key;
import dev.ibex.core.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Intersection over union of some classes.
 *
 * <p>Target and output are class numbers in one shape; with {@code sparseYTrue(false)} or {@code
 * sparseYPred(false)} they are scores with an axis for the classes. Source: {@code
 * keras.metrics.IoU}.
 *
 * @param options name, type; the default type is int64
 * @param numClasses how many classes there are
 * @param targetClassIds the classes whose mean is reported
 * @param ignoreClass a class of targets that are left out; empty for none
 * @param sparseYTrue whether targets are class numbers instead of scores for each class
 * @param sparseYPred whether outputs are class numbers instead of scores for each class
 * @param axis the axis of the scores
 */
public record IoU(
    MetricOptions options,
    int numClasses,
    List<Integer> targetClassIds,
    Optional<Integer> ignoreClass,
    @Key("sparse_y_true") boolean sparseYTrue,
    @Key("sparse_y_pred") boolean sparseYPred,
    int axis)
    implements OverlapMetric<IoU> {
  /** Checks the classes. */
  public IoU {
    targetClassIds = List.copyOf(targetClassIds);
    OverlapMetric.check(numClasses, targetClassIds);
  }

  /** Returns the metric with Keras's defaults. */
  public static IoU of(int numClasses, int... targetClassIds) {
    return new IoU(
        OverlapMetric.options("io_u"),
        numClasses,
        Arrays.stream(targetClassIds).boxed().toList(),
        Optional.empty(),
        true,
        true,
        -1);
  }

  /** Returns this metric without the targets of a class; default none. */
  public IoU ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this metric for targets that are class numbers, or scores; default class numbers. */
  public IoU sparseYTrue(boolean on) {
    return Records.with(this, "sparseYTrue", on);
  }

  /** Returns this metric for outputs that are class numbers, or scores; default class numbers. */
  public IoU sparseYPred(boolean on) {
    return Records.with(this, "sparseYPred", on);
  }

  /** Returns this metric with the scores along another axis; default -1. */
  public IoU axis(int axis) {
    return Records.with(this, "axis", axis);
  }
}
