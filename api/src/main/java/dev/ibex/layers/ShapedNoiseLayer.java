package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/**
 * A {@link NoiseLayer} that drops single elements, or whole axes of them.
 *
 * @param <L> the layer's own class
 */
abstract class ShapedNoiseLayer<L extends Layer> extends NoiseLayer<L> {
  private final Optional<Shape> noiseShape;

  /** The components that the layer's record has for this. */
  interface ShapedNoise extends NoiseLayer.Noise {
    double rate();

    Optional<Shape> noiseShape();
  }

  <C extends ShapedNoise> ShapedNoiseLayer(C config, Function<C, L> copy) {
    super(config, copy, config.rate());
    this.noiseShape = config.noiseShape();
  }

  /** Refuses a shape with sizes that are neither positive nor open. */
  static void check(Optional<Shape> noiseShape) {
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

  /** Sets the shape of what is drawn, batch axis included; -1 takes the input's size. */
  public L noiseShape(long... sizes) {
    return with("noiseShape", Optional.of(Shape.of(sizes)));
  }

  @Override
  protected final Shape outputShape(Shape in) {
    Shape noise = noiseShape.orElse(in);
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

  /** Returns the shape of what is drawn for x, -1 where it is that of x. */
  final Shape noise(Operand<?> x) {
    long[] sizes = new long[x.shape().numDimensions()];
    Arrays.fill(sizes, -1);
    return noiseShape.orElse(Shape.of(sizes));
  }

  /** A size of noise in place of the batch's makes samples share it. */
  @Override
  protected final boolean mixesSamples(boolean training) {
    return training && noiseShape.map(s -> s.get(0) > 0).orElse(false);
  }
}
