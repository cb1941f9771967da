package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Each vector {@code n} times, as steps: {@code x: [batch, features] -> y: [batch, n, features]}.
 *
 * <p>Keeps the type; drops the mask. Source: {@code keras.layers.RepeatVector}.
 */
public final class RepeatVector extends UnaryLayer implements Configurable<RepeatVector> {
  private final Config config;

  /**
   * The description of a {@link RepeatVector}.
   *
   * @param n how many times, at least 1
   */
  public record Config(LayerOptions options, int n) implements LayerConfig {
    /** Checks the number. */
    public Config {
      Check.positive("n", n);
    }
  }

  private RepeatVector(Config config) {
    super(config, RepeatVector::new);
    this.config = config;
  }

  /**
   * Returns a layer that repeats vectors.
   *
   * @param n how many times, at least 1
   */
  public static RepeatVector of(int n) {
    return new RepeatVector(new Config(LayerOptions.DEFAULT, n));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() != 2) {
      throw new ShapeException(
          "expected an input of rank 2 [batch, features], got " + TensorSpec.text(in));
    }
    return Shape.of(in.get(0), config.n, in.get(1));
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    return tf.tile(tf.expandDims(x, tf.constant(1)), tf.constant(new int[] {1, config.n, 1}));
  }
}
