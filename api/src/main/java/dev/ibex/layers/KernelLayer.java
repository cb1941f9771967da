package dev.ibex.layers;

import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;

/**
 * A {@link BiasedLayer} with one kernel: the kernel's options and declaration.
 *
 * @param <L> the layer's own class
 */
abstract class KernelLayer<L extends Layer> extends BiasedLayer<L> {
  private final Kernel config;

  /** The components that the layer's record has for this. */
  interface Kernel extends BiasedLayer.Biased {
    Initializer kernelInitializer();

    Regularizer kernelRegularizer();

    Constraint kernelConstraint();
  }

  <C extends Kernel> KernelLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
  }

  /** Sets the kernel's first value; default Glorot's uniform numbers. */
  public L kernelInitializer(Initializer i) {
    return with("kernelInitializer", i);
  }

  /** Sets a penalty on the kernel; default none. */
  public L kernelRegularizer(Regularizer r) {
    return with("kernelRegularizer", r);
  }

  /** Sets a projection of the kernel after each update; default none. */
  public L kernelConstraint(Constraint c) {
    return with("kernelConstraint", c);
  }

  /** Declares a kernel and, where it is used, a bias of the given size. */
  final List<WeightSpec> kernelAndBias(Shape kernel, long bias) {
    return withBias(
        bias,
        WeightSpec.of("kernel", kernel, config.kernelInitializer())
            .regularizer(config.kernelRegularizer())
            .constraint(config.kernelConstraint()));
  }
}
