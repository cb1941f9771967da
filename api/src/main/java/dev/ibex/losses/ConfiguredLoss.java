package dev.ibex.losses;

import dev.ibex.core.Loss;
import dev.ibex.core.Records;
import dev.ibex.core.Reduction;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import org.tensorflow.ndarray.Shape;

/**
 * A loss that is a record with {@link LossOptions} as its component {@code options}: what Keras's
 * losses have in common.
 *
 * @param <L> the loss's own class
 */
public interface ConfiguredLoss<L extends Loss> extends Loss {
  /** Returns the common options. */
  LossOptions options();

  @Override
  default String name() {
    return options().name();
  }

  @Override
  default Reduction reduction() {
    return options().reduction();
  }

  @Override
  default DType dtype() {
    return options().dtype();
  }

  /** Checks that the target has the output's shape, but for a last axis of 1. */
  @Override
  default void check(String output, Array target, Shape outputShape) {
    TargetCheck.sameShape(getClass().getSimpleName(), output, target, outputShape);
  }

  /** Returns this loss under another name. */
  default L named(String name) {
    return option("name", name);
  }

  /** Returns this loss with another reduction; default {@link Reduction#SUM_OVER_BATCH_SIZE}. */
  default L reduction(Reduction reduction) {
    return option("reduction", reduction);
  }

  /** Returns this loss computed in another floating type; default float32. */
  default L dtype(DType dtype) {
    return option("dtype", dtype);
  }

  @SuppressWarnings("unchecked")
  private L option(String component, Object value) {
    Record copy = Records.with((Record) this, "options", Records.with(options(), component, value));
    return (L) copy;
  }
}
