package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Shapes;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.initializers.ScaledByFans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A linear map by Einstein's sum convention: {@code y = activation(einsum(equation, x, kernel) +
 * bias)}.
 *
 * <p>The equation names the axes of x, of the kernel and of y by letters, such as {@code
 * "abc,cd->abd"}, a {@link Dense} on sequences. Dots stand for axes that stay, at one end of x and
 * y: {@code "...x,xy->...y"}, {@code "ab...,bc->ac..."}. {@code x: [batch, ...] -> y: [batch,
 * outputShape]}. As in Keras, no mask comes out. Where a size of the output is given as -1, it is
 * the input's; Keras leaves it open, so a model that needs it later (flattened, before a dense
 * layer) opens there only with the size given. Source: {@code keras.layers.EinsumDense}.
 */
public final class EinsumDense extends UnaryLayer implements Configurable<EinsumDense> {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private final Config config;
  private final EinsumEquation equation;

  /**
   * The description of an {@link EinsumDense}.
   *
   * @param equation the axes of input, kernel and output
   * @param outputShape the sizes of the output's axes without the batch and without what dots stand
   *     for; -1 where it is the input's
   * @param biasAxes the output's axes, as letters, along which a bias differs; empty for none
   */
  public record Config(
      LayerOptions options,
      String equation,
      Shape outputShape,
      Activation activation,
      Optional<String> biasAxes,
      Initializer kernelInitializer,
      Initializer biasInitializer,
      Regularizer kernelRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint kernelConstraint,
      Constraint biasConstraint)
      implements LayerConfig {
    /** Checks the equation and the bias's axes. */
    public Config {
      EinsumEquation parts = EinsumEquation.of(equation);
      biasAxes.ifPresent(parts::checkBias);
    }
  }

  private EinsumDense(Config config) {
    super(config, EinsumDense::new);
    this.config = config;
    this.equation = EinsumEquation.of(config.equation);
  }

  /**
   * Returns a layer with Keras's defaults: no activation, no bias, Glorot's uniform kernel.
   *
   * @param equation the axes of input, kernel and output, such as {@code "abc,cd->abd"}
   * @param outputShape the sizes of the output's axes without the batch and without what dots stand
   *     for; -1 where it is the input's
   */
  public static EinsumDense of(String equation, long... outputShape) {
    return new EinsumDense(
        new Config(
            LayerOptions.DEFAULT,
            equation,
            Shape.of(outputShape),
            LINEAR,
            Optional.empty(),
            glorotUniform(),
            zeros(),
            Regularizer.NONE,
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE));
  }

  /** Sets the function of the result; default linear. */
  public EinsumDense activation(Activation a) {
    return with("activation", a);
  }

  /** Sets the output's axes along which a bias differs, as letters; by default there is no bias. */
  public EinsumDense biasAxes(String letters) {
    return with("biasAxes", Optional.of(letters));
  }

  /** Sets the kernel's first value; default Glorot's uniform numbers. */
  public EinsumDense kernelInitializer(Initializer i) {
    return with("kernelInitializer", i);
  }

  /** Sets the bias's first value; default zeros. */
  public EinsumDense biasInitializer(Initializer i) {
    return with("biasInitializer", i);
  }

  /** Sets a penalty on the kernel; default none. */
  public EinsumDense kernelRegularizer(Regularizer r) {
    return with("kernelRegularizer", r);
  }

  /** Sets a penalty on the bias; default none. */
  public EinsumDense biasRegularizer(Regularizer r) {
    return with("biasRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public EinsumDense activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the kernel after each update; default none. */
  public EinsumDense kernelConstraint(Constraint c) {
    return with("kernelConstraint", c);
  }

  /** Sets a projection of the bias after each update; default none. */
  public EinsumDense biasConstraint(Constraint c) {
    return with("biasConstraint", c);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return config.activation.outputShape(equation.output(in, config.outputShape));
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    Shape out = equation.output(in, config.outputShape);
    List<WeightSpec> all = new ArrayList<>();
    all.add(
        WeightSpec.of(KERNEL, equation.kernel(in, out), initializer())
            .regularizer(config.kernelRegularizer)
            .constraint(config.kernelConstraint));
    config.biasAxes.ifPresent(
        axes ->
            all.add(
                WeightSpec.of(BIAS, equation.bias(axes, in, out), config.biasInitializer)
                    .regularizer(config.biasRegularizer)
                    .constraint(config.biasConstraint)));
    return all;
  }

  /** Returns the kernel's initializer, which is told what its axes meet unless it knows. */
  private Initializer initializer() {
    return config.kernelInitializer instanceof ScaledByFans fans
            && (fans.inputAxes().isEmpty() || fans.outputAxes().isEmpty())
        ? fans.axes(equation.kernelAxes(false), equation.kernelAxes(true))
        : config.kernelInitializer;
  }

  @Override
  protected Regularizer activityRegularizer() {
    return config.activityRegularizer;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> kernel = call.weight(KERNEL);
    int summed = equation.summed();
    boolean product = summed > 0 && summed < x.shape().numDimensions();
    Operand<TNumber> y =
        product
            ? product(tf, x, kernel, summed)
            : tf.linalg.einsum(List.of(x, kernel), equation.text(x.shape()));
    Operand<TNumber> biased = config.biasAxes.isPresent() ? tf.math.add(y, call.weight(BIAS)) : y;
    return config.activation.apply(tf, biased);
  }

  /** Multiplies with the kernel as a matrix, which rounds as Keras does. */
  private static Operand<TNumber> product(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, int summed) {
    List<Operand<TInt32>> sizes =
        new ArrayList<>(Dims.sizes(tf, x, 0).subList(0, x.shape().numDimensions() - summed));
    long size = Shapes.product(kernel.shape().take(summed), 0);
    List<Operand<TInt32>> out = new ArrayList<>(sizes);
    out.addAll(Dims.sizes(tf, kernel, summed));
    sizes.add(tf.constant((int) size));
    Operand<TNumber> matrix = tf.reshape(kernel, tf.constant(new long[] {size, -1}));
    Operand<TNumber> rows = tf.reshape(x, Dims.stack(tf, sizes));
    return tf.reshape(Matrices.times(tf, rows, matrix), Dims.stack(tf, out));
  }
}
