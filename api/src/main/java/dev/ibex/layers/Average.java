package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The mean of its inputs, element by element: {@code y = (x1 + x2 + …) / n}.
 *
 * <p>Inputs are broadcast; one of lower rank gets axes of size 1 after its batch axis. Whole
 * numbers become the compute type. Source: {@code keras.layers.Average}.
 */
public final class Average extends MergeLayer implements Configurable<Average> {
  /** The description of an {@link Average}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Average(Config config) {
    super(config, Average::new);
  }

  /** Returns the layer. */
  public static Average of() {
    return new Average(new Config(LayerOptions.DEFAULT));
  }

  @Override
  protected DType mergedDType(DType widest) {
    return widest.isFloating() ? widest : dtype().computeDType();
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    Ops tf = call.tf();
    Operand<TNumber> sum = xs.stream().reduce((a, b) -> tf.math.add(a, b)).orElseThrow();
    return tf.math.div(sum, Numbers.constant(tf, sum, xs.size()));
  }
}
