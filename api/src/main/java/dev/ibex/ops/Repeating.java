package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The same elements several times. */
final class Repeating {
  private Repeating() {}

  static void add(Rows rows) {
    rows.one("Tile(x; repeats)", Repeating::tiled, Repeating::tile);
    rows.one("Repeat(x; repeats, axis=None)", Repeating::repeated, Repeating::repeat);
    rows.several("Meshgrid(*x; indexing='xy')", Repeating::grids, Repeating::meshgrid);
    rows.one("Kron(x1, x2)", Repeating::multiplied, Repeating::kron);
  }

  // ---- whole tensors ----------------------------------------------------------------------

  private static int[] repeats(OperationCall c) {
    int[] repeats = c.integers("repeats");
    Check.that(
        Arrays.stream(repeats).allMatch(r -> r >= 0),
        "repeats: expected numbers of at least 0, got %s",
        Arrays.toString(repeats));
    return repeats;
  }

  private static int[] front(int count, int[] rest) {
    return IntStream.concat(IntStream.generate(() -> 1).limit(count), Arrays.stream(rest))
        .toArray();
  }

  private static TensorSpec tiled(OperationCall c) {
    int[] repeats = front(Math.max(0, c.rank("x") - repeats(c).length), repeats(c));
    int more = repeats.length - c.rank("x");
    return c.spec("x")
        .withShape(
            Shape.of(
                IntStream.range(0, repeats.length)
                    .mapToLong(
                        i -> Specs.times(i < more ? 1 : c.shape("x").get(i - more), repeats[i]))
                    .toArray()));
  }

  private static Operand<TNumber> tile(OperationCall c) {
    Ops tf = c.tf();
    int[] repeats = front(Math.max(0, c.rank("x") - repeats(c).length), repeats(c));
    Operand<TNumber> x = c.operand("x");
    for (int i = c.rank("x"); i < repeats.length; i++) {
      x = tf.expandDims(x, tf.constant(0));
    }
    return tf.tile(x, tf.constant(repeats));
  }

  // ---- elements ---------------------------------------------------------------------------

  private static TensorSpec flatOrX(OperationCall c) {
    return c.isNone("axis") ? Specs.flat(c.spec("x")) : c.spec("x");
  }

  private static int axis(OperationCall c) {
    return c.isNone("axis") ? 0 : c.axis("axis", c.rank("x"));
  }

  private static TensorSpec repeated(OperationCall c) {
    int[] repeats = repeats(c);
    TensorSpec in = flatOrX(c);
    long size = in.shape().get(axis(c));
    if (repeats.length != 1 && repeats.length != size) {
      throw new ShapeException(
          "repeats: expected one number, or one for each of the places along an axis of known"
              + " size, got "
              + repeats.length
              + " for "
              + in);
    }
    long sum = repeats.length == 1 ? Specs.times(size, repeats[0]) : Arrays.stream(repeats).sum();
    return in.withShape(Shapes.with(in.shape(), axis(c), sum));
  }

  private static Operand<TNumber> repeat(OperationCall c) {
    Ops tf = c.tf();
    int[] repeats = repeats(c);
    Operand<TNumber> x = c.operand("x");
    Operand<TNumber> in = c.isNone("axis") ? Sizes.flat(tf, x) : x;
    return repeats.length == 1
        ? each(tf, in, axis(c), repeats[0])
        : tf.gather(in, tf.constant(places(repeats)), tf.constant(axis(c)));
  }

  private static int[] places(int[] repeats) {
    return IntStream.range(0, repeats.length)
        .flatMap(i -> IntStream.generate(() -> i).limit(repeats[i]))
        .toArray();
  }

  private static Operand<TNumber> each(Ops tf, Operand<TNumber> x, int axis, int times) {
    int rank = x.shape().numDimensions();
    int[] multiples = new int[rank + 1];
    Arrays.fill(multiples, 1);
    multiples[axis + 1] = times;
    Operand<TNumber> several =
        tf.tile(tf.expandDims(x, tf.constant(axis + 1)), tf.constant(multiples));
    Operand<TInt32> size = tf.math.mul(Sizes.at(tf, x, axis), tf.constant(times));
    return tf.reshape(
        several,
        Sizes.join(tf, Sizes.between(tf, x, 0, axis), size, Sizes.between(tf, x, axis + 1, rank)));
  }

  // ---- products ---------------------------------------------------------------------------

  private static boolean swaps(OperationCall c) {
    String indexing = c.text("indexing");
    Check.that(
        indexing.equals("xy") || indexing.equals("ij"),
        "indexing: expected \"xy\" or \"ij\", got \"%s\"",
        indexing);
    return indexing.equals("xy");
  }

  /** Returns which of the tensors goes along each axis of the grids. */
  private static int[] owners(OperationCall c) {
    int count = c.specs("x").size();
    boolean swaps = swaps(c);
    Check.that(!swaps || count > 1, "x: expected two or more tensors for \"xy\", got one");
    return IntStream.range(0, count).map(i -> swaps && i < 2 ? 1 - i : i).toArray();
  }

  private static List<TensorSpec> grids(OperationCall c) {
    List<TensorSpec> specs = c.specs("x");
    long[] sizes =
        Arrays.stream(owners(c)).mapToLong(i -> Shapes.product(specs.get(i).shape(), 0)).toArray();
    Check.that(
        specs.stream().map(TensorSpec::dtype).distinct().count() == 1,
        "x: expected tensors of one type, got %s",
        specs);
    return specs.stream().map(s -> s.withShape(Shape.of(sizes))).toList();
  }

  private static List<Operand<TNumber>> meshgrid(OperationCall c) {
    Ops tf = c.tf();
    List<Operand<TNumber>> xs = c.operands("x", c.specs("x").get(0).dtype());
    int[] owners = owners(c);
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int owner : owners) {
      sizes.add(Sizes.at(tf, Sizes.flat(tf, xs.get(owner)), 0));
    }
    List<Operand<TNumber>> all = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      int[] line = new int[xs.size()];
      Arrays.fill(line, 1);
      line[owners[i]] = -1;
      all.add(tf.broadcastTo(Sizes.reshape(tf, xs.get(i), line), tf.stack(sizes)));
    }
    return all;
  }

  private static TensorSpec multiplied(OperationCall c) {
    Shape a = c.shape("x1");
    Shape b = c.shape("x2");
    if (a.numDimensions() != b.numDimensions()) {
      throw new ShapeException(
          "x2: expected as many axes as x1 has, got " + c.spec("x1") + " and " + c.spec("x2"));
    }
    Shape shape =
        Shape.of(
            IntStream.range(0, a.numDimensions())
                .mapToLong(i -> Specs.times(a.get(i), b.get(i)))
                .toArray());
    return Specs.numeric(new TensorSpec(shape, c.promoted("x1", "x2")));
  }

  private static Operand<TNumber> kron(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> a = c.operand("x1", c.promoted("x1", "x2"));
    Operand<TNumber> b = c.operand("x2", c.promoted("x1", "x2"));
    Operand<TInt32> sizes = tf.math.mul(Sizes.of(tf, a), Sizes.of(tf, b));
    for (int i = 0; i < c.rank("x1"); i++) {
      a = tf.expandDims(a, tf.constant(2 * i + 1));
      b = tf.expandDims(b, tf.constant(2 * i));
    }
    return tf.reshape(tf.math.mul(a, b), sizes);
  }
}
