package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.ShapeException;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * The difference of its two inputs, element by element: {@code y = x1 - x2}.
 *
 * <p>Inputs are broadcast; one of lower rank gets axes of size 1 after its batch axis. Source:
 * {@code keras.layers.Subtract}.
 */
public final class Subtract extends MergeLayer implements Configurable<Subtract> {
  /** The description of a {@link Subtract}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Subtract(Config config) {
    super(config, Subtract::new);
  }

  /** Returns the layer. */
  public static Subtract of() {
    return new Subtract(new Config(LayerOptions.DEFAULT));
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
    return call.tf().math.sub(xs.get(0), xs.get(1));
  }
}
