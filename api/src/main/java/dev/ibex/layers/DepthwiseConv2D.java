package dev.ibex.layers;

/**
 * Convolution of each channel of an image alone: each output is {@code activation(sum(window of one
 * channel · kernel) + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', in · depthMultiplier]}, or
 * with the channels first. The kernel is {@code [rows, columns, in, depthMultiplier]}. Drops the
 * mask. Source: {@code keras.layers.DepthwiseConv2D}.
 */
public final class DepthwiseConv2D extends DepthwiseConvLayer<DepthwiseConv2D>
    implements Dilated2D<DepthwiseConv2D> {
  private DepthwiseConv2D(Config config) {
    super(2, config, DepthwiseConv2D::new);
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static DepthwiseConv2D of(int kernelSize) {
    return of(kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static DepthwiseConv2D of(int rows, int columns) {
    return new DepthwiseConv2D(Config.of(rows, columns));
  }
}
