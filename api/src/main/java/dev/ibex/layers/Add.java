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
 * The sum of its inputs, element by element: {@code y = x1 + x2 + …}.
 *
 * <p>Inputs are broadcast; one of lower rank gets axes of size 1 after its batch axis. Source:
 * {@code keras.layers.Add}.
 */
public final class Add extends MergeLayer implements Configurable<Add> {
  /** The description of an {@link Add}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Add(Config config) {
    super(config, Add::new);
  }

  /** Returns the layer. */
  public static Add of() {
    return new Add(new Config(LayerOptions.DEFAULT));
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    return xs.stream().reduce((a, b) -> call.tf().math.add(a, b)).orElseThrow();
  }
}
