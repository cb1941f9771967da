package dev.ibex.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Random numbers that are a function of their key: the same key gives the same numbers, whatever
 * ran before.
 *
 * <p>A key is an int64 vector of two. Half-precision numbers are drawn in float32 and rounded. In a
 * function that XLA compiles, a key gives other numbers of the same kind.
 */
public final class StatelessRandom {
  /** TensorFlow's number of the generator. */
  private static final int PHILOX = 1;

  private StatelessRandom() {}

  /** Returns the key (seed, step). */
  public static Operand<TInt64> key(Ops tf, long seed, Operand<TInt64> step) {
    return tf.stack(java.util.List.of(tf.constant(seed), step));
  }

  /** Returns uniform numbers in [0, 1). */
  public static Operand<TNumber> uniform(
      Ops tf, Operand<TInt64> key, Operand<TInt32> shape, DType dtype) {
    return draw(
        tf,
        key,
        dtype,
        (k, alg, type) ->
            tf.random.statelessRandomUniformV2(shape, k.key(), k.counter(), alg, type));
  }

  /** Returns normal numbers of mean 0 and standard deviation 1. */
  public static Operand<TNumber> normal(
      Ops tf, Operand<TInt64> key, Operand<TInt32> shape, DType dtype) {
    return draw(
        tf,
        key,
        dtype,
        (k, alg, type) ->
            tf.random.statelessRandomNormalV2(shape, k.key(), k.counter(), alg, type));
  }

  /** Returns normal numbers of mean 0 and standard deviation 1, redrawn where beyond 2. */
  public static Operand<TNumber> truncatedNormal(
      Ops tf, Operand<TInt64> key, Operand<TInt32> shape, DType dtype) {
    return draw(
        tf,
        key,
        dtype,
        (k, alg, type) ->
            tf.random.statelessTruncatedNormalV2(shape, k.key(), k.counter(), alg, type));
  }

  private interface Draw {
    Operand<TNumber> emit(
        StatelessRandomGetKeyCounter key, Operand<TInt32> algorithm, Class<TNumber> type);
  }

  private static Operand<TNumber> draw(Ops tf, Operand<TInt64> key, DType dtype, Draw draw) {
    DType drawn = dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    StatelessRandomGetKeyCounter state = tf.random.statelessRandomGetKeyCounter(key);
    Operand<TNumber> numbers = draw.emit(state, tf.constant(PHILOX), Numbers.type(drawn));
    // the shape may be that of a tensor whose derivative is asked for
    return Numbers.cast(tf, tf.stopGradient(numbers), dtype);
  }

  /** Returns a well mixed seed from a base and a name; the same on every machine. */
  public static long seed(long base, String name) {
    long h = base ^ 0x9E3779B97F4A7C15L;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001B3L;
    }
    h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    return h ^ (h >>> 31);
  }
}
