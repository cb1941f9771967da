package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * The axes of each sample in another order: for {@code dims = (2, 1)}, {@code x: [batch, a, b] ->
 * y: [batch, b, a]}.
 *
 * <p>Keeps the type; drops the mask. Source: {@code keras.layers.Permute}.
 */
public final class Permute extends UnaryLayer implements Configurable<Permute> {
  private final Config config;

  /**
   * The description of a {@link Permute}.
   *
   * @param dims for each axis of the output, the axis of the input; counted from 1, after the batch
   */
  public record Config(LayerOptions options, List<Integer> dims) implements LayerConfig {
    /** Checks the order. */
    public Config {
      dims = List.copyOf(dims);
      Check.that(
          dims.stream()
              .sorted()
              .toList()
              .equals(IntStream.rangeClosed(1, dims.size()).boxed().toList()),
          "dims: expected each number from 1 to %d once, got %s",
          dims.size(),
          dims);
    }
  }

  private Permute(Config config) {
    super(config, Permute::new);
    this.config = config;
  }

  /**
   * Returns a layer that orders axes anew.
   *
   * @param dims for each axis of the output, the axis of the input; counted from 1, after the batch
   */
  public static Permute of(int... dims) {
    return new Permute(new Config(LayerOptions.DEFAULT, IntStream.of(dims).boxed().toList()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() != config.dims.size() + 1) {
      throw new ShapeException(
          "dims "
              + config.dims
              + " order the axes of an input of rank "
              + (config.dims.size() + 1)
              + ", got "
              + TensorSpec.text(in));
    }
    return Shape.of(IntStream.of(order()).mapToLong(in::get).toArray());
  }

  private int[] order() {
    return IntStream.concat(IntStream.of(0), config.dims.stream().mapToInt(Integer::intValue))
        .toArray();
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.tf().linalg.transpose(x, call.tf().constant(order()));
  }
}
