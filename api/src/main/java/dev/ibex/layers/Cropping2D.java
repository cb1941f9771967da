package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Images without some rows and columns at the edges.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, height - top - bottom, width - left -
 * right, channels]}, or with the channels first. Something must be left. Drops the mask. Source:
 * {@code keras.layers.Cropping2D}.
 */
public final class Cropping2D extends UnaryLayer implements Configurable<Cropping2D> {
  private final Config config;

  /**
   * The description of a {@link Cropping2D}.
   *
   * @param cropping rows at the top and bottom, columns at the left and right; a list of one number
   *     stands for both ends, one such list for both axes
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<List<Integer>> cropping, DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      cropping = Edges.of("cropping", cropping, 2);
    }
  }

  private Cropping2D(Config config) {
    super(config, Cropping2D::new);
    this.config = config;
  }

  /** Returns a layer that removes nothing, as Keras's default does. */
  public static Cropping2D of() {
    return of(0);
  }

  /** Returns a layer that removes as many rows or columns at each edge. */
  public static Cropping2D of(int all) {
    return of(all, all);
  }

  /** Returns a layer that removes rows at top and bottom, columns at left and right. */
  public static Cropping2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** Returns a layer that removes different numbers of rows and columns at each edge. */
  public static Cropping2D of(int top, int bottom, int left, int right) {
    return new Cropping2D(
        new Config(
            LayerOptions.DEFAULT,
            List.of(List.of(top, bottom), List.of(left, right)),
            DataFormat.CHANNELS_LAST));
  }

  /** Sets where the channels are; default last. */
  public Cropping2D dataFormat(DataFormat f) {
    return with("dataFormat", f);
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
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Edges.cropped(call.tf(), x, Edges.ofAllAxes(config.cropping, config.dataFormat));
  }
}
