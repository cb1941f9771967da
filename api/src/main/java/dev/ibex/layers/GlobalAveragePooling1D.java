package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * The mean over the steps; with a mask, over the steps that count.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, channels]}, or with the channels first. Where
 * no step counts, y is not a number, as in Keras. Uses the mask up. Source: {@code
 * keras.layers.GlobalAveragePooling1D}.
 */
public final class GlobalAveragePooling1D extends GlobalPoolingLayer<GlobalAveragePooling1D> {
  private GlobalAveragePooling1D(Config config) {
    super(1, config, GlobalAveragePooling1D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(Config.DEFAULT);
  }

  @Override
  protected boolean usesMask() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    if (call.mask(0).isEmpty()) {
      return mean(call, x);
    }
    Ops tf = call.tf();
    int channels = config().dataFormat().channelAxis(3);
    Operand<TBool> counts = tf.expandDims(call.mask(0).get(), tf.constant(channels));
    Operand<TNumber> sum = sum(tf, tf.select(counts, x, call.constant(0)));
    return tf.math.div(sum, sum(tf, Numbers.cast(tf, counts, call.dtype())));
  }

  private Operand<TNumber> sum(Ops tf, Operand<TNumber> x) {
    return tf.sum(x, pooled(tf), Sum.keepDims(config().keepdims()));
  }
}
