package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * Samples to train on, evaluate or predict from: arrays whose first axis is the sample, or a stream
 * of batches of them. Immutable; the arrays stay on the heap until a model uses them.
 *
 * <p>One input and one target need no names. Element types are converted to what the model takes
 * where nothing is lost; float64 to float32 is rounded to nearest.
 */
public final class Data {
  /** The name of the only input, target or weight. */
  static final String ONLY = "";

  private final Map<String, Array> inputs;
  private final Map<String, Array> targets;
  private final Map<String, Array> weights;
  private final Optional<Supplier<Stream<Data>>> batches;

  private Data(
      Map<String, Array> inputs,
      Map<String, Array> targets,
      Map<String, Array> weights,
      Optional<Supplier<Stream<Data>>> batches) {
    this.inputs = inputs;
    this.targets = targets;
    this.weights = weights;
    this.batches = batches;
  }

  /** Returns data of inputs alone, to predict from. */
  public static Data of(Array x) {
    return inputs(ONLY, x);
  }

  /** Returns vectors alone, to predict from or to add targets to. */
  public static Data of(float[][] x) {
    return of(Array.of(x));
  }

  /** Returns vectors alone; the float64 numbers are rounded to float32. */
  public static Data of(double[][] x) {
    return of(Array.of(x));
  }

  /** Returns samples with their targets. */
  public static Data of(Array x, Array y) {
    return of(x).target(ONLY, y);
  }

  /** Returns vectors with classes. */
  public static Data of(float[][] x, int[] y) {
    return of(Array.of(x), vector(y));
  }

  /** Returns vectors with numbers. */
  public static Data of(float[][] x, float[] y) {
    return of(Array.of(x), Array.of(y));
  }

  /** Returns vectors with vectors. */
  public static Data of(float[][] x, float[][] y) {
    return of(Array.of(x), Array.of(y));
  }

  /** Returns vectors with classes; the float64 numbers are rounded to float32. */
  public static Data of(double[][] x, int[] y) {
    return of(Array.of(x), vector(y));
  }

  /** Returns vectors with numbers; all are rounded to float32. */
  public static Data of(double[][] x, double[] y) {
    return of(Array.of(x), Array.of(Shape.of(y.length), y));
  }

  /** Returns vectors with vectors; all are rounded to float32. */
  public static Data of(double[][] x, double[][] y) {
    return of(Array.of(x), Array.of(y));
  }

  /** Returns sequences of vectors with classes. */
  public static Data of(float[][][] x, int[] y) {
    return of(Array.of(x), vector(y));
  }

  /** Returns images {@code [sample][height][width][channel]} with classes. */
  public static Data of(float[][][][] x, int[] y) {
    return of(Array.of(x), vector(y));
  }

  /** Returns images with vectors, such as one-hot classes. */
  public static Data of(float[][][][] x, float[][] y) {
    return of(Array.of(x), Array.of(y));
  }

  /** Returns sequences of ids with classes. */
  public static Data of(int[][] x, int[] y) {
    return of(Array.of(x), vector(y));
  }

  /** Returns sequences of ids with numbers. */
  public static Data of(int[][] x, float[] y) {
    return of(Array.of(x), Array.of(y));
  }

  private static Array vector(int[] y) {
    return Array.of(Shape.of(y.length), y);
  }

  /** Returns data of one input by name; add the others by {@link #input}. */
  public static Data inputs(String name, Array x) {
    return new Data(Map.of(name, x), Map.of(), Map.of(), Optional.empty());
  }

  /** Returns this data with one more input. */
  public Data input(String name, Array x) {
    return new Data(with(array().inputs, name, x), targets, weights, batches);
  }

  /** Returns this data with a target for the output of that name. */
  public Data target(String name, Array y) {
    return new Data(inputs, with(array().targets, name, y), weights, batches);
  }

  /** Returns this data with a weight for each sample, or each element, of an output's loss. */
  public Data weight(String name, Array w) {
    return new Data(inputs, targets, with(array().weights, name, w), batches);
  }

  /** Returns this data with a weight for each sample. */
  public Data weight(float... w) {
    return weight(ONLY, Array.of(w));
  }

  /**
   * Returns data that is made anew, batch by batch, each time it is gone through; the batch size is
   * that of the batches.
   *
   * @param batches called once an epoch; the stream is closed at its end
   */
  public static Data batches(Supplier<Stream<Data>> batches) {
    return new Data(Map.of(), Map.of(), Map.of(), Optional.of(batches));
  }

  private Data array() {
    Check.that(
        batches.isEmpty(),
        "data: a stream of batches has its arrays in the batches, not beside them");
    return this;
  }

  private static Map<String, Array> with(Map<String, Array> map, String name, Array a) {
    Map<String, Array> more = new LinkedHashMap<>(map);
    Check.that(more.put(name, a) == null, "name: \"%s\" is given twice", name);
    return more;
  }

  /** Returns the inputs by name; the only one may be without, under the empty text. */
  public Map<String, Array> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /** Returns the targets by name, as {@link #inputs()}. */
  public Map<String, Array> targets() {
    return Collections.unmodifiableMap(targets);
  }

  /** Returns the weights of samples by name of the output, as {@link #inputs()}. */
  public Map<String, Array> weights() {
    return Collections.unmodifiableMap(weights);
  }

  /** Returns what makes the batches; empty for arrays. */
  public Optional<Supplier<Stream<Data>>> stream() {
    return batches;
  }

  /** Returns the number of rows of every array; for arrays, not streams. */
  public int samples() {
    Check.that(batches.isEmpty(), "samples: a stream of batches does not say how many it has");
    List<Integer> rows =
        Stream.of(inputs, targets, weights)
            .flatMap(m -> m.values().stream())
            .map(Array::rows)
            .distinct()
            .toList();
    Check.that(rows.size() == 1, "samples: the arrays have different numbers of rows: %s", rows);
    return rows.get(0);
  }

  /** Returns the given rows of every array; for arrays, not streams. */
  public Data rows(int... index) {
    Check.that(batches.isEmpty(), "rows: a stream of batches has no rows to choose from");
    return new Data(
        each(inputs, index), each(targets, index), each(weights, index), Optional.empty());
  }

  private static Map<String, Array> each(Map<String, Array> map, int[] index) {
    Map<String, Array> rows = new LinkedHashMap<>();
    map.forEach((k, a) -> rows.put(k, a.rows(index)));
    return rows;
  }
}
