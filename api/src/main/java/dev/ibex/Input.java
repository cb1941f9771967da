package dev.ibex;

import dev.ibex.core.Arguments;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Key;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/**
 * Where data enters a model.
 *
 * <p>Source: {@code keras.Input} and {@code keras.layers.InputLayer}.
 */
public final class Input extends Layer implements Symbolic {
  private final Config config;
  private @Nullable SymbolicTensor tensor;

  /**
   * The description of an input.
   *
   * @param batchShape the shape with the batch axis; -1 where unknown
   * @param dtype the element type
   * @param sparse must be false
   * @param ragged must be false
   * @param name the name; empty where the model is to choose one
   * @param optional must be false
   */
  public record Config(
      @Key(value = "batch_shape", formerly = "batch_input_shape") Shape batchShape,
      DType dtype,
      boolean sparse,
      boolean ragged,
      String name,
      boolean optional)
      implements LayerConfig {
    /** Checks the values. */
    public Config {
      Check.that(!sparse, "sparse: sparse inputs are not supported; use dense ones");
      Check.that(!ragged, "ragged: ragged inputs are not supported; pad them and use a mask");
      Check.that(!optional, "optional: optional inputs are not supported");
      for (int i = 1; i < batchShape.numDimensions(); i++) {
        Check.that(
            batchShape.get(i) != 0 && batchShape.get(i) >= -1,
            "shape: expected axes of at least 1, or -1 for unknown, got %s",
            batchShape);
      }
      dtype.type();
    }

    @Override
    public LayerOptions options() {
      return new LayerOptions(name, true, DTypePolicy.FLOAT32);
    }
  }

  private Input(Config config) {
    super(config, Input::new);
    this.config = config;
  }

  /**
   * Returns a float32 input.
   *
   * @param shape the shape of one sample, without the batch axis; -1 where unknown
   */
  public static Input of(long... shape) {
    return new Input(
        new Config(Shape.of(-1).append(Shape.of(shape)), DType.FLOAT32, false, false, "", false));
  }

  /** Returns this input with another element type; default float32. */
  public Input dtype(DType dtype) {
    return with("dtype", dtype);
  }

  /** Returns this input with a fixed number of samples in each batch; default any. */
  public Input batchSize(int size) {
    Check.positive("batchSize", size);
    long[] dims = config.batchShape().asArray();
    dims[0] = size;
    return with("batchShape", Shape.of(dims));
  }

  /** Returns this input with a name, by which data can be given. */
  public Input named(String name) {
    return with("name", name);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public String className() {
    return "InputLayer";
  }

  /** Returns the tensor that this input stands for; the same one each time. */
  @Override
  public SymbolicTensor symbolic() {
    if (tensor == null) {
      tensor = applyAll(Arguments.of()).get(0);
    }
    return tensor;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    Check.that(inputs.isEmpty(), "an Input takes no inputs");
    return List.of(new TensorSpec(config.batchShape(), config.dtype()));
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    throw new IllegalStateException("an input is fed, not called");
  }
}
