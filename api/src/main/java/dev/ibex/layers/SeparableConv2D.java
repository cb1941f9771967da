package dev.ibex.layers;

/**
 * Convolution of each channel of an image alone, as in {@link DepthwiseConv2D}, whose results a
 * matrix mixes: {@code activation(depthwise · pointwise + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', filters]}, or with the
 * channels first. The kernels are {@code [rows, columns, in, depthMultiplier]} and {@code [1, 1, in
 * · depthMultiplier, filters]}. Drops the mask. Source: {@code keras.layers.SeparableConv2D}.
 */
public final class SeparableConv2D extends SeparableConvLayer<SeparableConv2D>
    implements Dilated2D<SeparableConv2D> {
  private SeparableConv2D(Config config) {
    super(2, config, SeparableConv2D::new);
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static SeparableConv2D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static SeparableConv2D of(int filters, int rows, int columns) {
    return new SeparableConv2D(Config.of(filters, rows, columns));
  }
}
