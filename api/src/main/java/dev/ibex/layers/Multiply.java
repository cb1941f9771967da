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
 * The product of its inputs, element by element: {@code y = x1 · x2 · …}.
 *
 * <p>Inputs are broadcast; one of lower rank gets axes of size 1 after its batch axis. A step that
 * is masked in one input counts as 1 there; masked in all, it is 0. Source: {@code
 * keras.layers.Multiply}.
 */
public final class Multiply extends MergeLayer implements Configurable<Multiply> {
  /** The description of a {@link Multiply}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Multiply(Config config) {
    super(config, Multiply::new);
  }

  /** Returns the layer. */
  public static Multiply of() {
    return new Multiply(new Config(LayerOptions.DEFAULT));
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    return MergeMasks.of(call, xs).product();
  }
}
