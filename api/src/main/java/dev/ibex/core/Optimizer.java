package dev.ibex.core;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

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

  /** Declares the scalars kept for all weights together, after the slots in files; default none. */
  default List<WeightSpec> shared() {
    return List.of();
  }

  /**
   * Returns the next value of a scalar that all weights share; {@link OptimizerStep#shared} gives
   * it to each weight's update.
   *
   * @param value the value before the step
   * @param step the number of the step, from 1
   */
  default Operand<TNumber> nextShared(
      Ops tf, String name, Operand<TNumber> value, Operand<TNumber> step) {
    throw new IllegalArgumentException("there is no shared state \"" + name + "\"");
  }

  /** Emits the change of one weight and its slots. */
  Op update(OptimizerStep step);

  /** Returns how the loss is scaled while it trains; by default not. */
  default Optional<LossScaling> lossScaling() {
    return Optional.empty();
  }

  /**
   * The options that every optimizer has, typed so that they can stand anywhere in a chain.
   *
   * @param <O> the optimizer's own class
   */
  interface Common<O extends Optimizer> extends Optimizer {
    /** Returns this optimizer with another learning rate. */
    default O learningRate(double rate) {
      return learningRate(new Schedule.Constant(rate));
    }

    /** Returns this optimizer with a learning rate that depends on the step. */
    default O learningRate(Schedule schedule) {
      return option("learningRate", schedule);
    }

    /** Returns this optimizer with a decoupled weight decay; default none. */
    default O weightDecay(double value) {
      return option("weightDecay", Optional.of(value));
    }

    /**
     * Returns this optimizer without decay of weights whose own name matches one of some regular
     * expressions, such as {@code "bias"}; default none. As in Keras, files have no place for it,
     * so a model with it is only saved without its compilation.
     */
    default O excludeFromWeightDecay(String... names) {
      return option(
          "decayExclusion",
          new DecayExclusion(List.of(names), options().decayExclusion().weights()));
    }

    /** As {@link #excludeFromWeightDecay(String...)}, without decay of some weights. */
    default O excludeFromWeightDecay(Variable... weights) {
      return option(
          "decayExclusion",
          new DecayExclusion(options().decayExclusion().names(), List.of(weights)));
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

    /**
     * Returns this optimizer with moving averages of the weights, which the weights become at the
     * end of {@code fit}; default false.
     */
    default O useEma(boolean on) {
      return option("useEma", on);
    }

    /** Returns this optimizer with another decay of the averages, from 0 to 1; default 0.99. */
    default O emaMomentum(double value) {
      return option("emaMomentum", value);
    }

    /**
     * Returns this optimizer with the weights becoming their averages each n steps; default not.
     */
    default O emaOverwriteFrequency(int steps) {
      return option("emaOverwriteFrequency", Optional.of(steps));
    }

    /**
     * Returns this optimizer with the loss multiplied by a factor before gradients are taken, and
     * these divided by it; default 1. {@code LossScaleOptimizer} finds the factor itself.
     */
    default O lossScaleFactor(double factor) {
      return option("lossScaleFactor", Optional.of(factor));
    }

    /**
     * Returns this optimizer with the mean gradient of n steps changing the weights at the last of
     * them, n at least 2; default every step.
     */
    default O gradientAccumulationSteps(int steps) {
      return option("gradientAccumulationSteps", Optional.of(steps));
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
