package dev.ibex.activations;

import dev.ibex.core.Activation;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * One of Keras's activation functions; equal to another of the same name and settings. Immutable.
 */
public final class NamedActivation implements Activation {
  private final String name;
  private final Map<String, Object> settings;
  private final Activation function;

  NamedActivation(String name, Map<String, Object> settings, Activation function) {
    this.name = name;
    this.settings = Map.copyOf(settings);
    this.function = function;
  }

  /** Returns the name in Keras's files, such as {@code leaky_relu}. */
  public String name() {
    return name;
  }

  /**
   * Returns the arguments that differ from Keras's defaults, by Keras's names. A file can name the
   * function only if there are none.
   */
  public Map<String, Object> settings() {
    return settings;
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    return function.apply(tf, x);
  }

  @Override
  public Shape outputShape(Shape in) {
    return function.outputShape(in);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedActivation a && name.equals(a.name) && settings.equals(a.settings);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + settings.hashCode();
  }

  /** Returns name and settings, such as {@code leaky_relu{negative_slope=0.3}}. */
  @Override
  public String toString() {
    return settings.isEmpty() ? name : name + new TreeMap<>(settings);
  }
}
