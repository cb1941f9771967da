package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Value;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Applies a layer or a model to each step of a sequence, with the same weights.
 *
 * <p>{@code x: [batch, steps, …] -> y: [batch, steps, …]}, where the layer inside makes {@code
 * [batch, …]} of {@code [batch, …]}. Passes the mask on, and its steps to a layer inside that takes
 * one. As in Keras, the layer inside computes in this layer's type, and its own penalty on outputs
 * does not count; those of a model's layers do.
 *
 * <p>All steps go through the layer as one large batch. Where samples would then mix that do not in
 * Keras, as in the statistics of a BatchNormalization that trains, the layer is called once for
 * each step, and their number must be known; see {@link Layer} {@code mixesSamples}. Source: {@code
 * keras.layers.TimeDistributed}.
 */
public final class TimeDistributed extends WrapperLayer<TimeDistributed> {
  private final Config config;

  /**
   * The description of a {@link TimeDistributed}.
   *
   * @param layer what each step goes through: one tensor in, one out
   */
  public record Config(LayerOptions options, Layer layer) implements WrapperLayer.Wrapper {}

  private TimeDistributed(Config config) {
    super(config, TimeDistributed::new);
    this.config = config;
  }

  /**
   * Returns a layer that applies another to each step.
   *
   * @param layer one tensor in, one out; used, not copied
   */
  public static TimeDistributed of(Layer layer) {
    return new TimeDistributed(new Config(LayerOptions.DEFAULT, layer));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected boolean usesMask() {
    return true;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    TensorSpec x = input(inputs);
    Shape in = x.shape();
    if (in.numDimensions() < 3) {
      throw new ShapeException(
          "expected an input of rank 3 or more [batch, steps, …], got " + TensorSpec.text(in));
    }
    Shape step = in.take(1).append(in.takeLast(in.numDimensions() - 2));
    TensorSpec out = inside(x.withShape(step));
    Shape shape = in.take(2).append(out.shape().tail());
    boolean floating = out.dtype().isFloating();
    return List.of(new TensorSpec(shape, floating ? dtype().computeDType() : out.dtype()));
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    long steps = call.input(0).shape().get(1);
    if (call.joinable(config.layer)) {
      return List.of(together(call));
    } else if (steps < 0) {
      throw new IllegalArgumentException(
          config.layer.label()
              + " looks at all samples of a step, so it is called once for each step; give the"
              + " input a known number of steps");
    }
    return List.of(oneByOne(call, steps));
  }

  private Operand<TNumber> together(Call call) {
    Ops tf = call.tf();
    Operand<TNumber> x = call.input(0);
    Optional<Operand<TBool>> mask = mask(call).map(m -> Numbers.as(joined(tf, Numbers.of(m))));
    Operand<TNumber> y = inner(call, joined(tf, x), mask);
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(Dims.size(tf, x, 0));
    sizes.add(Dims.size(tf, x, 1));
    sizes.addAll(Dims.sizes(tf, y, 1));
    return tf.reshape(y, tf.stack(sizes));
  }

  /** Returns x with batch and steps as one axis. */
  private static Operand<TNumber> joined(Ops tf, Operand<TNumber> x) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(tf.math.mul(Dims.size(tf, x, 0), Dims.size(tf, x, 1)));
    sizes.addAll(Dims.sizes(tf, x, 2));
    return tf.reshape(x, tf.stack(sizes));
  }

  private Operand<TNumber> oneByOne(Call call, long steps) {
    Ops tf = call.tf();
    List<Operand<TNumber>> xs =
        tf.unstack(call.input(0), steps, Unstack.axis(1L)).output().stream()
            .<Operand<TNumber>>map(o -> o)
            .toList();
    Optional<List<Operand<TBool>>> masks =
        mask(call)
            .map(
                m ->
                    tf.unstack(m, steps, Unstack.axis(1L)).output().stream()
                        .<Operand<TBool>>map(o -> o)
                        .toList());
    List<Operand<TNumber>> ys = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      int step = i;
      ys.add(inner(call, xs.get(i), masks.map(m -> m.get(step))));
    }
    return tf.stack(ys, Stack.axis(1L));
  }

  private Operand<TNumber> inner(Call call, Operand<TNumber> x, Optional<Operand<TBool>> mask) {
    List<Value> outputs = call.part(config.layer, INNER, List.of(new Value(x, mask)));
    Operand<?> y = outputs.get(0).tensor();
    return Numbers.dtype(y).isFloating() ? Numbers.cast(call.tf(), y, call.dtype()) : Numbers.of(y);
  }

  /** Returns the mask for the layer inside, if there is one and the layer takes one. */
  private Optional<Operand<TBool>> mask(Call call) {
    Optional<Operand<TBool>> mask = call.mask(0).filter(m -> config.layer.takes("mask"));
    mask.ifPresent(
        m -> {
          if (m.shape().numDimensions() < 2) {
            throw new IllegalArgumentException(
                "mask: expected a mask [batch, steps], got one of shape "
                    + TensorSpec.text(m.shape()));
          }
        });
    return mask;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
