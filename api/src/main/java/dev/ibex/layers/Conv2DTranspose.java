package dev.ibex.layers;

import java.util.List;
import java.util.Optional;

/**
 * Transposed convolution over images, which makes them larger: each input adds {@code input ·
 * kernel} to its window, and the output is {@code activation(sum + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', filters]}, or with the
 * channels first; the sizes are those of {@link Conv1DTranspose} along both axes. The kernel is
 * {@code [rows, columns, filters, in]}. Drops the mask. Source: {@code
 * keras.layers.Conv2DTranspose}.
 */
public final class Conv2DTranspose extends ConvTransposeLayer<Conv2DTranspose>
    implements Dilated2D<Conv2DTranspose> {
  private Conv2DTranspose(Config config) {
    super(2, config, Conv2DTranspose::new);
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static Conv2DTranspose of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv2DTranspose of(int filters, int rows, int columns) {
    return new Conv2DTranspose(Config.of(filters, rows, columns));
  }

  /** As {@link #outputPadding(int)}, with a number an axis. */
  public Conv2DTranspose outputPadding(int rows, int columns) {
    return with("outputPadding", Optional.of(List.of(rows, columns)));
  }
}
