package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Single;
import dev.ibex.core.UnaryLayer;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Gives each sample the length 1 along some axes: {@code y = x · min(1 / sqrt(sum(x²)), 1e12)}.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.UnitNormalization}.
 */
public final class UnitNormalization extends UnaryLayer implements Configurable<UnitNormalization> {
  private static final double EPSILON = 1e-12;

  private final Config config;

  /**
   * The description of a {@link UnitNormalization}.
   *
   * @param axis one axis or several; negative ones count from the end
   */
  public record Config(LayerOptions options, @Single List<Integer> axis) implements LayerConfig {
    /** Checks the axes. */
    public Config {
      Check.that(!axis.isEmpty(), "axis: expected an axis, got none");
      axis = List.copyOf(axis);
    }
  }

  private UnitNormalization(Config config) {
    super(config, UnitNormalization::new);
    this.config = config;
  }

  /** Returns a layer for the last axis. */
  public static UnitNormalization of() {
    return new UnitNormalization(new Config(LayerOptions.DEFAULT, List.of(-1)));
  }

  /** Sets the axes along which the length is taken; default -1, the last. */
  public UnitNormalization axis(int... axes) {
    return with("axis", Arrays.stream(axes).boxed().toList());
  }

  @Override
  public Config config() {
    return config;
  }

  private int[] axes(Shape in) {
    return Axes.of("axis", config.axis, in.numDimensions());
  }

  @Override
  protected Shape outputShape(Shape in) {
    axes(in);
    return in;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Norms.unit(call.tf(), x, axes(x.shape()), EPSILON);
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
