package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/**
 * Adafactor: Adam's idea with the squares of a matrix kept as means of its rows and columns.
 *
 * <p>With t the step from 1, r = min(rate, 1 / sqrt(t)), b = 1 - t^beta2Decay: v is the moving mean
 * of g² + epsilon1 with decay b, for weights of two and more axes put together from the means along
 * the last axis and the last but one; u = g / sqrt(v); w -= max(epsilon2, rms(w)) · r · u / max(1,
 * rms(u) / clipThreshold).
 *
 * <p>Slots: {@code r}, {@code c} (unused scalars for vectors), {@code velocity}. Source: {@code
 * keras.optimizers.Adafactor}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta2Decay power of the step that decays the means
 * @param epsilon1 added to squares
 * @param epsilon2 the least size of a weight that scales its step
 * @param clipThreshold largest root mean square of a step
 * @param relativeStep whether the rate is limited by 1 / sqrt(t); it always is
 */
public record Adafactor(
    OptimizerOptions options,
    @Key("beta_2_decay") double beta2Decay,
    @Key("epsilon_1") double epsilon1,
    @Key("epsilon_2") double epsilon2,
    double clipThreshold,
    boolean relativeStep)
    implements Optimizer.Common<Adafactor> {
  /** Checks the options. */
  public Adafactor {
    Check.atLeastZero("epsilon1", epsilon1);
    Check.atLeastZero("epsilon2", epsilon2);
    Check.that(
        clipThreshold > 0, "clipThreshold: expected a positive number, got %s", clipThreshold);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Adafactor of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Adafactor of(double learningRate) {
    return new Adafactor(
        OptimizerOptions.of("adafactor", learningRate), -0.8, 1e-30, 1e-3, 1, true);
  }

  /**
   * Returns this optimizer with another {@code beta2Decay}: power of the step that decays the
   * means; default -0.8.
   */
  public Adafactor beta2Decay(double beta2Decay) {
    return Records.with(this, "beta2Decay", beta2Decay);
  }

  /** Returns this optimizer with another {@code epsilon1}: added to squares; default 1e-30. */
  public Adafactor epsilon1(double epsilon1) {
    return Records.with(this, "epsilon1", epsilon1);
  }

  /**
   * Returns this optimizer with another {@code epsilon2}: the least size of a weight that scales
   * its step; default 1e-3.
   */
  public Adafactor epsilon2(double epsilon2) {
    return Records.with(this, "epsilon2", epsilon2);
  }

  /**
   * Returns this optimizer with another {@code clipThreshold}: largest root mean square of a step;
   * default 1.
   */
  public Adafactor clipThreshold(double clipThreshold) {
    return Records.with(this, "clipThreshold", clipThreshold);
  }

  /**
   * Returns this optimizer with another {@code relativeStep}: whether the rate is limited by 1 /
   * sqrt(t); it always is; default true.
   */
  public Adafactor relativeStep(boolean relativeStep) {
    return Records.with(this, "relativeStep", relativeStep);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    Shape s = weight.shape();
    if (!factored(s)) {
      return List.of(unused("r"), unused("c"), Slots.zeros("velocity", weight));
    }
    int rank = s.numDimensions();
    Shape columns = s.subShape(0, rank - 2).append(s.get(rank - 1));
    return List.of(
        Slots.filled("r", s.subShape(0, rank - 1), 0),
        Slots.filled("c", columns, 0),
        Slots.zeros("velocity", weight));
  }

  /** Returns what Keras keeps, and writes, in the place of a slot that there is no use for. */
  private static WeightSpec unused(String name) {
    return Slots.filled(name, Shape.scalar(), 0).dtype(DType.INT32);
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> one = step.constant(1);
    Operand<TNumber> t = step.step();
    Operand<TNumber> rate = tf.math.minimum(step.learningRate(), tf.math.div(one, tf.math.sqrt(t)));
    Operand<TNumber> size = tf.math.maximum(step.constant(epsilon2), rms(tf, step.value()));
    Operand<TNumber> squares = terms.plus(step.squaredGradient(), epsilon1);
    Operand<TNumber> decay = terms.rest(tf.math.pow(t, step.constant(beta2Decay)));
    Map<String, Operand<TNumber>> slots = new LinkedHashMap<>();
    Operand<TNumber> v;
    if (factored(step.variable().shape())) {
      Operand<TNumber> r =
          mixed(terms, tf, step.slotValue("r"), tf.math.mean(squares, tf.constant(-1)), decay);
      Operand<TNumber> c =
          mixed(terms, tf, step.slotValue("c"), tf.math.mean(squares, tf.constant(-2)), decay);
      slots.put("r", r);
      slots.put("c", c);
      Operand<TNumber> share =
          tf.math.div(r, tf.math.mean(r, tf.constant(-1), Mean.keepDims(true)));
      v = terms.times(tf.expandDims(share, tf.constant(-1)), tf.expandDims(c, tf.constant(-2)));
    } else {
      v = mixed(terms, tf, step.slotValue("velocity"), squares, decay);
    }
    slots.put("velocity", v);
    Operand<TNumber> u = tf.math.div(step.gradient(), tf.math.sqrt(v));
    Operand<TNumber> excess =
        tf.math.maximum(one, tf.math.div(rms(tf, u), step.constant(clipThreshold)));
    Operand<TNumber> change = terms.times(terms.times(size, rate), tf.math.div(u, excess));
    return step.assign(terms.less(change), slots);
  }

  private static Operand<TNumber> mixed(
      Terms terms, Ops tf, Operand<TNumber> old, Operand<TNumber> x, Operand<TNumber> decay) {
    return tf.math.add(terms.times(decay, old), terms.times(terms.rest(decay), x));
  }

  private static Operand<TNumber> rms(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> flat = tf.reshape(x, tf.constant(new int[] {-1}));
    return tf.math.sqrt(tf.math.mean(tf.math.square(flat), tf.constant(0)));
  }

  private static boolean factored(Shape shape) {
    return shape.numDimensions() >= 2;
  }
}
