package dev.ibex.core;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a layer call: a tensor, a literal, or a list of arguments. Immutable.
 *
 * <p>Layers mostly take tensors; operations that files hold take any mix.
 */
public sealed interface Argument {
  /** A tensor. */
  record Tensor(SymbolicTensor tensor) implements Argument {}

  /**
   * A literal.
   *
   * @param value a Double, Long, Boolean or String; null for Python's None
   */
  record Literal(@Nullable Object value) implements Argument {}

  /** A list of arguments. */
  record Items(List<Argument> items) implements Argument {}

  /** Returns a tensor argument. */
  static Argument of(Symbolic tensor) {
    return new Tensor(tensor.symbolic());
  }

  /** Returns a number. */
  static Argument of(double value) {
    return new Literal(value);
  }

  /** Returns a whole number. */
  static Argument of(long value) {
    return new Literal(value);
  }

  /** Returns a truth value. */
  static Argument of(boolean value) {
    return new Literal(value);
  }

  /** Returns a list of tensors. */
  static Argument of(List<? extends Symbolic> tensors) {
    return new Items(tensors.stream().map(Argument::of).toList());
  }

  /** Returns this argument with other tensors. */
  default Argument map(UnaryOperator<SymbolicTensor> tensors) {
    if (this instanceof Tensor t) {
      return new Tensor(tensors.apply(t.tensor()));
    } else if (this instanceof Items l) {
      return new Items(l.items().stream().map(a -> a.map(tensors)).toList());
    }
    return this;
  }

  /** Returns all tensors in this argument, in order. */
  default Stream<SymbolicTensor> tensors() {
    if (this instanceof Tensor t) {
      return Stream.of(t.tensor());
    } else if (this instanceof Items l) {
      return l.items().stream().flatMap(Argument::tensors);
    }
    return Stream.empty();
  }
}
