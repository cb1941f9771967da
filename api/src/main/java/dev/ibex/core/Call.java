package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.StatelessRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * One call of a layer while a graph is emitted: what goes in, and what the layer may ask for. Valid
 * during the call only.
 */
public final class Call {
  private final Emission emission;
  private final Layer layer;
  private final String path;
  private final Ops tf;
  private final List<Value> inputs;
  private final List<TensorSpec> specs;
  private final Map<String, Value> named;
  private final Map<String, Object> settings;
  private final DType compute;
  private int draws;

  Call(
      Emission emission,
      Layer layer,
      String path,
      Ops tf,
      List<Value> inputs,
      List<TensorSpec> specs,
      Map<String, Value> named,
      Map<String, Object> settings,
      DType compute) {
    this.emission = emission;
    this.layer = layer;
    this.path = path;
    this.tf = tf;
    this.inputs = inputs;
    this.specs = specs;
    this.named = named;
    this.settings = settings;
    this.compute = compute;
  }

  /** Returns the emitter of ops, in the layer's name scope. */
  public Ops tf() {
    return tf;
  }

  /** Returns the inputs; floating ones have the type the layer computes in. */
  public List<Operand<?>> inputs() {
    List<Operand<?>> all = new java.util.ArrayList<>();
    inputs.forEach(v -> all.add(v.tensor()));
    return all;
  }

  /** Returns input {@code i}, of its own type. */
  public Operand<TNumber> input(int i) {
    return Numbers.of(inputs.get(i).tensor());
  }

  /** Returns input {@code i} in the type the layer computes in, integers included. */
  public Operand<TNumber> number(int i) {
    return Numbers.cast(tf, inputs.get(i).tensor(), dtype());
  }

  /** Returns the mask of input {@code i}: the argument {@code mask}, else what came with it. */
  public Optional<Operand<TBool>> mask(int i) {
    Value given = named.get("mask");
    return given != null && i == 0 ? Optional.of(Numbers.as(given.tensor())) : inputs.get(i).mask();
  }

  /** Returns the tensor given by name, such as {@code initial_state}. */
  public Optional<Operand<?>> argument(String name) {
    Value given = named.get(name);
    return given == null ? Optional.empty() : Optional.of(given.tensor());
  }

  /** Returns the argument of that name that is no tensor, such as {@code reverse}. */
  public Optional<Object> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** Returns whether the graph trains: dropout drops, statistics move. */
  public boolean training() {
    return emission.training();
  }

  /** Returns whether the layer's weights train in the model this graph is for. */
  public boolean trainable() {
    return emission.trainable(layer);
  }

  /** Returns the type the layer computes in. */
  public DType dtype() {
    return layer.internalDType(compute);
  }

  /**
   * Returns the value of a declared weight, in the type the layer computes in, or in its own if it
   * is not autocast.
   *
   * @throws IllegalArgumentException if it is not declared; the text lists those that are
   */
  public Operand<TNumber> weight(String name) {
    Variable v = variable(layer, name);
    Operand<TNumber> value = Numbers.of(emission.read(v));
    return v.spec().autocast() ? Numbers.cast(tf, value, dtype()) : value;
  }

  /**
   * Returns rows of a declared weight of rank 2, in the weight's own type. Optimizers see what each
   * row contributes to its gradient, as they do in Keras.
   *
   * @param ids whole numbers from 0, of any shape
   */
  public Operand<TNumber> lookup(String name, Operand<TNumber> ids) {
    return emission.lookup(tf, variable(layer, name), ids);
  }

  /**
   * Returns the handle of a declared weight, a scalar resource, for ops that read the variable
   * themselves, such as loops over functions. No derivative is taken through it; {@link #weight} is
   * what layers want.
   *
   * @throws IllegalArgumentException if it is not declared, or the call gave it a new value
   */
  public Operand<?> handle(String name) {
    return emission.handle(variable(layer, name));
  }

  /** Sets a declared weight to a new value after the step; for state such as moving averages. */
  public void update(String name, Operand<TNumber> value) {
    Variable v = variable(layer, name);
    emission.update(v, Numbers.cast(tf, value, v.dtype()));
  }

  /**
   * Returns the value of a weight of a layer inside this one, in the type this layer computes in.
   * No derivative is taken through it.
   */
  public Operand<TNumber> weightOf(Layer child, String name) {
    return Numbers.cast(tf, tf.stopGradient(emission.value(variable(child, name))), dtype());
  }

  /**
   * Sets a weight of a layer inside this one at once: calls from now on use the new value, and an
   * optimizer changes that one.
   *
   * @throws IllegalArgumentException unless the graph trains; {@link #training} says so
   */
  public void replace(Layer child, String name, Operand<TNumber> value) {
    Check.that(
        training(),
        "replace: weight \"%s\" of %s stays in a graph that does not train; ask training() first",
        name,
        child.label());
    Variable v = variable(child, name);
    emission.assign(v, Numbers.cast(tf, value, v.dtype()));
  }

  private static Variable variable(Layer layer, String name) {
    for (Variable v : layer.ownWeights()) {
      if (v.name().equals(name)) {
        return v;
      }
    }
    throw new IllegalArgumentException(
        "weight \""
            + name
            + "\": "
            + layer.label()
            + " declares "
            + (layer.ownWeights().isEmpty()
                ? "none"
                : Check.list(layer.ownWeights().stream().map(Variable::name).toArray())));
  }

  /** Returns a constant in the type the layer computes in. */
  public Operand<TNumber> constant(double value) {
    return Numbers.constant(tf, dtype(), value);
  }

  /**
   * Returns numbers in the type the layer computes in, by way of float32: such is the precision in
   * which Keras takes numbers that are set.
   */
  public Operand<TNumber> constant(Array values) {
    return Numbers.cast(tf, tf.constant(values.shape(), DataBuffers.of(values.floats())), dtype());
  }

  /** Adds the sum of a penalty's elements to the loss of the model that trains or is evaluated. */
  public void addLoss(Operand<TNumber> penalty) {
    emission.addLoss(penalty.shape().numDimensions() == 0 ? penalty : Weighting.sum(tf, penalty));
  }

  /**
   * Returns uniform numbers in [0, 1), new in each step and for each draw.
   *
   * @param seed the layer's own seed; empty takes one from the model's seed and the layer's path
   */
  public Operand<TNumber> randomUniform(Optional<Long> seed, Operand<TInt32> shape) {
    return StatelessRandom.uniform(tf, key(seed), shape, dtype());
  }

  /** Returns normal numbers of mean 0 and deviation 1, as {@link #randomUniform}. */
  public Operand<TNumber> randomNormal(Optional<Long> seed, Operand<TInt32> shape) {
    return StatelessRandom.normal(tf, key(seed), shape, dtype());
  }

  private Operand<TInt64> key(Optional<Long> seed) {
    long base = seed.orElseGet(() -> StatelessRandom.seed(emission.seed(), path));
    int application = emission.application(layer);
    return StatelessRandom.key(
        tf, StatelessRandom.seed(base, application + "/" + draws++), emission.step());
  }

  /** Calls a layer inside this one. */
  public List<Value> child(Layer child, String name, List<Value> childInputs) {
    return emission.emit(child, path + "/" + name, childInputs, Map.of());
  }

  /**
   * Calls a layer inside this one as a part of it, which is how Keras's wrappers call theirs: it
   * computes in this layer's type, and its penalty on outputs does not count.
   */
  public List<Value> part(Layer child, String name, List<Value> childInputs) {
    return emission.emitPart(child, path + "/" + name, childInputs, Map.of(), compute);
  }

  /**
   * Returns whether several calls of {@link #part} may be made as one, on the samples of all:
   * neither a layer in there nor a penalty on its outputs looks at more than one sample.
   */
  public boolean joinable(Layer child) {
    return child
        .flatten()
        .noneMatch(
            l ->
                l.mixesSamples(training())
                    || (l != child && l.activityRegularizer() != Regularizer.NONE));
  }

  /** Returns the inputs with their masks, to hand to layers inside this one. */
  public List<Value> values() {
    return inputs;
  }

  /** Returns what was inferred of the inputs for this call. */
  List<TensorSpec> specs() {
    return specs;
  }

  Emission emission() {
    return emission;
  }

  String path() {
    return path;
  }
}
