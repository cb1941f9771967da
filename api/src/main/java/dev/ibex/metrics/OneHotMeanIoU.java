package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Records;
import java.util.Optional;

/**
 * Mean intersection over union of all classes, for one-hot targets.
 *
 * <p>The target is one-hot, the output scores, in one shape with an axis for the classes; with
 * {@code sparseYPred(true)} the output is class numbers. Source: {@code
 * keras.metrics.OneHotMeanIoU}.
 *
 * @param options name, type; the default type is int64
 * @param numClasses how many classes there are
 * @param ignoreClass a class of targets that are left out; empty for none
 * @param sparseYPred whether outputs are class numbers instead of scores for each class
 * @param axis the axis of the scores
 */
public record OneHotMeanIoU(
    MetricOptions options,
    int numClasses,
    Optional<Integer> ignoreClass,
    @Key("sparse_y_pred") boolean sparseYPred,
    int axis)
    implements OverlapMetric<OneHotMeanIoU> {
  /** Checks the classes. */
  public OneHotMeanIoU {

    Check.positive("numClasses", numClasses);
  }

  /** Returns the metric with Keras's defaults. */
  public static OneHotMeanIoU of(int numClasses) {
    return new OneHotMeanIoU(
        OverlapMetric.options("one_hot_mean_io_u"), numClasses, Optional.empty(), false, -1);
  }

  /** Returns this metric without the targets of a class; default none. */
  public OneHotMeanIoU ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this metric for outputs that are class numbers, or scores; default scores. */
  public OneHotMeanIoU sparseYPred(boolean on) {
    return Records.with(this, "sparseYPred", on);
  }

  /** Returns this metric with the scores along another axis; default -1. */
  public OneHotMeanIoU axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public boolean sparseYTrue() {
    return false;
  }
}
