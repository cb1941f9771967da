package dev.ibex.layers;

/**
 * Convolution over images: each output is {@code activation(sum(window · kernel) + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', filters]}, or with the
 * channels first. The kernel is {@code [rows, columns, in / groups, filters]}. Drops the mask.
 * Source: {@code keras.layers.Conv2D}.
 */
public final class Conv2D extends ConvLayer<Conv2D> implements Dilated2D<Conv2D> {
  private Conv2D(Config config) {
    super(2, config, Conv2D::new);
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static Conv2D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv2D of(int filters, int rows, int columns) {
    return new Conv2D(Config.of(filters, rows, columns));
  }
}
