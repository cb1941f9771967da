package dev.ibex.layers;

import java.util.List;
import java.util.Optional;

/**
 * Transposed convolution over volumes, which makes them larger: each input adds {@code input ·
 * kernel} to its window, and the output is {@code activation(sum + bias)}.
 *
 * <p>{@code x: [batch, depth, height, width, in] -> y: [batch, depth', height', width', filters]},
 * or with the channels first; the sizes are those of {@link Conv1DTranspose} along all three axes.
 * The kernel is {@code [slices, rows, columns, filters, in]}. Drops the mask. Source: {@code
 * keras.layers.Conv3DTranspose}.
 */
public final class Conv3DTranspose extends ConvTransposeLayer<Conv3DTranspose>
    implements Dilated3D<Conv3DTranspose> {
  private Conv3DTranspose(Config config) {
    super(3, config, Conv3DTranspose::new);
  }

  /** Returns a layer with cubic windows and Keras's defaults. */
  public static Conv3DTranspose of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv3DTranspose of(int filters, int slices, int rows, int columns) {
    return new Conv3DTranspose(Config.of(filters, slices, rows, columns));
  }

  /** As {@link #outputPadding(int)}, with a number an axis. */
  public Conv3DTranspose outputPadding(int slices, int rows, int columns) {
    return with("outputPadding", Optional.of(List.of(slices, rows, columns)));
  }
}
