package dev.ibex.core;

import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** A network that can be called like a layer: the base of models. */
public abstract class NetworkLayer extends Layer implements Composite {
  private final Network network;

  /**
   * Creates the layer.
   *
   * @param config name and trainability
   * @param network what it runs
   */
  protected NetworkLayer(LayerConfig config, Network network) {
    super(config, c -> refuse());
    this.network = network;
  }

  private static Layer refuse() {
    throw new IllegalStateException("options of a model are set where it is made");
  }

  /** Returns what the model runs. */
  public final Network network() {
    return network;
  }

  @Override
  public final List<Layer> children() {
    return network.layers();
  }

  @Override
  protected final String childName(Layer child) {
    return network.name(child);
  }

  @Override
  protected final boolean autocasts() {
    return false;
  }

  @Override
  protected final List<TensorSpec> outputs(List<TensorSpec> inputs) {
    List<TensorSpec> expected = network.inputs().stream().map(SymbolicTensor::spec).toList();
    if (inputs.size() != expected.size()) {
      throw new ShapeException("expected " + expected.size() + " inputs, got " + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!fits(inputs.get(i).shape(), expected.get(i).shape())) {
        throw new ShapeException(
            "input "
                + i
                + ": expected the shape "
                + TensorSpec.text(expected.get(i).shape())
                + ", got "
                + TensorSpec.text(inputs.get(i).shape()));
      }
    }
    return network.infer(joined(inputs));
  }

  private List<TensorSpec> joined(List<TensorSpec> actual) {
    List<TensorSpec> all = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      all.add(joined(actual.get(i), network.inputs().get(i).spec()));
    }
    return all;
  }

  /** Returns what is known of an input from either side; the model casts it to its own type. */
  private static TensorSpec joined(TensorSpec actual, TensorSpec expected) {
    long[] dims = (actual.shape().isUnknown() ? expected : actual).shape().asArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] < 0 ? expected.shape().get(i) : dims[i];
    }
    return new TensorSpec(
        Shape.of(dims), actual.dtype().isFloating() ? expected.dtype() : actual.dtype());
  }

  /** Returns whether two shapes agree where both are known. */
  public static boolean fits(Shape actual, Shape expected) {
    if (actual.numDimensions() != expected.numDimensions()) {
      return false;
    }
    for (int i = 0; i < actual.numDimensions(); i++) {
      if (actual.get(i) >= 0 && expected.get(i) >= 0 && actual.get(i) != expected.get(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected final List<? extends Operand<?>> call(Call call) {
    throw new IllegalStateException("a model emits its layers itself");
  }

  @Override
  public final List<Value> emit(Call call) {
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < call.values().size(); i++) {
      Value v = call.values().get(i);
      in.add(
          new Value(
              Numbers.dtype(v.tensor()).isFloating()
                  ? Numbers.cast(call.tf(), v.tensor(), network.inputs().get(i).spec().dtype())
                  : v.tensor(),
              call.mask(i)));
    }
    return network.emit(call.emission(), call.path(), in, joined(call.specs()));
  }

  @Override
  protected final boolean usesMask() {
    return true;
  }
}
