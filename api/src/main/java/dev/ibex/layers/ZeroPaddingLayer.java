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
 * An input with rows of zeros at the ends of each axis.
 *
 * @param <L> the layer's own class
 */
abstract class ZeroPaddingLayer<L extends Layer> extends ConfiguredLayer<L>
    implements Channeled<L> {
  private final Config config;

  /**
   * The description of a layer for images or volumes.
   *
   * @param padding how many rows are added, two numbers an axis; a list of one number stands for
   *     both ends, one such list for all axes
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<List<Integer>> padding, DataFormat dataFormat)
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
  ZeroPaddingLayer(int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.config =
        new Config(given.options, Edges.of("padding", given.padding, axes), given.dataFormat);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Edges.widened(in, config.padding, config.dataFormat);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Edges.padded(call.tf(), x, config.padding, config.dataFormat);
  }
}
