package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Records;
import java.util.Optional;

/**
 * Mean intersection over union of all classes.
 *
 * <p>Target and output are class numbers in one shape; with {@code sparseYTrue(false)} or {@code
 * sparseYPred(false)} they are scores with an axis for the classes. Source: {@code
 * keras.metrics.MeanIoU}.
 *
 * @param options name, type; the default type is int64
 * @param numClasses how many classes there are
 * @param ignoreClass a class of targets that are left out; empty for none
 * @param sparseYTrue whether targets are class numbers instead of scores for each class
 * @param sparseYPred whether outputs are class numbers instead of scores for each class
 * @param axis the axis of the scores
 */
public record MeanIoU(
    MetricOptions options,
    int numClasses,
    Optional<Integer> ignoreClass,
    @Key("sparse_y_true") boolean sparseYTrue,
    @Key("sparse_y_pred") boolean sparseYPred,
    int axis)
    implements OverlapMetric<MeanIoU> {
  /** Checks the classes. */
  public MeanIoU {

    Check.positive("numClasses", numClasses);
  }

  /** Returns the metric with Keras's defaults. */
  public static MeanIoU of(int numClasses) {
    return new MeanIoU(
        OverlapMetric.options("mean_io_u"), numClasses, Optional.empty(), true, true, -1);
  }

  /** Returns this metric without the targets of a class; default none. */
  public MeanIoU ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this metric for targets that are class numbers, or scores; default class numbers. */
  public MeanIoU sparseYTrue(boolean on) {
    return Records.with(this, "sparseYTrue", on);
  }

  /** Returns this metric for outputs that are class numbers, or scores; default class numbers. */
  public MeanIoU sparseYPred(boolean on) {
    return Records.with(this, "sparseYPred", on);
  }

  /** Returns this metric with the scores along another axis; default -1. */
  public MeanIoU axis(int axis) {
    return Records.with(this, "axis", axis);
  }
}
