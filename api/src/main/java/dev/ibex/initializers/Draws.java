package dev.ibex.initializers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.StatelessRandom;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Random values of a shape. They are drawn and scaled in float32 at least, then rounded. */
final class Draws {
  private final Ops tf;
  private final Operand<TInt32> shape;
  private final DType dtype;
  private final DType drawn;
  private final Operand<TInt64> key;

  Draws(Ops tf, Shape shape, DType dtype, Optional<Long> own, long seed) {
    this.tf = tf;
    this.shape = dims(tf, shape);
    this.dtype = dtype;
    this.drawn = dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    this.key = StatelessRandom.key(tf, own.orElse(seed), tf.constant(0L));
  }

  /** Returns the sizes as a constant. */
  static Operand<TInt32> dims(Ops tf, Shape shape) {
    return tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
  }

  /** Returns one value everywhere. */
  static Operand<TNumber> filled(Ops tf, Shape shape, DType dtype, double value) {
    return tf.fill(dims(tf, shape), Numbers.constant(tf, dtype, value));
  }

  Operand<TNumber> uniform(double low, double high) {
    return line(StatelessRandom.uniform(tf, key, shape, drawn), high - low, low);
  }

  Operand<TNumber> normal(double mean, double stddev) {
    return line(StatelessRandom.normal(tf, key, shape, drawn), stddev, mean);
  }

  Operand<TNumber> truncatedNormal(double mean, double stddev) {
    return line(StatelessRandom.truncatedNormal(tf, key, shape, drawn), stddev, mean);
  }

  private Operand<TNumber> line(Operand<TNumber> x, double factor, double offset) {
    Operand<TNumber> scaled = tf.math.mul(x, Numbers.constant(tf, drawn, factor));
    return Numbers.cast(tf, tf.math.add(scaled, Numbers.constant(tf, drawn, offset)), dtype);
  }
}
