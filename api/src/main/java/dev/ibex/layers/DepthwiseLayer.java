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
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution of each channel of an image alone: the options of its windows and of its kernel.
 *
 * @param <L> the layer's own class
 */
abstract class DepthwiseLayer<L extends Layer> extends BiasedLayer<L> {
  private final Depthwise config;
  private final Windows windows;

  /** The components that the layer's record has for this. */
  interface Depthwise extends BiasedLayer.Biased {
    List<Integer> kernelSize();

    List<Integer> strides();

    Padding padding();

    DataFormat dataFormat();

    List<Integer> dilationRate();

    int depthMultiplier();

    Initializer depthwiseInitializer();

    Regularizer depthwiseRegularizer();

    Constraint depthwiseConstraint();
  }

  <C extends Depthwise> DepthwiseLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
    Check.positive("depthMultiplier", config.depthMultiplier());
    Check.that(
        config.padding() != Padding.CAUSAL,
        "padding: CAUSAL is for Conv1D alone; use VALID or SAME");
    this.windows =
        new Windows(
            config.kernelSize(),
            config.strides(),
            config.dilationRate(),
            config.padding(),
            config.dataFormat());
  }

  /** Sets the step between windows, the same along both axes; default 1. */
  public L strides(int all) {
    return with("strides", List.of(all, all));
  }

  /** Sets the steps between windows; default 1. */
  public L strides(int rows, int columns) {
    return with("strides", List.of(rows, columns));
  }

  /** Sets what is beyond the edges; default {@link Padding#VALID}. */
  public L padding(Padding p) {
    return with("padding", p);
  }

  /** Sets where the channels are; default last. */
  public L dataFormat(DataFormat f) {
    return with("dataFormat", f);
  }

  /** Sets the step inside a window, the same along both axes; default 1. */
  public L dilationRate(int all) {
    return with("dilationRate", List.of(all, all));
  }

  /** Sets the steps inside a window; default 1. Steps between windows may be above 1, too. */
  public L dilationRate(int rows, int columns) {
    return with("dilationRate", List.of(rows, columns));
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
    Shape shape =
        Shape.of(
            config.kernelSize().get(0),
            config.kernelSize().get(1),
            windows.channels(in),
            config.depthMultiplier());
    return WeightSpec.of(name, shape, config.depthwiseInitializer())
        .regularizer(config.depthwiseRegularizer())
        .constraint(config.depthwiseConstraint());
  }

  /** Emits the convolution on what {@link Windows#apply} gives. */
  final Operand<TNumber> depthwise(Call call, Operand<TNumber> x, Operand<TNumber> kernel) {
    Ops tf = call.tf();
    // The op's CPU kernel knows neither dilation nor steps that differ.
    boolean direct =
        Collections.max(windows.dilation()) == 1
            && windows.strides().get(0).equals(windows.strides().get(1));
    return direct
        ? convolve(tf, x, kernel, windows.strides(), windows.padding())
        : Phases.of(tf, x, windows, p -> convolve(tf, p, kernel, List.of(1, 1), Padding.VALID));
  }

  private static Operand<TNumber> convolve(
      Ops tf, Operand<TNumber> x, Operand<TNumber> kernel, List<Integer> strides, Padding padding) {
    return DepthwiseConv2dNative.create(
        tf.scope(), x, kernel, Windows.ofAllAxes(strides), padding.name());
  }
}
