package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * A layer with one tensor in and one out.
 *
 * <pre>{@code
 * final class Scale extends UnaryLayer {
 *   @Override
 *   protected List<WeightSpec> weights(Shape in) {
 *     return List.of(WeightSpec.of("scale", Shape.of(in.get(-1)), Initializers.ones()));
 *   }
 *
 *   @Override
 *   protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
 *     return call.tf().math.mul(x, call.weight("scale"));
 *   }
 * }
 * }</pre>
 */
public abstract class UnaryLayer extends Layer {
  /** Creates a layer without a config. */
  protected UnaryLayer() {}

  /** Creates a layer that is described by a config. */
  protected <C extends LayerConfig> UnaryLayer(C config, Function<C, ? extends Layer> copy) {
    super(config, copy);
  }

  /** Returns the output's shape; by default the input's. */
  protected Shape outputShape(Shape in) {
    return in;
  }

  /** Declares the variables for an input of the given shape; by default none. */
  protected List<WeightSpec> weights(Shape in) {
    return List.of();
  }

  /** Emits the layer's ops on x, which has the compute type unless {@link #anyDType()}. */
  protected abstract Operand<TNumber> call(Call call, Operand<TNumber> x);

  /**
   * Returns whether x may be of any type and keeps it, as in a reshape; by default false: integers
   * become the compute type.
   */
  protected boolean anyDType() {
    return false;
  }

  /** Returns the output's type; by default the compute type, or the input's if it keeps that. */
  protected DType outputDType(DType in) {
    return anyDType() ? in : dtype().computeDType();
  }

  /** As {@link #outputDType(DType)}, where it depends on the input's shape as well. */
  protected DType outputDType(TensorSpec in) {
    return outputDType(in.dtype());
  }

  @Override
  protected final List<WeightSpec> weights(List<TensorSpec> inputs) {
    return weights(inputs.get(0).shape());
  }

  @Override
  protected final List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeException("expected one input, got " + inputs.size());
    }
    TensorSpec in = inputs.get(0);
    return List.of(new TensorSpec(outputShape(in.shape()), outputDType(in)));
  }

  @Override
  protected final List<Operand<?>> call(Call call) {
    Operand<TNumber> x = anyDType() ? call.input(0) : call.number(0);
    return Emission.one(call(call, x));
  }
}
