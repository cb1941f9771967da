package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.randomUniform;

import dev.ibex.core.Argument;
import dev.ibex.core.Arguments;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * An {@link Embedding} that also goes back: called in reverse, it makes a score of each row of the
 * table out of a row, {@code y = x · embeddingsᵀ}.
 *
 * <p>{@code x: any shape, whole numbers -> y: the same with an axis of outputDim at the end}; in
 * reverse {@code x: [batch, ..., outputDim] -> y: [batch, ..., inputDim]}. In reverse it computes
 * in x's own type or the weight's, whichever is wider, unless {@code reverseDtype} is set, and no
 * mask comes out. Source: {@code keras.layers.ReversibleEmbedding}.
 */
public final class ReversibleEmbedding extends EmbeddingLayer<ReversibleEmbedding> {
  /** The argument of a call, in files too. */
  private static final String REVERSE = "reverse";

  private static final String OWN = "reverse_embeddings";

  private final Config config;

  /**
   * The description of a {@link ReversibleEmbedding}.
   *
   * @param inputDim the rows of the table, at least 1
   * @param outputDim the size of a row, at least 1
   * @param maskZero whether 0 stands for no number, which later layers leave out
   * @param tieWeights whether the table is used in reverse, too, and no weight of its own
   * @param reverseDtype what is computed in in reverse
   * @param logitSoftCap what bounds the scores in reverse: {@code tanh(y / cap) · cap}
   */
  public record Config(
      LayerOptions options,
      int inputDim,
      int outputDim,
      Initializer embeddingsInitializer,
      Regularizer embeddingsRegularizer,
      Regularizer activityRegularizer,
      Constraint embeddingsConstraint,
      boolean maskZero,
      boolean tieWeights,
      Optional<DType> reverseDtype,
      Optional<Double> logitSoftCap)
      implements EmbeddingLayer.Table {
    /** Checks the sizes. */
    public Config {
      Check.positive("inputDim", inputDim);
      Check.positive("outputDim", outputDim);
      reverseDtype.ifPresent(
          t -> Check.that(t.isFloating(), "reverseDtype: expected a floating type, got %s", t));
    }
  }

  private ReversibleEmbedding(Config config) {
    super(config, ReversibleEmbedding::new);
    this.config = config;
  }

  /**
   * Returns a layer with a table of uniform numbers within ±0.05.
   *
   * @param inputDim the rows of the table: the largest number plus 1
   * @param outputDim the size of a row
   */
  public static ReversibleEmbedding of(int inputDim, int outputDim) {
    return new ReversibleEmbedding(
        new Config(
            LayerOptions.DEFAULT,
            inputDim,
            outputDim,
            randomUniform(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            false,
            true,
            Optional.empty(),
            Optional.empty()));
  }

  /** Sets whether the table is used in reverse, too, and no weight of its own; default true. */
  public ReversibleEmbedding tieWeights(boolean on) {
    return with("tieWeights", on);
  }

  /** Sets what is computed in in reverse; default the wider one of x's type and the weight's. */
  public ReversibleEmbedding reverseDtype(DType type) {
    return with("reverseDtype", Optional.of(type));
  }

  /** Sets what bounds the scores in reverse, {@code tanh(y / cap) · cap}; default nothing. */
  public ReversibleEmbedding logitSoftCap(double cap) {
    return with("logitSoftCap", Optional.of(cap));
  }

  /**
   * Adds a call in reverse to the model being described: the argument {@code reverse} in Keras.
   *
   * @param rows {@code [batch, ..., outputDim]}
   * @return the scores, {@code [batch, ..., inputDim]}
   */
  public SymbolicTensor reverse(Symbolic rows) {
    return apply(Arguments.of(rows).with(REVERSE, Argument.of(true)));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Map<String, Class<?>> settingTypes() {
    return Map.of(REVERSE, Boolean.class);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs, Map<String, Object> settings) {
    if (!Boolean.TRUE.equals(settings.get(REVERSE))) {
      return outputs(inputs);
    }
    TensorSpec x = inputs.get(0);
    Shape in = x.shape();
    if (in.numDimensions() < 2 || (in.get(-1) >= 0 && in.get(-1) != config.outputDim)) {
      throw new ShapeException(
          "in reverse, expected an input [batch, …, "
              + config.outputDim
              + "], got "
              + TensorSpec.text(in));
    }
    return List.of(
        new TensorSpec(
            Shapes.withLast(in, config.inputDim), wider(x.dtype(), dtype().variableDType())));
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    List<WeightSpec> all = new ArrayList<>(super.weights(in));
    if (!config.tieWeights) {
      Shape shape = Shape.of(config.outputDim, config.inputDim);
      all.add(WeightSpec.of(OWN, shape, config.embeddingsInitializer).uncast());
    }
    return all;
  }

  private static boolean reversed(Call call) {
    return call.setting(REVERSE).filter(Boolean.TRUE::equals).isPresent();
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return reversed(call) ? scores(call, x) : super.call(call, x);
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return reversed(call) ? Optional.empty() : super.computeMask(call);
  }

  private Operand<TNumber> scores(Call call, Operand<TNumber> in) {
    Ops tf = call.tf();
    Operand<TNumber> weight = call.weight(config.tieWeights ? TABLE : OWN);
    DType type = wider(Numbers.dtype(in), Numbers.dtype(weight));
    Operand<TNumber> x = Numbers.cast(tf, in, type);
    Operand<TNumber> w = Numbers.cast(tf, weight, type);
    Operand<TNumber> y =
        config.tieWeights ? Matrices.timesTransposed(tf, x, w) : Matrices.times(tf, x, w);
    return config
        .logitSoftCap
        .<Operand<TNumber>>map(
            c -> {
              Operand<TNumber> cap = Numbers.constant(tf, y, c);
              return tf.math.mul(tf.math.tanh(tf.math.div(y, cap)), cap);
            })
        .orElse(y);
  }

  private DType wider(DType x, DType weight) {
    if (config.reverseDtype.isPresent()) {
      return config.reverseDtype.get();
    } else if (x == weight || !x.isFloating()) {
      return weight;
    }
    return x == DType.FLOAT64 || weight == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
  }
}
