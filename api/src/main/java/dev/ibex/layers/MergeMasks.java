package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Inputs to be merged with the masks that say where each counts. As in Keras, masks matter to
 * values only where all inputs have one rank.
 */
record MergeMasks(Ops tf, List<Operand<TNumber>> inputs, List<Optional<Operand<TBool>>> masks) {

  /** Returns the inputs of a call, each mask as large as its input. */
  static MergeMasks of(Call call, List<Operand<TNumber>> xs) {
    Ops tf = call.tf();
    boolean padded =
        call.inputs().stream().mapToInt(x -> x.shape().numDimensions()).distinct().count() > 1;
    List<Optional<Operand<TBool>>> masks = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Operand<TNumber> x = xs.get(i);
      masks.add(
          padded
              ? Optional.empty()
              : call.mask(i)
                  .map(m -> tf.broadcastTo(tf.expandDims(m, tf.constant(-1)), tf.shape(x))));
    }
    return new MergeMasks(tf, xs, masks);
  }

  /** Returns the product, in which what does not count is 1, or 0 where nothing counts. */
  Operand<TNumber> product() {
    Operand<TNumber> one = Numbers.constant(tf, inputs.get(0), 1);
    List<Operand<TNumber>> factors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Operand<TNumber> x = inputs.get(i);
      factors.add(masks.get(i).<Operand<TNumber>>map(m -> tf.select(m, x, one)).orElse(x));
    }
    Operand<TNumber> product = factors.stream().reduce((a, b) -> tf.math.mul(a, b)).orElseThrow();
    Optional<Operand<TBool>> any = masks.get(0);
    for (Optional<Operand<TBool>> mask : masks.subList(1, masks.size())) {
      any = any.flatMap(a -> mask.map(m -> tf.math.logicalOr(a, m)));
    }
    Operand<TNumber> zero = Numbers.constant(tf, product, 0);
    return any.<Operand<TNumber>>map(a -> tf.select(a, product, zero)).orElse(product);
  }

  /** Returns what an operation picks, input after input, among those that count. */
  Operand<TNumber> pick(BinaryOperator<Operand<TNumber>> operation) {
    Operand<TNumber> picked = inputs.get(0);
    Optional<Operand<TBool>> counts = masks.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      Operand<TNumber> x = inputs.get(i);
      Optional<Operand<TBool>> mask = masks.get(i);
      if (mask.isPresent()) {
        x = tf.select(mask.get(), x, picked);
      }
      if (counts.isPresent()) {
        picked = tf.select(counts.get(), picked, x);
      }
      counts = counts.flatMap(c -> mask.map(m -> tf.math.logicalOr(c, m)));
      picked = operation.apply(picked, x);
    }
    return picked;
  }
}
