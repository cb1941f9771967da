package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A row of a table for each number: the table and its options.
 *
 * @param <L> the layer's own class
 */
abstract class EmbeddingLayer<L extends Layer> extends UnaryLayer implements Configurable<L> {
  /** The table's name, in files too. */
  static final String TABLE = "embeddings";

  private final Table config;

  /** The components that the layer's record has for this. */
  interface Table extends LayerConfig {
    int inputDim();

    int outputDim();

    Initializer embeddingsInitializer();

    Regularizer embeddingsRegularizer();

    Regularizer activityRegularizer();

    Constraint embeddingsConstraint();

    boolean maskZero();
  }

  <C extends Table> EmbeddingLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
  }

  /** Sets the table's first value; default uniform numbers within ±0.05. */
  public L embeddingsInitializer(Initializer i) {
    return with("embeddingsInitializer", i);
  }

  /** Sets a penalty on the table; default none. */
  public L embeddingsRegularizer(Regularizer r) {
    return with("embeddingsRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public L activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the table after each update; default none. */
  public L embeddingsConstraint(Constraint c) {
    return with("embeddingsConstraint", c);
  }

  /** Sets whether 0 stands for no number, which later layers leave out; default false. */
  public L maskZero(boolean on) {
    return with("maskZero", on);
  }

  @Override
  protected Shape outputShape(Shape in) {
    return in.append(config.outputDim());
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    Shape shape = Shape.of(config.inputDim(), config.outputDim());
    // Rows are gathered first and rounded after: the table can be large.
    return List.of(
        WeightSpec.of(TABLE, shape, config.embeddingsInitializer())
            .regularizer(config.embeddingsRegularizer())
            .constraint(config.embeddingsConstraint())
            .uncast());
  }

  @Override
  protected Regularizer activityRegularizer() {
    return config.activityRegularizer();
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
        tf.select(negative, tf.math.add(ids, Numbers.constant(tf, ids, config.inputDim())), ids);
    Operand<TNumber> rows = call.lookup(TABLE, wrapped);
    return Numbers.cast(tf, rows, call.dtype());
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return config.maskZero()
        ? Optional.of(
            call.tf().math.notEqual(call.input(0), Numbers.constant(call.tf(), call.input(0), 0)))
        : Optional.empty();
  }
}
