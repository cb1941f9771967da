package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.DenseBincount;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** What is computed of the elements of each group, whose number another tensor says. */
final class Segments {
  private Segments() {}

  /** Emits one kind. */
  @FunctionalInterface
  private interface Kind {
    Operand<TNumber> of(Ops tf, Operand<TNumber> data, Operand<TInt32> ids, Operand<TInt32> count);
  }

  static void add(Rows rows) {
    add(rows, "SegmentSum", (tf, x, ids, n) -> tf.math.unsortedSegmentSum(x, ids, n));
    add(rows, "SegmentMax", (tf, x, ids, n) -> tf.math.unsortedSegmentMax(x, ids, n));
    add(rows, "SegmentMin", (tf, x, ids, n) -> tf.math.unsortedSegmentMin(x, ids, n));
    add(rows, "SegmentProd", (tf, x, ids, n) -> tf.math.unsortedSegmentProd(x, ids, n));
  }

  /** Adds the row of the module of arrays. */
  static void addNumpy(Rows rows) {
    rows.one(
        "Bincount(x; weights=None, minlength=0, sparse=False)", Segments::counted, Segments::count);
  }

  private static void add(Rows rows, String name, Kind kind) {
    rows.one(
        name + "(data, segment_ids; num_segments=None, sorted=False)",
        Segments::infer,
        c -> emptied(c, name, kind.of(c.tf(), c.operand("data"), ids(c), segments(c))));
  }

  /** The largest and the least of no elements are 0 where ids are sorted, else the type's limit. */
  private static Operand<TNumber> emptied(OperationCall c, String name, Operand<TNumber> y) {
    if (!c.flag("sorted") || !(name.endsWith("Max") || name.endsWith("Min"))) {
      return y;
    }
    Ops tf = c.tf();
    Operand<TInt32> sizes = tf.math.unsortedSegmentSum(tf.onesLike(ids(c)), ids(c), segments(c));
    long[] column = new long[c.rank("data")];
    Arrays.fill(column, 1);
    column[0] = -1;
    Operand<TInt32> aligned = tf.reshape(sizes, tf.constant(column));
    return tf.select(
        tf.math.greater(aligned, tf.constant(0)), y, Numbers.constant(tf, Numbers.dtype(y), 0));
  }

  private static TensorSpec infer(OperationCall c) {
    TensorSpec data = Specs.numeric(Specs.ranked(c, "data", 1));
    TensorSpec ids = c.spec("segment_ids");
    if (ids.rank() != 1 || !Specs.agree(ids.shape().get(0), data.shape().get(0))) {
      throw new ShapeException(
          "segment_ids: expected one number for each of the first axis of "
              + data
              + ", got "
              + ids);
    }
    Check.that(ids.dtype().isInteger(), "segment_ids: expected whole numbers, got %s", ids);
    boolean given = !c.isNone("num_segments");
    Check.that(!given || !c.flag("sorted"), "num_segments: expected none for ids that are sorted");
    int count = given ? c.integer("num_segments") : -1;
    Check.that(
        !given || count >= 0, "num_segments: expected a number of at least 0, got %d", count);
    return data.withShape(Shape.of(count).append(data.shape().tail()));
  }

  private static Operand<TInt32> ids(OperationCall c) {
    return Numbers.as(c.operand("segment_ids", DType.INT32));
  }

  private static Operand<TInt32> segments(OperationCall c) {
    Ops tf = c.tf();
    return c.isNone("num_segments")
        ? tf.math.add(tf.max(ids(c), tf.constant(0)), tf.constant(1))
        : tf.constant(c.integer("num_segments"));
  }

  private static DType summed(OperationCall c) {
    return c.isNone("weights")
        ? DType.INT32
        : Promotion.of(c.spec("x").dtype(), c.spec("weights").dtype());
  }

  private static TensorSpec counted(OperationCall c) {
    Check.that(!c.flag("sparse"), "sparse: expected false, for there are no sparse tensors");
    Check.that(
        c.integer("minlength") >= 0,
        "minlength: expected a number of at least 0, got %d",
        c.integer("minlength"));
    TensorSpec x = Specs.ranked(c, "x", 1);
    if (x.rank() > 2) {
      throw new ShapeException("x: expected one or two axes, got " + x);
    }
    Check.that(!x.dtype().isFloating(), "x: expected whole numbers, got %s", x);
    return new TensorSpec(x.shape().take(x.rank() - 1).append(-1), summed(c));
  }

  private static Operand<TNumber> count(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x", DType.INT32);
    Operand<TInt32> largest = Numbers.as(tf.max(Sizes.flat(tf, x), tf.constant(0)));
    Operand<TInt32> size =
        tf.math.maximum(tf.math.add(largest, tf.constant(1)), tf.constant(c.integer("minlength")));
    Operand<TNumber> weights =
        c.isNone("weights")
            ? Numbers.of(tf.constant(new int[0]))
            : c.operand("weights", accumulated(c.spec("weights").dtype()));
    Operand<TNumber> counts =
        tf.math.denseBincount(
            Numbers.<TInt32>as(x), size, weights, DenseBincount.binaryOutput(false));
    return Numbers.cast(tf, counts, summed(c));
  }

  private static DType accumulated(DType weights) {
    return switch (weights) {
      case INT32, INT64, FLOAT32, FLOAT64 -> weights;
      case UINT8, UINT16 -> DType.INT32;
      default -> DType.FLOAT32;
    };
  }
}
