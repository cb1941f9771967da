package dev.ibex.layers;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * A layer whose result gets a bias and an activation: their options and the bias itself.
 *
 * @param <L> the layer's own class
 */
abstract class BiasedLayer<L extends Layer> extends ConfiguredLayer<L> {
  private final Biased config;

  /** The components that the layer's record has for this. */
  interface Biased extends LayerConfig {
    Activation activation();

    boolean useBias();

    Initializer biasInitializer();

    Regularizer biasRegularizer();

    Regularizer activityRegularizer();

    Constraint biasConstraint();
  }

  <C extends Biased> BiasedLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
  }

  /** Sets the function of the result; default linear. */
  public L activation(Activation a) {
    return with("activation", a);
  }

  /** Sets whether a bias is added; default true. */
  public L useBias(boolean on) {
    return with("useBias", on);
  }

  /** Sets the bias's first value; default zeros. */
  public L biasInitializer(Initializer i) {
    return with("biasInitializer", i);
  }

  /** Sets a penalty on the bias; default none. */
  public L biasRegularizer(Regularizer r) {
    return with("biasRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public L activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the bias after each update; default none. */
  public L biasConstraint(Constraint c) {
    return with("biasConstraint", c);
  }

  /** Returns the shape of what the activation gets. */
  abstract Shape linearShape(Shape in);

  @Override
  protected final Shape outputShape(Shape in) {
    return config.activation().outputShape(linearShape(in));
  }

  /** Returns the declarations of the kernels and, where it is used, of a bias of the given size. */
  final List<WeightSpec> withBias(long size, WeightSpec... kernels) {
    List<WeightSpec> all = new ArrayList<>(List.of(kernels));
    if (config.useBias()) {
      all.add(
          WeightSpec.of("bias", Shape.of(size), config.biasInitializer())
              .regularizer(config.biasRegularizer())
              .constraint(config.biasConstraint()));
    }
    return all;
  }

  /** Adds the bias, where it is used, along the last axis. */
  final Operand<TNumber> biased(Call call, Operand<TNumber> y) {
    return config.useBias() ? call.tf().nn.biasAdd(y, call.weight("bias")) : y;
  }

  /** Applies the activation. */
  final Operand<TNumber> activated(Call call, Operand<TNumber> y) {
    return config.activation().apply(call.tf(), y);
  }

  @Override
  protected final Regularizer activityRegularizer() {
    return config.activityRegularizer();
  }
}
