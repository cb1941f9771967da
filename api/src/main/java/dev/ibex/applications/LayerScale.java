package dev.ibex.applications;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.initializers.Constant;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * A factor for each channel: {@code y = gamma · x}.
 *
 * <p>{@code x: [batch, …, channels] -> y: the same}. Drops the mask. Source: {@code LayerScale} of
 * {@code keras.applications.convnext}; Touvron et al., "Going deeper with Image Transformers",
 * 2021.
 */
public final class LayerScale extends UnaryLayer implements Configurable<LayerScale> {
  private final Config config;

  /**
   * The description of a {@link LayerScale}.
   *
   * @param initValues the first value of all factors
   * @param projectionDim the number of channels, at least 1
   */
  public record Config(LayerOptions options, double initValues, int projectionDim)
      implements LayerConfig {
    /** Checks the number of channels. */
    public Config {
      Check.positive("projectionDim", projectionDim);
    }
  }

  private LayerScale(Config config) {
    super(config, LayerScale::new);
    this.config = config;
  }

  /** Returns a layer with so many factors, which start at one value. */
  public static LayerScale of(double initValues, int projectionDim) {
    return new LayerScale(new Config(LayerOptions.DEFAULT, initValues, projectionDim));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() < 2 || (in.get(-1) >= 0 && in.get(-1) != config.projectionDim)) {
      throw new ShapeException(
          "expected an input with "
              + config.projectionDim
              + " channels in its last axis, got "
              + TensorSpec.text(in));
    }
    return in;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    Shape channels = Shape.of(config.projectionDim);
    return List.of(WeightSpec.of("gamma", channels, Constant.of(config.initValues)));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.tf().math.mul(x, call.weight("gamma"));
  }
}
