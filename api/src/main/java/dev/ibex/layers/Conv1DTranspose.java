package dev.ibex.layers;

/**
 * Transposed convolution over sequences, which makes them longer: each input adds {@code input ·
 * kernel} to its window, and the output is {@code activation(sum + bias)}.
 *
 * <p>{@code x: [batch, steps, in] -> y: [batch, steps', filters]}, or with the channels first;
 * {@code steps' = steps · stride} with {@link Padding#SAME}, {@code (steps - 1) · stride +
 * max(span, stride)} with {@link Padding#VALID}, where a window spans {@code (size - 1) ·
 * dilationRate + 1}; with outputPadding {@code (steps - 1) · stride + outputPadding} and the span,
 * of which SAME takes the rest by 2. The kernel is {@code [size, filters, in]}. Drops the mask.
 * Source: {@code keras.layers.Conv1DTranspose}.
 */
public final class Conv1DTranspose extends ConvTransposeLayer<Conv1DTranspose> {
  private Conv1DTranspose(Config config) {
    super(1, config, Conv1DTranspose::new);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv1DTranspose of(int filters, int kernelSize) {
    return new Conv1DTranspose(Config.of(filters, kernelSize));
  }
}
