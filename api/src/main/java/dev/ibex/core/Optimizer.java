package dev.ibex.core;

import java.util.List;
import java.util.Optional;
import org.tensorflow.op.Op;

/**
 * A rule that changes a weight by its gradient.
 *
 * <p>An optimizer is a description; its state belongs to the compiled model. Implementations are
 * records with {@link OptimizerOptions} among their components; the object's identity decides
 * whether a model that is compiled again goes on with its state. Source: {@code
 * keras.optimizers.Optimizer}.
 */
public interface Optimizer {
  /** Returns the common options. */
  OptimizerOptions options();

  /** Returns the same optimizer with other common options. */
  default Optimizer with(OptimizerOptions options) {
    return (Optimizer) Records.with((Record) this, "options", options);
  }

  /** Declares the state kept for one weight, in the order of files. */
  List<WeightSpec> slots(Variable weight);

  /**
   * Returns the group that files keep a slot in: they hold the slots of group 0 weight by weight,
   * then those of group 1, and so on. By default all are in group 0.
   */
  default int slotGroup(String slot) {
    return 0;
  }

  /** Emits the change of one weight and its slots. */
  Op update(OptimizerStep step);

  /**
   * The options that every optimizer has, typed so that they can stand anywhere in a chain.
   *
   * @param <O> the optimizer's own class
   */
  interface Common<O extends Optimizer> extends Optimizer {
    /** Returns this optimizer with a decoupled weight decay; default none. */
    default O weightDecay(double value) {
      return option("weightDecay", Optional.of(value));
    }

    /** Returns this optimizer with the norm of each gradient limited; default not. */
    default O clipnorm(double value) {
      return option("clipnorm", Optional.of(value));
    }

    /** Returns this optimizer with each element of gradients limited in size; default not. */
    default O clipvalue(double value) {
      return option("clipvalue", Optional.of(value));
    }

    /** Returns this optimizer with the norm of all gradients together limited; default not. */
    default O globalClipnorm(double value) {
      return option("globalClipnorm", Optional.of(value));
    }

    /** Returns this optimizer under another name. */
    default O named(String name) {
      return option("name", name);
    }

    @SuppressWarnings("unchecked")
    private O option(String component, Object value) {
      return (O) with(Records.with(options(), component, value));
    }
  }
}
