package dev.ibex.layers;

/**
 * Convolution of each channel of a sequence alone, as in {@link DepthwiseConv1D}, whose results a
 * matrix mixes: {@code activation(depthwise · pointwise + bias)}.
 *
 * <p>{@code x: [batch, steps, in] -> y: [batch, steps', filters]}, or with the channels first. The
 * kernels are {@code [size, in, depthMultiplier]} and {@code [1, in · depthMultiplier, filters]}.
 * Drops the mask. Source: {@code keras.layers.SeparableConv1D}.
 */
public final class SeparableConv1D extends SeparableConvLayer<SeparableConv1D> {
  private SeparableConv1D(Config config) {
    super(1, config, SeparableConv1D::new);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static SeparableConv1D of(int filters, int kernelSize) {
    return new SeparableConv1D(Config.of(filters, kernelSize));
  }
}
