package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The same elements of each sample in another shape: {@code x: [batch, a, …] -> y: [batch,
 * targetShape…]}.
 *
 * <p>Keeps the type; drops the mask. Source: {@code keras.layers.Reshape}.
 */
public final class Reshape extends UnaryLayer implements Configurable<Reshape> {
  private final Config config;

  /**
   * The description of a {@link Reshape}.
   *
   * @param targetShape the shape of a sample; -1 once, for what the other sizes leave over
   */
  public record Config(LayerOptions options, List<Integer> targetShape) implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      targetShape = List.copyOf(targetShape);
      Check.that(
          targetShape.stream().allMatch(d -> d >= -1)
              && Collections.frequency(targetShape, -1) <= 1,
          "targetShape: expected sizes of at least 0, and -1 at most once, got %s",
          targetShape);
    }
  }

  private Reshape(Config config) {
    super(config, Reshape::new);
    this.config = config;
  }

  /**
   * Returns a layer that reshapes samples.
   *
   * @param targetShape the shape of a sample; -1 once, for what the other sizes leave over
   */
  public static Reshape of(int... targetShape) {
    return new Reshape(
        new Config(LayerOptions.DEFAULT, IntStream.of(targetShape).boxed().toList()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() == 0) {
      throw new ShapeException("expected an input with a batch axis, got ()");
    }
    long[] target = config.targetShape.stream().mapToLong(d -> d).toArray();
    long size = Shapes.product(in, 1);
    int open = config.targetShape.indexOf(-1);
    if (size >= 0) {
      long others = 1;
      for (long d : target) {
        others *= d < 0 ? 1 : d;
      }
      boolean fits = open < 0 ? size == others : others > 0 && size % others == 0;
      if (!fits) {
        throw new ShapeException(
            "a sample of "
                + TensorSpec.text(in)
                + " has "
                + size
                + " elements, which do not fill the shape "
                + config.targetShape);
      }
      if (open >= 0) {
        target[open] = size / others;
      }
    }
    return Shape.of(in.get(0)).append(Shape.of(target));
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(Dims.size(tf, x, 0)));
    for (long size : outputShape(x.shape()).tail().asArray()) {
      sizes.add(tf.constant((int) size));
    }
    return tf.reshape(x, tf.stack(sizes));
  }
}
