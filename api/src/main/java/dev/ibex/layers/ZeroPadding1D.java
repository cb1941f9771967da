package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Sequences with zeros before the start and after the end.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, start + steps + end, channels]}, or with the
 * channels first. Keeps the type; drops the mask. Source: {@code keras.layers.ZeroPadding1D}.
 */
public final class ZeroPadding1D extends ConfiguredLayer<ZeroPadding1D>
    implements Channeled<ZeroPadding1D> {
  private final Config config;

  /**
   * The description of a {@link ZeroPadding1D}.
   *
   * @param padding how many steps at the start and at the end; one number stands for both
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<Integer> padding, DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the numbers. */
    public Config {
      padding = Edges.of("padding", padding);
    }
  }

  private ZeroPadding1D(Config config) {
    super(config, ZeroPadding1D::new);
    this.config = config;
  }

  /** Returns a layer that adds one step at the start and one at the end. */
  public static ZeroPadding1D of() {
    return of(1);
  }

  /** Returns a layer that adds as many steps at the start as at the end. */
  public static ZeroPadding1D of(int both) {
    return of(both, both);
  }

  /** Returns a layer that adds steps at the start and at the end. */
  public static ZeroPadding1D of(int start, int end) {
    return new ZeroPadding1D(
        new Config(LayerOptions.DEFAULT, List.of(start, end), DataFormat.CHANNELS_LAST));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Edges.widened(in, List.of(config.padding), config.dataFormat);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Edges.padded(call.tf(), x, List.of(config.padding), config.dataFormat);
  }
}
