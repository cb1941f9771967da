package dev.ibex.ops;

import dev.ibex.activations.Activations;
import dev.ibex.core.Activation;
import dev.ibex.core.Argument;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import java.util.function.IntFunction;

/** The activation functions of {@link Activations} as operations. */
final class ActivationOps {
  private ActivationOps() {}

  static void add(Rows rows) {
    rows.floating("Sigmoid", Activations.SIGMOID);
    rows.unary("Relu", Activations.RELU);
    rows.unary("Relu6", Activations.RELU6);
    plain(rows, "HardSigmoid", Activations.HARD_SIGMOID);
    plain(rows, "HardSilu", Activations.HARD_SILU);
    plain(rows, "HardTanh", Activations.HARD_TANH);
    plain(rows, "LogSigmoid", Activations.LOG_SIGMOID);
    plain(rows, "Selu", Activations.SELU);
    plain(rows, "Silu", Activations.SILU);
    plain(rows, "Softplus", Activations.SOFTPLUS);
    plain(rows, "Softsign", Activations.SOFTSIGN);
    plain(rows, "SparsePlus", Activations.SPARSE_PLUS);
    plain(rows, "SparseSigmoid", Activations.SPARSE_SIGMOID);
    plain(rows, "TanhShrink", Activations.TANH_SHRINK);
    rows.activation(
        "LeakyRelu(x; negative_slope=0.2)", c -> Activations.leakyRelu(c.number("negative_slope")));
    rows.activation("Celu(x; alpha=1.0)", c -> Activations.celu(c.number("alpha")));
    rows.activation("Elu(x; alpha=1.0)", c -> Activations.elu(c.number("alpha")));
    rows.activation("Gelu(x; approximate=True)", c -> Activations.gelu(c.flag("approximate")));
    rows.activation(
        "HardShrink(x; threshold=0.5)", c -> Activations.hardShrink(c.number("threshold")));
    rows.activation(
        "SoftShrink(x; threshold=0.5)", c -> Activations.softShrink(c.number("threshold")));
    rows.activation("Squareplus(x; b=4)", c -> Activations.squareplus(c.number("b")));
    rows.one(
        "Threshold(x; threshold, default_value)",
        ActivationOps::thresholded,
        c -> threshold(c).apply(c.tf(), c.operand("x")));
    rows.activation("Softmax(x; axis=-1)", c -> along(c, Activations::softmax));
    rows.activation("LogSoftmax(x; axis=-1)", c -> along(c, Activations::logSoftmax));
    rows.activation(
        "Sparsemax(x; axis=-1)", c -> Activations.sparsemax(c.axis("axis", c.rank("x"))));
    rows.one(
        "Glu(x; axis=-1)",
        ActivationOps::halved,
        c -> Activations.glu(c.axis("axis", c.rank("x"))).apply(c.tf(), c.operand("x")));
  }

  private static void plain(Rows rows, String name, Activation f) {
    rows.activation(name + "(x)", c -> f);
  }

  /** Returns the function along an axis; along all together for None. */
  private static Activation along(OperationCall c, IntFunction<? extends Activation> f) {
    if (!c.isNone("axis")) {
      return f.apply(c.axis("axis", c.rank("x")));
    }
    return (tf, x) ->
        tf.reshape(f.apply(-1).apply(tf, tf.reshape(x, tf.constant(new int[] {-1}))), tf.shape(x));
  }

  /** Whole numbers are compared with whole numbers alone. */
  private static TensorSpec thresholded(OperationCall c) {
    threshold(c);
    TensorSpec x = Specs.numeric(c.spec("x"));
    for (String name : new String[] {"threshold", "default_value"}) {
      boolean whole = c.argument(name) instanceof Argument.Literal l && l.value() instanceof Long;
      if (!x.dtype().isFloating() && !whole) {
        throw c.expected(name, "a whole number for " + x);
      }
    }
    return x;
  }

  private static Activation threshold(OperationCall c) {
    return Activations.threshold(c.number("threshold"), c.number("default_value"));
  }

  private static TensorSpec halved(OperationCall c) {
    TensorSpec x = Specs.floating(c, "x");
    int axis = c.axis("axis", x.rank());
    long size = x.shape().get(axis);
    if (size % 2 == 1) {
      throw new ShapeException("axis: expected one of an even size, got " + axis + " of " + x);
    }
    return x.withShape(Shapes.with(x.shape(), axis, size < 0 ? size : size / 2));
  }
}
