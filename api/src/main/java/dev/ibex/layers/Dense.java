package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Fully connected layer: {@code y = activation(x · kernel + bias)}.
 *
 * <p>{@code x: [batch, …, in] -> y: [batch, …, units]}; the axes between are kept. Passes the mask
 * on. Source: {@code keras.layers.Dense}.
 */
public final class Dense extends UnaryLayer implements Configurable<Dense> {
  private final Config config;

  /**
   * The description of a {@link Dense}.
   *
   * @param units the size of the last output axis, at least 1
   */
  public record Config(
      LayerOptions options,
      int units,
      Activation activation,
      boolean useBias,
      Initializer kernelInitializer,
      Initializer biasInitializer,
      Regularizer kernelRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint kernelConstraint,
      Constraint biasConstraint)
      implements LayerConfig {
    /** Checks the size. */
    public Config {
      Check.positive("units", units);
    }
  }

  private Dense(Config config) {
    super(config, Dense::new);
    this.config = config;
  }

  /**
   * Returns a layer with Keras's defaults: no activation, a bias, Glorot's uniform kernel.
   *
   * @param units the size of the last output axis, at least 1
   */
  public static Dense of(int units) {
    return new Dense(
        new Config(
            LayerOptions.DEFAULT,
            units,
            LINEAR,
            true,
            glorotUniform(),
            zeros(),
            Regularizer.NONE,
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE));
  }

  /** Sets the function of the result; default linear. */
  public Dense activation(Activation a) {
    return with("activation", a);
  }

  /** Sets whether a bias is added; default true. */
  public Dense useBias(boolean on) {
    return with("useBias", on);
  }

  /** Sets the kernel's first value; default Glorot's uniform numbers. */
  public Dense kernelInitializer(Initializer i) {
    return with("kernelInitializer", i);
  }

  /** Sets the bias's first value; default zeros. */
  public Dense biasInitializer(Initializer i) {
    return with("biasInitializer", i);
  }

  /** Sets a penalty on the kernel; default none. */
  public Dense kernelRegularizer(Regularizer r) {
    return with("kernelRegularizer", r);
  }

  /** Sets a penalty on the bias; default none. */
  public Dense biasRegularizer(Regularizer r) {
    return with("biasRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public Dense activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the kernel after each update; default none. */
  public Dense kernelConstraint(Constraint c) {
    return with("kernelConstraint", c);
  }

  /** Sets a projection of the bias after each update; default none. */
  public Dense biasConstraint(Constraint c) {
    return with("biasConstraint", c);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() < 2) {
      throw new ShapeException("expected an input of rank 2 or more, got " + TensorSpec.text(in));
    }
    return Shapes.withLast(in, config.units);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    WeightSpec kernel =
        WeightSpec.of("kernel", Shape.of(in.get(-1), config.units), config.kernelInitializer)
            .regularizer(config.kernelRegularizer)
            .constraint(config.kernelConstraint);
    WeightSpec bias =
        WeightSpec.of("bias", Shape.of(config.units), config.biasInitializer)
            .regularizer(config.biasRegularizer)
            .constraint(config.biasConstraint);
    return config.useBias ? List.of(kernel, bias) : List.of(kernel);
  }

  @Override
  protected Regularizer activityRegularizer() {
    return config.activityRegularizer;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    boolean matrix = x.shape().numDimensions() == 2;
    Operand<TNumber> rows =
        matrix ? x : tf.reshape(x, tf.constant(new long[] {-1, x.shape().get(-1)}));
    Operand<TNumber> y = tf.linalg.matMul(rows, call.weight("kernel"));
    if (config.useBias) {
      y = tf.nn.biasAdd(y, call.weight("bias"));
    }
    return config.activation.apply(tf, matrix ? y : tf.reshape(y, outputDims(tf, x)));
  }

  private Operand<TInt32> outputDims(Ops tf, Operand<TNumber> x) {
    Operand<TInt32> leading =
        tf.slice(
            tf.shape(x),
            tf.constant(new int[] {0}),
            tf.constant(new int[] {x.shape().numDimensions() - 1}));
    return tf.concat(List.of(leading, tf.constant(new int[] {config.units})), tf.constant(0));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return call.mask(0);
  }
}
