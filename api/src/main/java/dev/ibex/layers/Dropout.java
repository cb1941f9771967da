package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Stochastic;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * In training, sets elements to 0 with probability {@code rate} and divides the others by {@code 1
 * - rate}; else y = x.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code keras.layers.Dropout}.
 */
public final class Dropout extends UnaryLayer implements Configurable<Dropout>, Stochastic {
  private final Config config;

  /**
   * The description of a {@link Dropout}.
   *
   * @param rate the probability of 0, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   * @param noiseShape the shape of what is drawn, -1 where it is the input's; an axis of size 1 is
   *     dropped or kept as a whole
   */
  public record Config(
      LayerOptions options, double rate, Optional<Long> seed, Optional<Shape> noiseShape)
      implements LayerConfig {
    /** Checks the rate and the shape. */
    public Config {
      Check.rate("rate", rate);
      noiseShape.ifPresent(
          s -> {
            for (long d : s.asArray()) {
              Check.that(
                  d > 0 || d == -1,
                  "noiseShape: expected positive sizes or -1, got %s",
                  TensorSpec.text(s));
            }
          });
    }
  }

  private Dropout(Config config) {
    super(config, Dropout::new);
    this.config = config;
  }

  /**
   * Returns a layer that drops each element on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static Dropout of(double rate) {
    return new Dropout(new Config(LayerOptions.DEFAULT, rate, Optional.empty(), Optional.empty()));
  }

  /** Sets what to draw from; by default the model chooses. */
  public Dropout seed(long s) {
    return with("seed", Optional.of(s));
  }

  /** Sets the shape of what is drawn, batch axis included; -1 takes the input's size. */
  public Dropout noiseShape(long... sizes) {
    return with("noiseShape", Optional.of(Shape.of(sizes)));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    Shape noise = config.noiseShape.orElse(in);
    boolean fits = noise.numDimensions() == in.numDimensions();
    for (int i = 0; fits && i < in.numDimensions(); i++) {
      fits = noise.get(i) < 2 || in.get(i) < 0 || noise.get(i) == in.get(i);
    }
    if (!fits) {
      throw new ShapeException(
          "noiseShape "
              + TensorSpec.text(noise)
              + " does not fit the input "
              + TensorSpec.text(in)
              + "; give each of its axes that size, 1 or -1");
    }
    return in;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Drops.drop(call, x, config.rate, config.seed, config.noiseShape.orElse(unknown(x)));
  }

  private static Shape unknown(Operand<TNumber> x) {
    long[] sizes = new long[x.shape().numDimensions()];
    Arrays.fill(sizes, -1);
    return Shape.of(sizes);
  }

  /** A size of noise in place of the batch's makes samples share it. */
  @Override
  protected boolean mixesSamples(boolean training) {
    return training && config.noiseShape.map(s -> s.get(0) > 0).orElse(false);
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
