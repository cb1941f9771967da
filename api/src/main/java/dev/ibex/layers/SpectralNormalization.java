package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Composite;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Value;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.initializers.TruncatedNormal;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Divides the kernel of the layer inside by its largest singular value, an estimate of it, in each
 * step that trains: then changes of x change y by no more than their size.
 *
 * <p>{@code x -> y} as of the layer inside, which has a weight {@code kernel} or {@code
 * embeddings}; of that, {@code [..., units]}, a matrix {@code W: [rest, units]} is made. Where the
 * graph trains, even if the layer is frozen, {@code vector_u} makes {@code powerIterations} steps
 * of {@code v = unit(u · Wᵀ), u = unit(v · W)}, and {@code W / (v · W · uᵀ)} becomes the kernel,
 * which the optimizer changes then; a kernel of zeros stays. At inference the kernel is used as it
 * is.
 *
 * <p>As in Keras, y has the type of x: an {@link Embedding} inside wants floating numbers. Masks go
 * through the layer inside. Source: {@code keras.layers.SpectralNormalization}; Miyato et al.,
 * "Spectral Normalization for Generative Adversarial Networks", 2018.
 */
public final class SpectralNormalization extends WrapperLayer<SpectralNormalization>
    implements Composite {
  private static final String VECTOR = "vector_u";
  private static final double EPSILON = 1e-7;

  private final Config config;

  /**
   * The description of a {@link SpectralNormalization}.
   *
   * @param layer what has the kernel
   * @param powerIterations how many steps improve the estimate each time, at least 1
   */
  public record Config(LayerOptions options, Layer layer, int powerIterations)
      implements WrapperLayer.Wrapper {
    /** Checks the number. */
    public Config {
      Check.positive("powerIterations", powerIterations);
    }
  }

  private SpectralNormalization(Config config) {
    super(config, SpectralNormalization::new);
    this.config = config;
  }

  /**
   * Returns a layer that normalizes the kernel of another.
   *
   * @param layer one tensor in, one out; used, not copied
   */
  public static SpectralNormalization of(Layer layer) {
    return new SpectralNormalization(new Config(LayerOptions.DEFAULT, layer, 1));
  }

  /** Sets how many steps improve the estimate each time; default 1. */
  public SpectralNormalization powerIterations(int n) {
    return with("powerIterations", n);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    TensorSpec x = input(inputs);
    TensorSpec y = inside(x);
    kernel();
    return List.of(y.withDType(x.dtype()));
  }

  /** Returns the weight that is normalized. */
  private Variable kernel() {
    return config.layer.ownWeights().stream()
        .filter(v -> v.name().equals("kernel") || v.name().equals("embeddings"))
        .findFirst()
        .orElseThrow(
            () ->
                new ShapeException(
                    "the layer inside must have a weight \"kernel\" or \"embeddings\", but "
                        + config.layer.label()
                        + " has "
                        + config.layer.ownWeights().stream().map(Variable::name).toList()));
  }

  /** In Keras the wrapper holds the kernel, too. */
  @Override
  protected List<Variable> sharedWeights() {
    return List.of(kernel());
  }

  @Override
  protected List<WeightSpec> weights(List<TensorSpec> inputs) {
    Shape shape = Shape.of(1, kernel().shape().get(-1));
    return List.of(
        WeightSpec.of(VECTOR, shape, TruncatedNormal.of(0, 0.02))
            .dtype(kernel().dtype())
            .untrainable());
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    return List.of(emit(call).get(0).tensor());
  }

  @Override
  public List<Value> emit(Call call) {
    if (call.training()) {
      normalize(call, kernel());
    }
    Value y = call.child(config.layer, INNER, call.values()).get(0);
    DType type = Numbers.dtype(call.input(0));
    return List.of(new Value(Numbers.cast(call.tf(), y.tensor(), type), y.mask()));
  }

  private void normalize(Call call, Variable variable) {
    Ops tf = call.tf();
    Operand<TNumber> kernel = call.weightOf(config.layer, variable.name());
    Operand<TNumber> w = tf.reshape(kernel, tf.constant(new long[] {-1, variable.shape().get(-1)}));
    Operand<TNumber> before = tf.stopGradient(call.weight(VECTOR));
    Operand<TNumber> u = before;
    Operand<TNumber> v = before;
    int[] all = {0, 1};
    for (int i = 0; i < config.powerIterations; i++) {
      v = Norms.unit(tf, tf.linalg.matMul(u, w, MatMul.transposeB(true)), all, EPSILON);
      u = Norms.unit(tf, tf.linalg.matMul(v, w), all, EPSILON);
    }
    Operand<TNumber> sigma = tf.linalg.matMul(tf.linalg.matMul(v, w), u, MatMul.transposeB(true));
    Operand<TNumber> divided = tf.reshape(tf.math.div(w, sigma), tf.shape(kernel));
    Operand<TBool> empty = tf.all(tf.math.equal(w, Numbers.constant(tf, w, 0)), tf.constant(all));
    call.update(VECTOR, tf.select(empty, before, u));
    call.replace(config.layer, variable.name(), tf.select(empty, kernel, divided));
  }
}
