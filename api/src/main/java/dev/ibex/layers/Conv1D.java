package dev.ibex.layers;

/**
 * Convolution over sequences: each output is {@code activation(sum(window · kernel) + bias)}.
 *
 * <p>{@code x: [batch, steps, in] -> y: [batch, steps', filters]}, or with the channels first. The
 * kernel is {@code [size, in / groups, filters]}. With {@link Padding#CAUSAL} no output depends on
 * a later step. Drops the mask. Source: {@code keras.layers.Conv1D}.
 */
public final class Conv1D extends ConvLayer<Conv1D> {
  private Conv1D(Config config) {
    super(1, config, Conv1D::new);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv1D of(int filters, int kernelSize) {
    return new Conv1D(Config.of(filters, kernelSize));
  }
}
