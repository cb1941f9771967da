package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A layer with several tensors in and one out.
 *
 * <p>By default the inputs are broadcast: one of lower rank gets axes of size 1 after its batch
 * axis. Inputs of different types become the wider one. If all inputs have masks, the output's is
 * their or.
 */
public abstract class MergeLayer extends Layer {
  /** Creates a layer without a config. */
  protected MergeLayer() {}

  /** Creates a layer that is described by a config. */
  protected <C extends LayerConfig> MergeLayer(C config, Function<C, ? extends Layer> copy) {
    super(config, copy);
  }

  /** Emits the result of tensors of one type, and of one rank where the layer aligns them. */
  protected abstract Operand<TNumber> merge(Call call, List<Operand<TNumber>> xs);

  /** Returns the output's shape; by default by broadcasting. */
  protected Shape outputShape(List<Shape> in) {
    return Shapes.broadcast(in.stream().map(s -> padded(s, rank(in))).toList());
  }

  /** Returns whether inputs of lower rank get axes of size 1; default true. */
  protected boolean aligns() {
    return true;
  }

  /** Returns the type that inputs are cast to and the output has; by default their wider one. */
  protected DType mergedDType(DType widest) {
    return widest;
  }

  private static int rank(List<Shape> shapes) {
    return shapes.stream().mapToInt(Shape::numDimensions).max().orElse(0);
  }

  private static Shape padded(Shape shape, int rank) {
    long[] ones = new long[rank - shape.numDimensions()];
    java.util.Arrays.fill(ones, 1);
    return Shape.of(LongArrays.concat(new long[] {shape.get(0)}, ones)).append(shape.tail());
  }

  @Override
  protected final List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.isEmpty()) {
      throw new ShapeException("expected one or more inputs, got none");
    }
    return List.of(
        new TensorSpec(
            outputShape(inputs.stream().map(TensorSpec::shape).toList()),
            common(inputs.stream().map(TensorSpec::dtype))));
  }

  private DType common(Stream<DType> types) {
    return mergedDType(types.reduce(Promotion::of).orElseThrow());
  }

  @Override
  protected final List<Operand<?>> call(Call call) {
    int rank = aligns() ? rank(call.inputs().stream().map(Operand::shape).toList()) : 0;
    DType common = common(call.inputs().stream().map(Numbers::dtype));
    List<Operand<TNumber>> xs = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      Operand<TNumber> x = Numbers.cast(call.tf(), call.input(i), common);
      while (x.shape().numDimensions() < rank) {
        x = call.tf().expandDims(x, call.tf().constant(1));
      }
      xs.add(x);
    }
    return Emission.one(merge(call, xs));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    Optional<Operand<TBool>> all = call.mask(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      Optional<Operand<TBool>> mask = call.mask(i);
      all = all.flatMap(a -> mask.map(m -> call.tf().math.logicalOr(a, m)));
    }
    return all;
  }
}
