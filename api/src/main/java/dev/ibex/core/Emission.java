package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The emission of one function's graph: calls layers, casts what goes in and out, carries masks,
 * and collects what the layers want done.
 */
public final class Emission {
  /** What an emission needs from the runtime it emits into. */
  public interface Target {
    /** Returns the value of a variable in this function; the same operand each time. */
    Operand<?> read(Variable variable);

    /**
     * Returns the values of a variable that this function has read so far, of which {@link #read}
     * is the last: more than one where it changes on the way.
     */
    default List<Operand<?>> reads(Variable variable) {
      return List.of(read(variable));
    }

    /** Sets a variable at once: what is read from now on is the new value. */
    void assign(Variable variable, Operand<?> value);

    /** Returns the handle of a variable, for ops that read it themselves. */
    Operand<?> handle(Variable variable);

    /** Returns whether the layer's weights train in the model that is emitted. */
    boolean trainable(Layer layer);

    /** Notes that a layer emits the nodes under a name scope. */
    void place(String scope, String place);
  }

  private final Ops tf;
  private final Target target;
  private boolean training;
  private final long seed;
  private final Operand<TInt64> step;
  private final Map<Layer, Integer> applications = new HashMap<>();
  private final Map<Variable, Operand<TNumber>> updates = new LinkedHashMap<>();
  private final List<Operand<TNumber>> losses = new ArrayList<>();
  private final Map<Variable, List<Lookup>> lookups = new HashMap<>();
  private final Set<Variable> readWhole = new HashSet<>();

  /** Rows of a table that a layer asked for. */
  record Lookup(Operand<TNumber> ids, Operand<TNumber> rows) {}

  /**
   * Begins an emission.
   *
   * @param tf where to emit
   * @param training whether the function trains
   * @param seed the model's seed
   * @param step the number of the training step, which random numbers depend on
   */
  public Emission(Ops tf, Target target, boolean training, long seed, Operand<TInt64> step) {
    this.tf = tf;
    this.target = target;
    this.training = training;
    this.seed = seed;
    this.step = step;
  }

  /** Returns the new values that layers gave their state. */
  public Map<Variable, Operand<TNumber>> updates() {
    return updates;
  }

  /** Returns the penalties that layers added. */
  public List<Operand<TNumber>> losses() {
    return losses;
  }

  boolean training() {
    return training;
  }

  /** Returns what is emitted as if the function did not train. */
  public <R> R inference(Supplier<R> emit) {
    boolean before = training;
    training = false;
    try {
      return emit.get();
    } finally {
      training = before;
    }
  }

  long seed() {
    return seed;
  }

  Operand<TInt64> step() {
    return step;
  }

  boolean trainable(Layer layer) {
    return target.trainable(layer);
  }

  Operand<?> read(Variable variable) {
    readWhole.add(variable);
    Operand<?> pending = updates.get(variable);
    return pending == null ? target.read(variable) : pending;
  }

  Operand<?> handle(Variable variable) {
    Check.that(
        !updates.containsKey(variable),
        "weight \"%s\": a handle does not show the new value that the call gave it",
        variable.name());
    return target.handle(variable);
  }

  Operand<TNumber> lookup(Ops at, Variable table, Operand<TNumber> ids) {
    if (updates.containsKey(table)) {
      return at.gather(Numbers.of(read(table)), ids, at.constant(0));
    }
    Operand<TNumber> rows = at.gather(Numbers.of(target.read(table)), ids, at.constant(0));
    lookups.computeIfAbsent(table, k -> new ArrayList<>()).add(new Lookup(ids, rows));
    return rows;
  }

  /**
   * Returns the derivatives of a loss with respect to weights; none for a weight that it does not
   * depend on.
   */
  public Map<Variable, Gradient> gradients(Operand<TNumber> loss, List<Variable> weights) {
    List<Operand<?>> from = new ArrayList<>();
    for (Variable w : weights) {
      if (onlyLookedUp(w)) {
        lookups(w).forEach(l -> from.add(l.rows()));
      } else {
        from.addAll(target.reads(w));
      }
    }
    Iterator<Optional<Operand<?>>> found = Gradients.find(tf, loss, from).iterator();
    Map<Variable, Gradient> gradients = new LinkedHashMap<>();
    for (Variable w : weights) {
      (onlyLookedUp(w) ? ofRows(w, found) : ofReads(w, found)).ifPresent(g -> gradients.put(w, g));
    }
    return gradients;
  }

  /** Returns the sum of the derivatives by each value that was read. */
  private Optional<Gradient> ofReads(Variable w, Iterator<Optional<Operand<?>>> found) {
    Optional<Operand<TNumber>> sum = Optional.empty();
    for (int i = 0; i < target.reads(w).size(); i++) {
      Optional<Operand<TNumber>> next = found.next().map(Numbers::of);
      Optional<Operand<TNumber>> before = sum;
      sum =
          next.map(n -> before.map(b -> (Operand<TNumber>) tf.math.add(b, n)).orElse(n))
              .or(() -> before);
    }
    return sum.map(Gradient::of);
  }

  private Optional<Gradient> ofRows(Variable table, Iterator<Optional<Operand<?>>> found) {
    List<Operand<TNumber>> values = new ArrayList<>();
    List<Operand<TNumber>> ids = new ArrayList<>();
    for (Lookup lookup : lookups(table)) {
      found
          .next()
          .ifPresent(
              g -> {
                values.add(Numbers.of(g));
                ids.add(lookup.ids());
              });
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Gradient.ofRows(tf, values, ids, target.read(table)));
  }

  private List<Lookup> lookups(Variable table) {
    return lookups.getOrDefault(table, List.of());
  }

  /** A table that is also read as a whole, if only by its penalty, has a gradient as a whole. */
  private boolean onlyLookedUp(Variable w) {
    return lookups.containsKey(w)
        && !readWhole.contains(w)
        && w.spec().regularizer() == Regularizer.NONE;
  }

  /** Returns a variable's value, through which no derivative will be taken. */
  Operand<?> value(Variable variable) {
    return target.read(variable);
  }

  void assign(Variable variable, Operand<TNumber> value) {
    target.assign(variable, value);
  }

  void update(Variable variable, Operand<TNumber> value) {
    updates.put(variable, value);
  }

  void addLoss(Operand<TNumber> penalty) {
    losses.add(penalty);
  }

  int application(Layer layer) {
    return applications.getOrDefault(layer, 1) - 1;
  }

  /** Emits one call of a layer and returns its outputs. */
  public List<Value> emit(Layer layer, String path, List<Value> inputs, Map<String, Value> named) {
    return emit(layer, path, inputs, specs(inputs), named, Map.of());
  }

  /** Returns what the graph itself knows of tensors. */
  private static List<TensorSpec> specs(List<Value> values) {
    return values.stream()
        .map(v -> new TensorSpec(v.tensor().shape(), Numbers.dtype(v.tensor())))
        .toList();
  }

  private List<Value> emit(
      Layer layer,
      String path,
      List<Value> inputs,
      List<TensorSpec> specs,
      Map<String, Value> named,
      Map<String, Object> settings) {
    List<Value> values =
        emitPart(layer, path, inputs, specs, named, settings, layer.dtype().computeDType());
    if (!(layer instanceof Composite)) {
      values.forEach(v -> penalize(layer, path, v.tensor()));
    }
    return values;
  }

  /** Emits one call of a layer in another's compute type, without its penalty on outputs. */
  List<Value> emitPart(
      Layer layer, String path, List<Value> inputs, Map<String, Value> named, DType compute) {
    return emitPart(layer, path, inputs, specs(inputs), named, Map.of(), compute);
  }

  private List<Value> emitPart(
      Layer layer,
      String path,
      List<Value> inputs,
      List<TensorSpec> specs,
      Map<String, Value> named,
      Map<String, Object> settings,
      DType compute) {
    applications.merge(layer, 1, Integer::sum);
    Ops scoped = scope(path, layer);
    DType internal = layer.internalDType(compute);
    List<Value> in = new ArrayList<>();
    for (Value v : inputs) {
      in.add(new Value(cast(scoped, layer, v.tensor(), compute, internal), v.mask()));
    }
    Map<String, Value> arguments = new LinkedHashMap<>();
    named.forEach(
        (k, v) ->
            arguments.put(
                k, new Value(cast(scoped, layer, v.tensor(), compute, internal), v.mask())));
    List<TensorSpec> cast = specs.stream().map(layer::autocast).toList();
    Call call = new Call(this, layer, path, scoped, in, cast, arguments, settings, compute);
    if (layer instanceof Composite inner) {
      return inner.emit(call);
    }
    List<? extends Operand<?>> outputs;
    try {
      outputs = returned(layer.call(call));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Layer \"" + path + "\" (" + layer.className() + "): " + e.getMessage(), e);
    }
    var mask = layer.computeMask(call);
    List<Value> values = new ArrayList<>();
    for (Operand<?> output : outputs) {
      Operand<?> y =
          internal != compute && Numbers.dtype(output) == internal
              ? Numbers.cast(scoped, output, compute)
              : output;
      values.add(new Value(y, values.isEmpty() ? mask : Optional.empty()));
    }
    return values;
  }

  /** Returns the only output of a layer, checked before a list would refuse it without a word. */
  static List<Operand<?>> one(@Nullable Operand<?> output) {
    return List.of(returned(output));
  }

  private static <T> T returned(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("call returned null; return the tensor that it emits");
    }
    return value;
  }

  /**
   * Emits one call of a layer and returns its outputs.
   *
   * @param specs what was inferred of the inputs
   * @param expected what was inferred of the outputs from these
   * @throws ShapeException if an operation or a layer with an {@code outputShape} emits something
   *     else; the batch axis is not looked at
   */
  List<Value> emit(
      Layer layer,
      String path,
      List<Value> inputs,
      List<TensorSpec> specs,
      Map<String, Value> named,
      Map<String, Object> settings,
      List<TensorSpec> expected) {
    List<Value> values = emit(layer, path, inputs, specs, named, settings);
    for (int i = 0; i < Math.min(values.size(), expected.size()); i++) {
      Shape inferred = expected.get(i).shape();
      Shape emitted = values.get(i).tensor().shape();
      if (shaped(layer) && !emitted.isUnknown() && !agree(inferred, emitted)) {
        throw new ShapeException(
            "Layer \""
                + path
                + "\" ("
                + layer.className()
                + "): it was described with an output of shape "
                + TensorSpec.text(inferred)
                + ", but its call emits "
                + TensorSpec.text(emitted)
                + (layer instanceof Operation ? "" : "; override outputShape"));
      }
    }
    return values;
  }

  /** Returns whether a layer says by a rule of its own what shapes come out. */
  private static boolean shaped(Layer layer) {
    return layer instanceof UnaryLayer || layer instanceof MergeLayer || layer instanceof Operation;
  }

  private static boolean agree(Shape a, Shape b) {
    boolean same = a.numDimensions() == b.numDimensions();
    for (int i = 1; same && i < a.numDimensions(); i++) {
      same = a.get(i) < 0 || b.get(i) < 0 || a.get(i) == b.get(i);
    }
    return same;
  }

  private void penalize(Layer layer, String path, Operand<?> output) {
    Regularizer r = layer.activityRegularizer();
    if (r != Regularizer.NONE) {
      Ops scoped = scope(path, layer);
      Operand<TNumber> penalty = r.apply(scoped, Numbers.of(output));
      addLoss(
          output.shape().numDimensions() == 0
              ? penalty
              : scoped.math.divNoNan(
                  penalty, Weighting.rows(scoped, output, Numbers.dtype(penalty))));
    }
  }

  /** Casts floating inputs to the compute type, and on to the type the layer computes in. */
  private static Operand<?> cast(Ops tf, Layer layer, Operand<?> x, DType compute, DType internal) {
    if (!layer.autocasts() || !Numbers.dtype(x).isFloating()) {
      return x;
    }
    return Numbers.cast(tf, Numbers.cast(tf, x, compute), internal);
  }

  private Ops scope(String path, Layer layer) {
    Ops scoped = tf;
    for (String part : path.split("/", -1)) {
      String valid = part.replaceAll("[^A-Za-z0-9_.\\\\-]", "_");
      scoped = scoped.withSubScope(valid.matches("[A-Za-z0-9.].*") ? valid : "n" + valid);
    }
    String probe = scoped.scope().makeOpName("x");
    target.place(
        probe.substring(0, probe.lastIndexOf('/')),
        "Layer \"" + path + "\" (" + layer.className() + ")");
    return scoped;
  }
}
