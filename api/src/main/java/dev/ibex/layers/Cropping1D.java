package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Sequences without some steps at the start and at the end.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, steps - start - end, channels]}. Something
 * must be left. Keeps the type; drops the mask. Source: {@code keras.layers.Cropping1D}.
 */
public final class Cropping1D extends ConfiguredLayer<Cropping1D> {
  private final Config config;

  /**
   * The description of a {@link Cropping1D}.
   *
   * @param cropping how many steps at the start and at the end; one number stands for both
   */
  public record Config(LayerOptions options, List<Integer> cropping) implements LayerConfig {
    /** Checks the numbers. */
    public Config {
      cropping = Edges.of("cropping", cropping);
    }
  }

  private Cropping1D(Config config) {
    super(config, Cropping1D::new);
    this.config = config;
  }

  /** Returns a layer that removes one step at the start and one at the end. */
  public static Cropping1D of() {
    return of(1);
  }

  /** Returns a layer that removes as many steps at the start as at the end. */
  public static Cropping1D of(int both) {
    return of(both, both);
  }

  /** Returns a layer that removes steps at the start and at the end. */
  public static Cropping1D of(int start, int end) {
    return new Cropping1D(new Config(LayerOptions.DEFAULT, List.of(start, end)));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Edges.narrowed(in, List.of(config.cropping), DataFormat.CHANNELS_LAST);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Edges.cropped(call.tf(), x, List.of(config.cropping), DataFormat.CHANNELS_LAST);
  }
}
