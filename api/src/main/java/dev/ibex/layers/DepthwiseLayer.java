package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution of each channel alone: the options of its windows and of its kernel.
 *
 * @param <L> the layer's own class
 * @param <C> its description
 */
abstract class DepthwiseLayer<L extends Layer, C extends Record & DepthwiseLayer.Depthwise>
    extends BiasedLayer<L> implements Dilated<L> {
  private final C config;
  private final Windows windows;

  /** The components that the layer's record has for this. */
  interface Depthwise extends BiasedLayer.Biased, Kernelled {
    int depthMultiplier();

    Initializer depthwiseInitializer();

    Regularizer depthwiseRegularizer();

    Constraint depthwiseConstraint();
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  DepthwiseLayer(int axes, C given, Function<C, L> copy) {
    super(given, copy);
    Check.positive("depthMultiplier", given.depthMultiplier());
    Kernelled.refuseCausal(given.padding());
    this.config = Kernelled.along(given, axes);
    this.windows = Windows.of(config);
  }

  @Override
  public final C config() {
    return config;
  }

  /** Sets how many channels come out of each; default 1. */
  public L depthMultiplier(int n) {
    return with("depthMultiplier", n);
  }

  /** Sets the first value of the channels' kernel; default Glorot's uniform numbers. */
  public L depthwiseInitializer(Initializer i) {
    return with("depthwiseInitializer", i);
  }

  /** Sets a penalty on the channels' kernel; default none. */
  public L depthwiseRegularizer(Regularizer r) {
    return with("depthwiseRegularizer", r);
  }

  /** Sets a projection of the channels' kernel after each update; default none. */
  public L depthwiseConstraint(Constraint c) {
    return with("depthwiseConstraint", c);
  }

  final Windows windows() {
    return windows;
  }

  /** Returns how many channels come out of those of an input, -1 where these are unknown. */
  final long channels(Shape in) {
    long channels = windows.channels(in);
    return channels < 0 ? -1 : channels * config.depthMultiplier();
  }

  /** Declares the channels' kernel. */
  final WeightSpec kernel(String name, Shape in) {
    Shape shape = windows.kernel(windows.channels(in), config.depthMultiplier());
    return WeightSpec.of(name, shape, config.depthwiseInitializer())
        .regularizer(config.depthwiseRegularizer())
        .constraint(config.depthwiseConstraint());
  }

  /** Emits what goes with the convolution, on what {@link Windows#apply} gives. */
  final Operand<TNumber> applied(Call call, Operand<TNumber> x, UnaryOperator<Operand<TNumber>> f) {
    Ops tf = call.tf();
    return activated(
        call, windows.apply(tf, Room.checked(tf, x, windows), p -> biased(call, f.apply(p))));
  }

  /** Emits the convolution on what {@link Windows#apply} gives. */
  final Operand<TNumber> depthwise(Call call, Operand<TNumber> x, Operand<TNumber> kernel) {
    Ops tf = call.tf();
    Operand<TNumber> k = windows.planar(tf, kernel);
    // The op's CPU kernel knows neither dilation nor steps that differ.
    boolean direct =
        Collections.max(windows.dilation()) == 1
            && Collections.min(windows.strides()).equals(Collections.max(windows.strides()));
    Windows w = windows.planar();
    return direct
        ? convolve(tf, x, k, windows.strides().get(0), w.padding())
        : Phases.of(tf, x, w, p -> convolve(tf, p, k, 1, Padding.VALID));
  }

  private static Operand<TNumber> convolve(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, int step, Padding padding) {
    List<Long> strides = Windows.ofAllAxes(List.of(step, step));
    return DepthwiseConv2dNative.create(tf.scope(), x, kernel, strides, padding.name());
  }
}
