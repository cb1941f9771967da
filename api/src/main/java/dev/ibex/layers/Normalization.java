package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Shifts and scales features to mean 0 and variance 1: {@code y = (x - mean) / max(sqrt(variance),
 * 1e-7)}, with one mean and variance for each index of the kept axes.
 *
 * <p>{@code x: any shape -> y: the same}; whole numbers become the compute type. Mean and variance
 * are given, or taken from data by {@link #adapt(Array)}; before that they are 0 and 1. Its weights
 * are mean, variance and a count that Keras leaves at 0; no optimizer changes them. Passes the mask
 * on. Source: {@code keras.layers.Normalization}.
 */
public final class Normalization extends UnaryLayer implements Configurable<Normalization> {
  private static final double EPSILON = 1e-7;

  private final Config config;

  /**
   * The description of a {@link Normalization}.
   *
   * @param axis the kept axes; negative ones count from the end; none for one mean of all elements
   * @param mean a number, or numbers for the indices of the kept axes
   * @param variance likewise
   * @param invert whether normalized numbers are turned back: {@code y = mean + x ·
   *     max(sqrt(variance), 1e-7)}
   */
  public record Config(
      LayerOptions options,
      List<Integer> axis,
      Optional<Array> mean,
      Optional<Array> variance,
      boolean invert)
      implements LayerConfig {
    /** Copies the axes. */
    public Config {
      axis = List.copyOf(axis);
    }
  }

  private Normalization(Config config) {
    super(config, Normalization::new);
    this.config = config;
  }

  /** Returns a layer that normalizes each index of the last axis. */
  public static Normalization of() {
    return new Normalization(
        new Config(LayerOptions.DEFAULT, List.of(-1), Optional.empty(), Optional.empty(), false));
  }

  /**
   * Sets the axes whose indices have a mean and a variance each; default -1, the last. None, as in
   * {@code axis()}, is one mean and variance of all elements.
   */
  public Normalization axis(int... axes) {
    return with("axis", IntStream.of(axes).boxed().toList());
  }

  /** Sets the mean of all; the variance must be set, too. */
  public Normalization mean(double m) {
    return with("mean", Optional.of(Array.of(Shape.scalar(), m)));
  }

  /** Sets the mean of each index of the last kept axis; the variance must be set, too. */
  public Normalization mean(double[] m) {
    return with("mean", Optional.of(Array.of(m)));
  }

  /** Sets the means of the indices of the kept axes; the variance must be set, too. */
  public Normalization mean(Array m) {
    return with("mean", Optional.of(m.cast(DType.FLOAT64)));
  }

  /** Sets the variance of all; the mean must be set, too. */
  public Normalization variance(double v) {
    return with("variance", Optional.of(Array.of(Shape.scalar(), v)));
  }

  /** Sets the variance of each index of the last kept axis; the mean must be set, too. */
  public Normalization variance(double[] v) {
    return with("variance", Optional.of(Array.of(v)));
  }

  /** Sets the variances of the indices of the kept axes; the mean must be set, too. */
  public Normalization variance(Array v) {
    return with("variance", Optional.of(v.cast(DType.FLOAT64)));
  }

  /** Sets whether normalized numbers are turned back; default false. */
  public Normalization invert(boolean on) {
    return with("invert", on);
  }

  @Override
  public Config config() {
    return config;
  }

  /** As {@link #adapt(Array)}, for rows of numbers. */
  public void adapt(float[][] data) {
    adapt(Array.of(data));
  }

  /** As {@link #adapt(Array)}, for rows of numbers. */
  public void adapt(double[][] data) {
    adapt(Array.of(data));
  }

  /**
   * Takes mean and variance from data, in place of those there were. Every model with this layer
   * uses them from the next call on.
   *
   * @param data a batch of the layer's inputs, {@code [batch, …]}
   * @throws IllegalArgumentException if the data are strings, or empty
   * @throws IllegalStateException if mean and variance were given, or while a fit is running
   * @throws ShapeException if the data do not fit the axes, or the inputs the layer was built for
   */
  public void adapt(Array data) {
    adapt(Stream.of(data));
  }

  /**
   * As {@link #adapt(Array)}, over batches that come one after the other; one is held at a time.
   *
   * @param batches read to its end; the caller closes it
   */
  public void adapt(Stream<Array> batches) {
    if (config.mean.isPresent()) {
      throw new IllegalStateException(
          "adapt: the mean and variance of " + label() + " are given; leave them out to adapt it");
    }
    RunningMoments[] moments = new RunningMoments[1];
    batches.forEachOrdered(
        batch -> {
          int[] places = places(batch);
          if (moments[0] == null) {
            moments[0] = new RunningMoments((int) ownWeights().get(0).shape().size());
          }
          for (int row = 0, i = 0; row < batch.rows(); row++) {
            for (int place : places) {
              moments[0].add(place, batch.number(i++));
            }
          }
        });
    Check.that(moments[0] != null && moments[0].count() > 0, "adapt: expected data, got none");
    Shape shape = ownWeights().get(0).shape();
    // at once, so that no prediction meanwhile sees one new and one old
    Variable.assign(
        ownWeights().subList(0, 2),
        List.of(Array.of(shape, moments[0].means()), Array.of(shape, moments[0].variances())));
  }

  /** Checks a batch of data and returns which mean each element of a sample counts for. */
  private int[] places(Array batch) {
    Check.that(
        batch.dtype() != DType.STRING, "adapt: expected numbers, got strings; look them up first");
    Check.that(
        batch.shape().numDimensions() > 0, "adapt: expected data with a batch axis, got a number");
    Shape in = Shapes.with(batch.shape(), 0, -1);
    if (ownWeights().isEmpty()) {
      build(List.of(new TensorSpec(in, batch.dtype())));
    }
    int[] kept = kept(in);
    Shape expected = ownWeights().get(0).shape();
    Shape found = Shape.of(IntStream.of(kept).mapToLong(in::get).toArray());
    if (!found.equals(expected)) {
      throw new ShapeException(
          "adapt: "
              + label()
              + " has means of shape "
              + TensorSpec.text(expected)
              + ", but data of shape "
              + TensorSpec.text(batch.shape())
              + " have "
              + TensorSpec.text(found)
              + " along the axes "
              + config.axis);
    }
    int[] places = new int[(int) Shapes.product(in, 1)];
    for (int i = 0; i < places.length; i++) {
      int place = 0;
      for (int axis : kept) {
        int stride = (int) Shapes.product(in, axis + 1);
        place = place * (int) in.get(axis) + i / stride % (int) in.get(axis);
      }
      places[i] = place;
    }
    return places;
  }

  /** Returns the kept axes in order, counted from the front. */
  private int[] kept(Shape in) {
    int[] kept =
        config.axis.stream()
            .mapToInt(a -> Check.axis("axis", a, in.numDimensions()))
            .sorted()
            .toArray();
    if (IntStream.of(kept).distinct().count() < kept.length) {
      throw new ShapeException("axis: expected different axes, got " + config.axis);
    }
    for (int axis : kept) {
      if (in.get(axis) < 0) {
        throw new ShapeException(
            "axis: a kept axis must have a known size, but axis "
                + axis
                + " of "
                + TensorSpec.text(in)
                + " has none"
                + (axis == 0 ? "; axis() takes one mean of all elements" : ""));
      }
    }
    return kept;
  }

  @Override
  protected Shape outputShape(Shape in) {
    int[] kept = kept(in);
    if (config.mean.isPresent() || config.variance.isPresent()) {
      checkGiven(kept, in);
    }
    return in;
  }

  private void checkGiven(int[] kept, Shape in) {
    if (config.mean.isEmpty() || config.variance.isEmpty()) {
      throw new ShapeException(
          "mean and variance are given together or not at all; "
              + (config.mean.isEmpty() ? "mean" : "variance")
              + " is missing");
    }
    Shape mean = config.mean.get().shape();
    Shape variance = config.variance.get().shape();
    if (!mean.equals(variance)) {
      throw new ShapeException(
          "mean and variance must have one shape, got "
              + TensorSpec.text(mean)
              + " and "
              + TensorSpec.text(variance));
    }
    int less = kept.length - mean.numDimensions();
    boolean fits = less >= 0;
    for (int i = 0; fits && i < mean.numDimensions(); i++) {
      fits = mean.get(i) == 1 || mean.get(i) == in.get(kept[i + less]);
    }
    if (!fits) {
      throw new ShapeException(
          "mean and variance of shape "
              + TensorSpec.text(mean)
              + " do not fit the axes "
              + config.axis
              + " of the input "
              + TensorSpec.text(in));
    }
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    if (config.mean.isPresent()) {
      return List.of();
    }
    Shape shape = Shape.of(IntStream.of(kept(in)).mapToLong(in::get).toArray());
    return List.of(
        WeightSpec.of("mean", shape, zeros()).untrainable(),
        WeightSpec.of("variance", shape, ones()).untrainable(),
        WeightSpec.of("count", Shape.scalar(), zeros()).dtype(DType.INT64).untrainable());
  }

  /** Its state is set from outside, not by calls. */
  @Override
  protected boolean mixesSamples(boolean training) {
    return false;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> mean = moment(call, x, "mean", config.mean);
    Operand<TNumber> deviation =
        tf.math.maximum(
            tf.math.sqrt(moment(call, x, "variance", config.variance)), call.constant(EPSILON));
    return config.invert
        ? tf.math.add(mean, tf.math.mul(x, deviation))
        : tf.math.div(tf.math.sub(x, mean), deviation);
  }

  /** Returns a mean or variance with each of its axes at that of the input. */
  private Operand<TNumber> moment(
      Call call, Operand<TNumber> x, String name, Optional<Array> given) {
    int[] dims = new int[x.shape().numDimensions()];
    Arrays.fill(dims, 1);
    int[] kept = kept(x.shape());
    Operand<TNumber> value = given.map(call::constant).orElseGet(() -> call.weight(name));
    Shape shape = value.shape();
    int less = kept.length - shape.numDimensions();
    for (int i = 0; i < shape.numDimensions(); i++) {
      dims[kept[i + less]] = (int) shape.get(i);
    }
    return call.tf().reshape(value, call.tf().constant(dims));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
