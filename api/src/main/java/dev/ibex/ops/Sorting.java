package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Elements in order, and where they are in it. */
final class Sorting {
  private Sorting() {}

  static void add(Rows rows) {
    rows.one("Sort(x; axis=-1)", Sorting::spec, c -> sorted(c, false));
    rows.one("Argsort(x; axis=-1)", c -> spec(c).withDType(DType.INT32), c -> sorted(c, true));
    rows.one(
        "SearchSorted(sorted_sequence, values; side='left')", Sorting::searched, Sorting::search);
  }

  /** Adds the rows of the module of mathematics. */
  static void addMath(Rows rows) {
    rows.several("TopK(x; k, sorted=True)", Sorting::largest, Sorting::topK);
    rows.one("InTopK(targets, predictions; k)", Sorting::among, Sorting::inTopK);
  }

  private static TensorSpec spec(OperationCall c) {
    if (c.isNone("axis")) {
      return Specs.flat(c.spec("x"));
    }
    c.axis("axis", c.rank("x"));
    return c.spec("x");
  }

  private static Operand<TNumber> sorted(OperationCall c, boolean places) {
    Ops tf = c.tf();
    boolean all = c.isNone("axis");
    Operand<TNumber> x = all ? Sizes.flat(tf, c.operand("x")) : c.operand("x");
    int rank = all ? 1 : c.rank("x");
    int[] order = Sizes.last(rank, all ? 0 : c.axis("axis", rank));
    Operand<TNumber> moved = Sizes.permute(tf, x, order);
    Operand<TNumber> y =
        places ? Numbers.of(Sorted.places(tf, moved)) : Sorted.ascending(tf, moved);
    return Sizes.permute(tf, y, Sizes.inverse(order));
  }

  private static List<TensorSpec> largest(OperationCall c) {
    TensorSpec x = Specs.numeric(Specs.ranked(c, "x", 1));
    int k = Check.positive("k", c.integer("k"));
    long size = x.shape().get(-1);
    if (size >= 0 && k > size) {
      throw new ShapeException("k: expected at most " + size + " for " + x + ", got " + k);
    }
    TensorSpec values = x.withShape(Shapes.withLast(x.shape(), k));
    c.flag("sorted");
    return List.of(values, values.withDType(DType.INT32));
  }

  /** Sorted too if that is not asked for, as TensorFlow's kernel does it for few. */
  private static List<Operand<?>> topK(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    Operand<TInt32> places = Sorted.largest(tf, x, tf.constant(c.integer("k")));
    return List.of(Sorted.along(tf, x, places), places);
  }

  private static TensorSpec among(OperationCall c) {
    TensorSpec targets = c.spec("targets");
    TensorSpec predictions = c.spec("predictions");
    boolean ids = targets.dtype() == DType.INT32 || targets.dtype() == DType.INT64;
    Check.that(
        ids && predictions.dtype() == DType.FLOAT32,
        "expected targets of int32 or int64 and predictions of float32, got %s and %s",
        targets,
        predictions);
    if (targets.rank() != 1
        || predictions.rank() != 2
        || !Specs.agree(targets.shape().get(0), predictions.shape().get(0))) {
      throw new ShapeException(
          "expected targets [rows] and predictions [rows, classes], got "
              + targets
              + " and "
              + predictions);
    }
    Check.positive("k", c.integer("k"));
    return targets.withDType(DType.BOOL);
  }

  private static Operand<?> inTopK(OperationCall c) {
    Ops tf = c.tf();
    Operand<TFloat32> predictions = Numbers.as(c.operand("predictions"));
    Operand<TInt64> targets = Numbers.as(c.operand("targets", DType.INT64));
    return tf.nn.inTopK(predictions, targets, tf.constant((long) c.integer("k")));
  }

  private static TensorSpec searched(OperationCall c) {
    String side = c.text("side");
    Check.that(
        side.equals("left") || side.equals("right"),
        "side: expected \"left\" or \"right\", got \"%s\"",
        side);
    TensorSpec sequence = c.spec("sorted_sequence");
    if (sequence.rank() != 1 || c.rank("values") != 1) {
      throw new ShapeException(
          "expected a sequence and values of one axis each, got "
              + sequence
              + " and "
              + c.spec("values"));
    }
    Check.that(
        sequence.dtype() == c.spec("values").dtype(),
        "values: expected the type of the sequence, %s, got %s",
        sequence,
        c.spec("values"));
    boolean known = sequence.shape().get(0) >= 0;
    return new TensorSpec(c.shape("values"), known ? DType.INT32 : DType.INT64);
  }

  private static Operand<TNumber> search(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> sequence = Sizes.reshape(tf, c.operand("sorted_sequence"), 1, -1);
    Operand<TNumber> values = c.operand("values");
    Operand<TNumber> row = Sizes.reshape(tf, values, 1, -1);
    Operand<TInt32> places =
        c.text("side").equals("left") ? tf.lowerBound(sequence, row) : tf.upperBound(sequence, row);
    return Numbers.cast(tf, tf.reshape(places, Sizes.of(tf, values)), searched(c).dtype());
  }
}
