package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.randomUniform;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A row of a table for each number: {@code y = embeddings[x]}.
 *
 * <p>{@code x: any shape, whole numbers -> y: the same with an axis of outputDim at the end}.
 * Negative numbers count from the table's end. A number outside the table stops a run on a CPU,
 * with an error that names this layer; on a GPU its row is zeros. Source: {@code
 * keras.layers.Embedding}.
 */
public final class Embedding extends UnaryLayer implements Configurable<Embedding> {
  private final Config config;

  /**
   * The description of an {@link Embedding}.
   *
   * @param inputDim the rows of the table, at least 1
   * @param outputDim the size of a row, at least 1
   * @param maskZero whether 0 stands for no number, which later layers leave out
   */
  public record Config(
      LayerOptions options,
      int inputDim,
      int outputDim,
      Initializer embeddingsInitializer,
      Regularizer embeddingsRegularizer,
      Regularizer activityRegularizer,
      Constraint embeddingsConstraint,
      boolean maskZero)
      implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      Check.positive("inputDim", inputDim);
      Check.positive("outputDim", outputDim);
    }
  }

  private Embedding(Config config) {
    super(config, Embedding::new);
    this.config = config;
  }

  /**
   * Returns a layer with a table of uniform numbers within ±0.05.
   *
   * @param inputDim the rows of the table: the largest number plus 1
   * @param outputDim the size of a row
   */
  public static Embedding of(int inputDim, int outputDim) {
    return new Embedding(
        new Config(
            LayerOptions.DEFAULT,
            inputDim,
            outputDim,
            randomUniform(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            false));
  }

  /** Sets the table's first value; default uniform numbers within ±0.05. */
  public Embedding embeddingsInitializer(Initializer i) {
    return with("embeddingsInitializer", i);
  }

  /** Sets a penalty on the table; default none. */
  public Embedding embeddingsRegularizer(Regularizer r) {
    return with("embeddingsRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public Embedding activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the table after each update; default none. */
  public Embedding embeddingsConstraint(Constraint c) {
    return with("embeddingsConstraint", c);
  }

  /** Sets whether 0 stands for no number, which later layers leave out; default false. */
  public Embedding maskZero(boolean on) {
    return with("maskZero", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return in.append(config.outputDim);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    Shape shape = Shape.of(config.inputDim, config.outputDim);
    // Rows are gathered first and rounded after: the table can be large.
    return List.of(
        WeightSpec.of("embeddings", shape, config.embeddingsInitializer)
            .regularizer(config.embeddingsRegularizer)
            .constraint(config.embeddingsConstraint)
            .uncast());
  }

  @Override
  protected Regularizer activityRegularizer() {
    return config.activityRegularizer;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected DType outputDType(DType in) {
    return dtype().computeDType();
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    DType type = Numbers.dtype(x);
    Operand<TNumber> ids = type == DType.INT64 ? x : Numbers.cast(tf, x, DType.INT32);
    Operand<TBool> negative = tf.math.less(ids, Numbers.constant(tf, ids, 0));
    Operand<TNumber> wrapped =
        tf.select(negative, tf.math.add(ids, Numbers.constant(tf, ids, config.inputDim)), ids);
    Operand<TNumber> rows = call.lookup("embeddings", wrapped);
    return Numbers.cast(tf, rows, call.dtype());
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return config.maskZero
        ? Optional.of(
            call.tf().math.notEqual(call.input(0), Numbers.constant(call.tf(), call.input(0), 0)))
        : Optional.empty();
  }
}
