package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * An input without some rows at the ends of each axis.
 *
 * @param <L> the layer's own class
 */
abstract class CroppingLayer<L extends Layer> extends ConfiguredLayer<L> implements Channeled<L> {
  private final Config config;

  /**
   * The description of a layer for images or volumes.
   *
   * @param cropping how many rows are removed, two numbers an axis; a list of one number stands for
   *     both ends, one such list for all axes
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<List<Integer>> cropping, DataFormat dataFormat)
      implements LayerConfig {
    /** Channels last; the two numbers of each axis. */
    static Config of(int... ends) {
      return new Config(LayerOptions.DEFAULT, Edges.pairs(ends), DataFormat.CHANNELS_LAST);
    }
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  CroppingLayer(int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.config =
        new Config(given.options, Edges.of("cropping", given.cropping, axes), given.dataFormat);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Edges.narrowed(in, config.cropping, config.dataFormat);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Edges.cropped(call.tf(), x, config.cropping, config.dataFormat);
  }
}
