package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The largest of its inputs, element by element: {@code y = max(x1, x2, …)}.
 *
 * <p>Inputs are broadcast; one of lower rank gets axes of size 1 after its batch axis. A step that
 * is masked in one input takes the others' values. Source: {@code keras.layers.Maximum}.
 */
public final class Maximum extends MergeLayer implements Configurable<Maximum> {
  /** The description of a {@link Maximum}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Maximum(Config config) {
    super(config, Maximum::new);
  }

  /** Returns the layer. */
  public static Maximum of() {
    return new Maximum(new Config(LayerOptions.DEFAULT));
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    return MergeMasks.of(call, xs).pick(call.tf().math::maximum);
  }
}
