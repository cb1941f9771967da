package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Unwritable;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A function of yours as a layer without weights: {@code y = f(x)}. It trains through.
 *
 * <p>{@code Lambda.of((tf, x) -> tf.math.square(x))}. The output's shape and type are found by
 * emitting the function once into a graph aside, each time the layer is applied; where the shape is
 * given, nothing is emitted, and y has the type of the first input. As in Keras, no mask comes out
 * unless one is set.
 *
 * <p>A model with it cannot be saved whole, for no file holds Java code; its weights can. A Lambda
 * of Python in a file is replaced by the layer that is registered for its name, which may be one of
 * these. Source: {@code keras.layers.Lambda}.
 */
public final class Lambda extends Layer implements Configurable<Lambda>, Unwritable {
  private final Config config;

  /** The function of a layer of one input. */
  @FunctionalInterface
  public interface Of1 {
    /** Emits y. */
    Operand<TNumber> apply(Ops tf, Operand<TNumber> x);
  }

  /** The function of a layer of several inputs. */
  @FunctionalInterface
  public interface OfAll {
    /** Emits y. */
    Operand<TNumber> apply(Ops tf, List<Operand<TNumber>> xs);
  }

  /** The function that makes the output's mask. */
  @FunctionalInterface
  public interface MaskOf {
    /** Emits the mask of y, given those of the inputs; empty for none. */
    Optional<Operand<TBool>> apply(
        Ops tf, List<Operand<TNumber>> xs, List<Optional<Operand<TBool>>> masks);
  }

  /**
   * The description of a {@link Lambda}.
   *
   * @param function what it computes
   * @param several whether it takes more tensors than one
   * @param outputShape the shape of y by that of the first input; empty to find it
   * @param mask the mask of y; empty for none
   */
  public record Config(
      LayerOptions options,
      OfAll function,
      boolean several,
      Optional<UnaryOperator<Shape>> outputShape,
      Optional<MaskOf> mask)
      implements LayerConfig {}

  private Lambda(Config config) {
    super(config, Lambda::new);
    this.config = config;
  }

  /** Returns a layer of one input. */
  public static Lambda of(Of1 function) {
    return make((tf, xs) -> function.apply(tf, xs.get(0)), false);
  }

  /** Returns a layer of one input or more. */
  public static Lambda ofAll(OfAll function) {
    return make(function, true);
  }

  private static Lambda make(OfAll function, boolean several) {
    return new Lambda(
        new Config(LayerOptions.DEFAULT, function, several, Optional.empty(), Optional.empty()));
  }

  /**
   * Sets the output's shape by that of the first input, batch included; by default it is found. The
   * function's result then must have the type of that input.
   */
  public Lambda outputShape(UnaryOperator<Shape> shape) {
    return with("outputShape", Optional.of(shape));
  }

  /** Sets what makes the output's mask; by default there is none. */
  public Lambda mask(MaskOf mask) {
    return with("mask", Optional.of(mask));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.isEmpty() || (!config.several && inputs.size() > 1)) {
      throw new ShapeException(
          "expected one input"
              + (config.several ? " or more" : "")
              + ", got "
              + inputs.size()
              + (config.several ? "" : "; Lambda.ofAll takes several"));
    }
    TensorSpec first = inputs.get(0);
    return List.of(
        config
            .outputShape
            .map(shape -> first.withShape(shape.apply(first.shape())))
            .orElseGet(() -> inferred(inputs)));
  }

  /** Emits the function aside and returns what comes out. */
  private TensorSpec inferred(List<TensorSpec> inputs) {
    try (Graph aside = new Graph()) {
      Ops tf = Ops.create(aside);
      List<Operand<TNumber>> xs = new ArrayList<>();
      for (TensorSpec in : inputs) {
        xs.add(tf.placeholder(Numbers.type(in.dtype()), Placeholder.shape(in.shape())));
      }
      Operand<TNumber> y = config.function.apply(tf, xs);
      DType type = Numbers.dtype(y);
      if (y.shape().isUnknown()) {
        throw new ShapeException(
            "the rank of the function's result is not known before it runs; set outputShape");
      }
      return new TensorSpec(y.shape(), type);
    }
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    Operand<TNumber> y = config.function.apply(call.tf(), inputs(call));
    DType first = Numbers.dtype(call.input(0));
    Check.that(
        config.outputShape.isEmpty() || Numbers.dtype(y) == first,
        "outputShape: where it is given, the result has the input's type %s, but the function gives"
            + " %s; cast it, or leave outputShape out so that both are found",
        first.lowerName(),
        Numbers.dtype(y).lowerName());
    return List.of(y);
  }

  private static List<Operand<TNumber>> inputs(Call call) {
    List<Operand<TNumber>> xs = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      xs.add(call.input(i));
    }
    return xs;
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    List<Optional<Operand<TBool>>> masks = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      masks.add(call.mask(i));
    }
    return config.mask.flatMap(m -> m.apply(call.tf(), inputs(call), masks));
  }

  @Override
  public String whyUnwritable() {
    return "is a function in Java, which no file holds, so the model cannot be written whole; write"
        + " a layer class with a config record in its place, or save the weights alone by"
        + " saveWeights";
  }

  /** Only the function knows. */
  @Override
  protected boolean mixesSamples(boolean training) {
    return true;
  }
}
