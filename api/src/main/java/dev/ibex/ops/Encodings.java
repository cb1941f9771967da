package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.OneHot;
import org.tensorflow.types.family.TNumber;

/** Class numbers as vectors of zeros and ones. */
final class Encodings {
  private Encodings() {}

  static void add(Rows rows) {
    rows.one(
        "OneHot(x; num_classes, axis=-1, dtype=None, sparse=False)",
        c -> oneHot(c, "x"),
        c -> oneHot(c, "x", type(c)));
    rows.one(
        "MultiHot(inputs; num_classes=None, axis=-1, dtype=None, sparse=False)",
        Encodings::multiHot,
        Encodings::any);
  }

  private static DType type(OperationCall c) {
    return c.dtype("dtype").orElse(DType.FLOAT32);
  }

  private static int axis(OperationCall c, String name) {
    int axis = c.integer("axis");
    Check.that(
        axis >= -1 && axis < c.rank(name),
        "axis: expected -1, or an axis from 0 to %d, got %d",
        c.rank(name) - 1,
        axis);
    return axis < 0 ? c.rank(name) : axis;
  }

  private static TensorSpec oneHot(OperationCall c, String name) {
    Check.that(!c.flag("sparse"), "sparse: expected False, got True; tensors are dense here");
    int classes = c.integer("num_classes");
    Check.that(classes >= 0, "num_classes: expected 0 or more, got %d", classes);
    return new TensorSpec(Specs.with(c.shape(name), axis(c, name), classes), type(c));
  }

  private static Operand<TNumber> oneHot(OperationCall c, String name, DType type) {
    Ops tf = c.tf();
    return tf.oneHot(
        c.operand(name, DType.INT64),
        tf.constant(c.integer("num_classes")),
        Numbers.constant(tf, type, 1),
        Numbers.constant(tf, type, 0),
        OneHot.axis((long) axis(c, name)));
  }

  /** The classes of all places of axis 1 are put together; of axis 0 if there is no other. */
  private static TensorSpec multiHot(OperationCall c) {
    TensorSpec encoded = oneHot(c, "inputs");
    int gone = merged(c);
    Shape shape = encoded.shape();
    return encoded.withShape(
        shape.take(gone).append(shape.takeLast(shape.numDimensions() - gone - 1)));
  }

  private static int merged(OperationCall c) {
    return c.rank("inputs") > 1 ? 1 : 0;
  }

  private static Operand<TNumber> any(OperationCall c) {
    Operand<TNumber> all = oneHot(c, "inputs", DType.INT32);
    return Numbers.cast(c.tf(), c.tf().max(all, c.tf().constant(merged(c))), type(c));
  }
}
