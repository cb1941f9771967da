package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/**
 * A value with identity that steps may change: a weight of a layer, or state of an optimizer or a
 * metric.
 *
 * <p>The value is in one place: not yet drawn, on the heap, or in the session of the runtime that
 * is its {@link Home}. Thread-safe.
 */
public final class Variable {
  private final WeightSpec spec;
  private final DType dtype;
  private final Optional<Layer> owner;
  private String path;
  private @Nullable Array value;
  private @Nullable Home home;
  private @Nullable Long seed;

  /** Where the values of variables live while models run. */
  public interface Home {
    /** Returns the current value. */
    Array read(Variable variable);

    /** Stores values of the variables' shapes and types at once. */
    void assign(List<Variable> variables, List<Array> values);
  }

  Variable(WeightSpec spec, DType dtype, Optional<Layer> owner) {
    this.spec = spec;
    this.dtype = dtype;
    this.owner = owner;
    this.path = owner.isPresent() ? "" : spec.name();
  }

  /** Creates a variable that belongs to no layer. */
  public static Variable state(WeightSpec spec, DType dtype) {
    return state(spec.name(), spec, dtype);
  }

  /** Creates a variable that belongs to no layer, with a path for the texts of errors. */
  public static Variable state(String path, WeightSpec spec, DType dtype) {
    Variable v = new Variable(spec.untrainable(), dtype, Optional.empty());
    v.path = path;
    return v;
  }

  /** Returns the name inside its owner, such as {@code kernel}. */
  public String name() {
    return spec.name();
  }

  /** Returns the path in the first model that holds it; before that, the name. */
  public String path() {
    return path.isEmpty() ? name() : path;
  }

  /** Sets the path that a model found, where none is set. */
  void assignPath(String found) {
    if (path.isEmpty()) {
      path = found;
    }
  }

  /** Returns the layer it belongs to; empty for state of optimizers and metrics. */
  public Optional<Layer> owner() {
    return owner;
  }

  /** Returns the shape. */
  public Shape shape() {
    return spec.shape();
  }

  /** Returns the element type. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the declaration. */
  public WeightSpec spec() {
    return spec;
  }

  /** Returns whether an optimizer may change it now: its declaration and its layer agree. */
  public boolean trainable() {
    return spec.trainable() && owner.map(Layer::trainable).orElse(false);
  }

  /** Returns a copy of the current value, drawing the first one if there is none yet. */
  public Array value() {
    Home h;
    synchronized (this) {
      h = home;
      if (h == null && value == null) {
        initialize(List.of(this));
      }
      if (h == null && value != null) {
        return value.copy();
      }
    }
    if (h == null) {
      throw new AssertionError(spec.name());
    }
    return h.read(this);
  }

  /**
   * Stores a value.
   *
   * @throws IllegalArgumentException if the shape differs
   */
  public void assign(Array array) {
    Array cast = checked(array).copy();
    Home h;
    synchronized (this) {
      h = home;
      if (h == null) {
        value = cast;
      }
    }
    if (h != null) {
      h.assign(List.of(this), List.of(cast));
    }
  }

  /**
   * Stores values of several variables; at once where they live in one session.
   *
   * @throws IllegalArgumentException if a shape differs
   */
  public static void assign(List<Variable> variables, List<Array> values) {
    Optional<Home> home = variables.get(0).home();
    if (home.isEmpty() || !variables.stream().allMatch(v -> v.home().equals(home))) {
      for (int i = 0; i < values.size(); i++) {
        variables.get(i).assign(values.get(i));
      }
      return;
    }
    List<Array> cast = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      cast.add(variables.get(i).checked(values.get(i)));
    }
    home.get().assign(variables, cast);
  }

  /** Returns a value in the variable's type. */
  private Array checked(Array array) {
    Check.that(
        array.shape().equals(shape()),
        "%s: expected the shape %s, got %s",
        name(),
        TensorSpec.text(shape()),
        TensorSpec.text(array.shape()));
    return array.cast(dtype);
  }

  /** Sets the seed of the first value, unless one was set or the value exists. */
  public synchronized void seed(long s) {
    if (seed == null) {
      seed = s;
    }
  }

  private synchronized boolean undrawn() {
    return home == null && value == null;
  }

  /** Returns where the value lives now; empty on the heap. */
  public synchronized Optional<Home> home() {
    return Optional.ofNullable(home);
  }

  /** Moves the value into a runtime, which has stored it already. */
  public synchronized void moveTo(Home to) {
    home = to;
    value = null;
  }

  /** Moves the value back to the heap. */
  public synchronized void moveToHeap(Array current) {
    home = null;
    value = current;
  }

  /** Draws the first values of those variables that have none, all in one graph. */
  public static void initialize(Collection<Variable> variables) {
    List<Variable> open = variables.stream().filter(Variable::undrawn).toList();
    if (open.isEmpty()) {
      return;
    }
    List<Array> drawn =
        Evaluation.of(
            (tf, in) -> {
              List<Operand<?>> values = new ArrayList<>();
              for (Variable v : open) {
                values.add(v.spec.initializer().apply(tf, v.shape(), v.dtype, v.seedOrRandom()));
              }
              return values;
            });
    for (int i = 0; i < drawn.size(); i++) {
      Variable v = open.get(i);
      Check.that(
          drawn.get(i).shape().equals(v.shape()),
          "%s: its initializer gave the shape %s instead of %s",
          v.name(),
          TensorSpec.text(drawn.get(i).shape()),
          TensorSpec.text(v.shape()));
      v.setFirst(drawn.get(i).cast(v.dtype));
    }
  }

  /** Sets the first value, unless another thread has set one meanwhile. */
  private synchronized void setFirst(Array drawn) {
    if (home == null && value == null) {
      value = drawn;
    }
  }

  @Override
  public String toString() {
    return path() + " " + new TensorSpec(shape(), dtype);
  }

  private long seedOrRandom() {
    return seed == null ? ThreadLocalRandom.current().nextLong() : seed;
  }
}
