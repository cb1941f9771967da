package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code y = x} if x is positive, else {@code alpha · x}, where alpha is learned.
 *
 * <p>{@code x: any shape -> y: the same}. Alpha has x's shape without the batch, with size 1 along
 * shared axes. Passes the mask on. Source: {@code keras.layers.PReLU}.
 */
public final class PReLU extends UnaryLayer implements Configurable<PReLU> {
  private final Config config;

  /**
   * The description of a {@link PReLU}.
   *
   * @param sharedAxes the axes, from 1, along which alpha is the same; by default none
   */
  public record Config(
      LayerOptions options,
      Initializer alphaInitializer,
      Regularizer alphaRegularizer,
      Constraint alphaConstraint,
      Optional<List<Integer>> sharedAxes)
      implements LayerConfig {
    /** Checks the axes. */
    public Config {
      sharedAxes.ifPresent(
          axes ->
              Check.that(
                  axes.stream().allMatch(a -> a > 0),
                  "sharedAxes: expected axes from 1, as 0 is the batch's, got %s",
                  axes));
    }
  }

  private PReLU(Config config) {
    super(config, PReLU::new);
    this.config = config;
  }

  /** Returns a layer whose alpha starts at 0 and is shared along no axis. */
  public static PReLU of() {
    return new PReLU(
        new Config(
            LayerOptions.DEFAULT, zeros(), Regularizer.NONE, Constraint.NONE, Optional.empty()));
  }

  /** Sets alpha's first value; default zeros. */
  public PReLU alphaInitializer(Initializer i) {
    return with("alphaInitializer", i);
  }

  /** Sets a penalty on alpha; default none. */
  public PReLU alphaRegularizer(Regularizer r) {
    return with("alphaRegularizer", r);
  }

  /** Sets a projection of alpha after each update; default none. */
  public PReLU alphaConstraint(Constraint c) {
    return with("alphaConstraint", c);
  }

  /** Sets the axes, from 1, along which alpha is the same, such as 1, 2 for images. */
  public PReLU sharedAxes(int... axes) {
    return with("sharedAxes", Optional.of(Arrays.stream(axes).boxed().toList()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    long[] dims = in.asArray();
    for (int axis : config.sharedAxes.orElse(List.of())) {
      dims[Check.axis("sharedAxes", axis, dims.length)] = 1;
    }
    return List.of(
        WeightSpec.of("alpha", Shape.of(dims).tail(), config.alphaInitializer)
            .regularizer(config.alphaRegularizer)
            .constraint(config.alphaConstraint));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> below = tf.math.mul(call.weight("alpha"), tf.nn.relu(tf.math.neg(x)));
    return tf.math.sub(tf.nn.relu(x), below);
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
