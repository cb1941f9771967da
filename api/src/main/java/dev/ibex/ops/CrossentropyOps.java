package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** The cross-entropies of {@link dev.ibex.losses}, before means are taken, as operations. */
final class CrossentropyOps {
  private CrossentropyOps() {}

  static void add(Rows rows) {
    rows.one(
        "BinaryCrossentropy(target, output; from_logits=False)",
        CrossentropyOps::alike,
        CrossentropyOps::binary);
    rows.one(
        "CategoricalCrossentropy(target, output; from_logits=False, axis=-1)",
        c -> without(alike(c), c.axis("axis", c.rank("output"))),
        CrossentropyOps::categorical);
    rows.one(
        "SparseCategoricalCrossentropy(target, output; from_logits=False, axis=-1)",
        CrossentropyOps::ofLabels,
        CrossentropyOps::sparse);
  }

  private static TensorSpec alike(OperationCall c) {
    c.flag("from_logits");
    TensorSpec output = Specs.floating(c, "output");
    if (!same(c.shape("target"), output.shape())) {
      throw new ShapeException(
          "target: expected the shape of the output " + output + ", got " + c.spec("target"));
    }
    Check.that(
        c.spec("target").dtype() == output.dtype(),
        "target: expected the type of the output %s, got %s; cast one",
        output,
        c.spec("target"));
    return output;
  }

  private static boolean same(Shape a, Shape b) {
    boolean same = a.numDimensions() == b.numDimensions();
    for (int i = 0; same && i < a.numDimensions(); i++) {
      same = a.get(i) == b.get(i) || a.get(i) < 0 || b.get(i) < 0;
    }
    return same;
  }

  private static TensorSpec without(TensorSpec spec, int axis) {
    return spec.withShape(
        spec.shape().take(axis).append(spec.shape().takeLast(spec.rank() - axis - 1)));
  }

  private static Operand<TNumber> binary(OperationCall c) {
    return BinaryCrossentropy.of()
        .fromLogits(c.flag("from_logits"))
        .elements(c.tf(), c.operand("target"), c.operand("output"));
  }

  private static Operand<TNumber> categorical(OperationCall c) {
    return CategoricalCrossentropy.of()
        .fromLogits(c.flag("from_logits"))
        .axis(c.axis("axis", c.rank("output")))
        .values(c.tf(), c.operand("target"), c.operand("output"));
  }

  private static TensorSpec ofLabels(OperationCall c) {
    c.flag("from_logits");
    TensorSpec output = Specs.floating(c, "output");
    int axis = c.axis("axis", output.rank());
    Check.that(
        axis == output.rank() - 1, "axis: expected the last one of %s, got %d", output, axis);
    TensorSpec loss = without(output, axis);
    Shape target = c.shape("target");
    boolean column = target.numDimensions() == output.rank() && target.get(-1) == 1;
    if (!same(column ? target.take(axis) : target, loss.shape())) {
      throw new ShapeException(
          "target: expected class numbers of the shape "
              + TensorSpec.text(loss.shape())
              + " for the output "
              + output
              + ", got "
              + c.spec("target"));
    }
    return loss;
  }

  private static Operand<TNumber> sparse(OperationCall c) {
    return SparseCategoricalCrossentropy.of()
        .fromLogits(c.flag("from_logits"))
        .values(c.tf(), c.operand("target"), c.operand("output"));
  }
}
