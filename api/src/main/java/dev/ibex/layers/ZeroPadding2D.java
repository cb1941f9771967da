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
 * Rows and columns of zeros around images.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, top + height + bottom, left + width +
 * right, channels]}, or with the channels first. Drops the mask. Source: {@code
 * keras.layers.ZeroPadding2D}.
 */
public final class ZeroPadding2D extends UnaryLayer implements Configurable<ZeroPadding2D> {
  private final Config config;

  /**
   * The description of a {@link ZeroPadding2D}.
   *
   * @param padding rows at the top and bottom, columns at the left and right; a list of one number
   *     stands for both ends, one such list for both axes
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<List<Integer>> padding, DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      padding = Edges.of("padding", padding, 2);
    }
  }

  private ZeroPadding2D(Config config) {
    super(config, ZeroPadding2D::new);
    this.config = config;
  }

  /** Returns a layer that adds one row or column at each edge. */
  public static ZeroPadding2D of() {
    return of(1);
  }

  /** Returns a layer that adds as many rows or columns at each edge. */
  public static ZeroPadding2D of(int all) {
    return of(all, all);
  }

  /** Returns a layer that adds rows at top and bottom, columns at left and right. */
  public static ZeroPadding2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** Returns a layer that adds different numbers of rows and columns at each edge. */
  public static ZeroPadding2D of(int top, int bottom, int left, int right) {
    return new ZeroPadding2D(
        new Config(
            LayerOptions.DEFAULT,
            List.of(List.of(top, bottom), List.of(left, right)),
            DataFormat.CHANNELS_LAST));
  }

  /** Sets where the channels are; default last. */
  public ZeroPadding2D dataFormat(DataFormat f) {
    return with("dataFormat", f);
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
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    int[][] all = Edges.ofAllAxes(config.padding, config.dataFormat);
    return call.tf().pad(x, call.tf().constant(all), call.constant(0));
  }
}
