package dev.ibex.applications;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.ShapeException;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A shortcut and a scaled branch: {@code y = a + scale · b}.
 *
 * <p>{@code a, b: one shape -> y: the same}. Source: {@code CustomScaleLayer} of {@code
 * keras.applications.inception_resnet_v2}.
 */
public final class CustomScaleLayer extends MergeLayer implements Configurable<CustomScaleLayer> {
  private final Config config;

  /**
   * The description of a {@link CustomScaleLayer}.
   *
   * @param scale the factor of the second input
   */
  public record Config(LayerOptions options, double scale) implements LayerConfig {}

  private CustomScaleLayer(Config config) {
    super(config, CustomScaleLayer::new);
    this.config = config;
  }

  /** Returns a layer that scales its second input. */
  public static CustomScaleLayer of(double scale) {
    return new CustomScaleLayer(new Config(LayerOptions.DEFAULT, scale));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(List<Shape> in) {
    if (in.size() != 2) {
      throw new ShapeException("expected two inputs, got " + in.size());
    }
    return super.outputShape(in);
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    Ops tf = call.tf();
    return tf.math.add(xs.get(0), tf.math.mul(xs.get(1), call.constant(config.scale)));
  }
}
