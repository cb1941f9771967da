package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Its inputs, one or more, one after the other along an axis; all other axes must agree.
 *
 * <p>{@code x1: [batch, a], x2: [batch, b] -> y: [batch, a + b]}. A step is masked where it is
 * masked in all inputs; an input without a mask masks nothing. Source: {@code
 * keras.layers.Concatenate}.
 */
public final class Concatenate extends MergeLayer implements Configurable<Concatenate> {
  private final Config config;

  /**
   * The description of a {@link Concatenate}.
   *
   * @param axis the axis along which the inputs are joined; negative ones count from the end
   */
  public record Config(LayerOptions options, int axis) implements LayerConfig {}

  private Concatenate(Config config) {
    super(config, Concatenate::new);
    this.config = config;
  }

  /** Returns a layer that joins along the last axis. */
  public static Concatenate of() {
    return new Concatenate(new Config(LayerOptions.DEFAULT, -1));
  }

  /** Sets the axis along which the inputs are joined; default -1, the last. */
  public Concatenate axis(int a) {
    return with("axis", a);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(List<Shape> in) {
    return Shapes.concatenate(in, axis(in.get(0)));
  }

  private int axis(Shape shape) {
    return Check.axis("axis", config.axis, shape.numDimensions());
  }

  @Override
  protected Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs) {
    return joined(call.tf(), xs, axis(xs.get(0).shape()));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    Ops tf = call.tf();
    List<Operand<TBool>> masks = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < call.inputs().size(); i++) {
      Operand<TNumber> x = call.input(i);
      any |= call.mask(i).isPresent();
      Operand<TBool> counts = call.mask(i).orElseGet(() -> tf.constant(new boolean[] {true}));
      boolean lower = counts.shape().numDimensions() < x.shape().numDimensions();
      masks.add(
          tf.broadcastTo(lower ? tf.expandDims(counts, tf.constant(-1)) : counts, tf.shape(x)));
    }
    return any
        ? Optional.of(tf.any(joined(tf, masks, axis(call.input(0).shape())), tf.constant(-1)))
        : Optional.empty();
  }

  /** Joins tensors; the op wants more than one. */
  private static <T extends TType> Operand<T> joined(Ops tf, List<Operand<T>> xs, int axis) {
    return xs.size() == 1 ? xs.get(0) : tf.concat(xs, tf.constant(axis));
  }
}
