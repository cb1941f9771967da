package dev.ibex.layers;

/**
 * Convolution over volumes: each output is {@code activation(sum(window · kernel) + bias)}.
 *
 * <p>{@code x: [batch, depth, height, width, in] -> y: [batch, depth', height', width', filters]},
 * or with the channels first. The kernel is {@code [slices, rows, columns, in / groups, filters]}.
 * Drops the mask. Source: {@code keras.layers.Conv3D}.
 */
public final class Conv3D extends ConvLayer<Conv3D> implements Dilated3D<Conv3D> {
  private Conv3D(Config config) {
    super(3, config, Conv3D::new);
  }

  /** Returns a layer with cubic windows and Keras's defaults. */
  public static Conv3D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv3D of(int filters, int slices, int rows, int columns) {
    return new Conv3D(Config.of(filters, slices, rows, columns));
  }
}
