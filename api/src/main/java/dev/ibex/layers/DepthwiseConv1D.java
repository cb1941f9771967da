package dev.ibex.layers;

/**
 * Convolution of each channel of a sequence alone: each output is {@code activation(sum(window of
 * one channel · kernel) + bias)}.
 *
 * <p>{@code x: [batch, steps, in] -> y: [batch, steps', in · depthMultiplier]}, or with the
 * channels first. The kernel is {@code [size, in, depthMultiplier]}. Drops the mask. Source: {@code
 * keras.layers.DepthwiseConv1D}.
 */
public final class DepthwiseConv1D extends DepthwiseConvLayer<DepthwiseConv1D> {
  private DepthwiseConv1D(Config config) {
    super(1, config, DepthwiseConv1D::new);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static DepthwiseConv1D of(int kernelSize) {
    return new DepthwiseConv1D(Config.of(kernelSize));
  }
}
