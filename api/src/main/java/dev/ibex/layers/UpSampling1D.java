package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Sequences in which each step is repeated.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, size · steps, channels]}. Keeps the type;
 * drops the mask. Source: {@code keras.layers.UpSampling1D}.
 */
public final class UpSampling1D extends ConfiguredLayer<UpSampling1D> {
  private final Config config;

  /**
   * The description of an {@link UpSampling1D}.
   *
   * @param size how many times, at least 1
   */
  public record Config(LayerOptions options, int size) implements LayerConfig {
    /** Checks the number. */
    public Config {
      Check.positive("size", size);
    }
  }

  private UpSampling1D(Config config) {
    super(config, UpSampling1D::new);
    this.config = config;
  }

  /** Returns a layer that gives each step twice. */
  public static UpSampling1D of() {
    return of(2);
  }

  /** Returns a layer that gives each step so many times. */
  public static UpSampling1D of(int size) {
    return new UpSampling1D(new Config(LayerOptions.DEFAULT, size));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Resize.enlarged(in, List.of(config.size), DataFormat.CHANNELS_LAST);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Resize.repeated(call.tf(), x, List.of(config.size), DataFormat.CHANNELS_LAST);
  }
}
