package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Any;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Masks the steps all of whose features are {@code maskValue}, and sets them to 0.
 *
 * <p>{@code x: [batch, …, features] -> y: the same}, mask {@code [batch, …]}. Source: {@code
 * keras.layers.Masking}.
 */
public final class Masking extends UnaryLayer implements Configurable<Masking> {
  private final Config config;

  /**
   * The description of a {@link Masking}.
   *
   * @param maskValue the value that stands for no value
   */
  public record Config(LayerOptions options, double maskValue) implements LayerConfig {}

  private Masking(Config config) {
    super(config, Masking::new);
    this.config = config;
  }

  /** Returns a layer that masks steps of zeros. */
  public static Masking of() {
    return new Masking(new Config(LayerOptions.DEFAULT, 0));
  }

  /** Sets the value that stands for no value; default 0. */
  public Masking maskValue(double value) {
    return with("maskValue", value);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() < 2) {
      throw new ShapeException("expected an input of rank 2 or more, got " + TensorSpec.text(in));
    }
    return in;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.tf().select(counts(call, true), x, call.constant(0));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return Optional.of(counts(call, false));
  }

  private Operand<TBool> counts(Call call, boolean keepAxis) {
    return call.tf()
        .any(
            call.tf().math.notEqual(call.number(0), call.constant(config.maskValue)),
            call.tf().constant(-1),
            Any.keepDims(keepAxis));
  }
}
