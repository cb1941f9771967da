package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Mean and variance together. */
final class Statistics {
  private Statistics() {}

  static void add(Rows rows) {
    rows.several(
        "Moments(x; axes, keepdims=False, synchronized=False)",
        Statistics::infer,
        Statistics::moments);
  }

  private static List<TensorSpec> infer(OperationCall c) {
    Specs.floating(c, "x");
    Check.that(!c.flag("synchronized"), "synchronized: expected false, for there is one device");
    TensorSpec reduced = Specs.reduced(c, "axes");
    return List.of(reduced, reduced);
  }

  private static List<Operand<?>> moments(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    Operand<TNumber> x = c.operand("x", type.atLeastFloat32());
    Operand<TInt32> axes = tf.constant(c.axes("axes", c.rank("x")));
    Operand<TNumber> mean = tf.math.mean(x, axes, Mean.keepDims(true));
    Mean.Options keep = Mean.keepDims(c.flag("keepdims"));
    Operand<TNumber> variance = tf.math.mean(tf.math.squaredDifference(x, mean), axes, keep);
    return List.of(narrow(tf, tf.math.mean(x, axes, keep), type), narrow(tf, variance, type));
  }

  /** A half precision is that of what float16 can hold, for bfloat16 too. */
  private static Operand<TNumber> narrow(Ops tf, Operand<TNumber> x, DType type) {
    if (Numbers.dtype(x) == type) {
      return x;
    }
    double most = DType.FLOAT16.largest();
    return Numbers.cast(
        tf, tf.clipByValue(x, Numbers.constant(tf, x, -most), Numbers.constant(tf, x, most)), type);
  }
}
