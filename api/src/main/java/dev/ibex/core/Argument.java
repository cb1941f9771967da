package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a call: a tensor, a literal, a constant array, part of an index, or a list of
 * arguments. Immutable.
 *
 * <p>Layers mostly take tensors; operations take any mix.
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

  /** An array of numbers. */
  record Constant(Array array) implements Argument {}

  /**
   * A part of an axis, as Python's {@code start:stop:step}.
   *
   * @param start the first place, from the end if negative; null for the axis's begin
   * @param stop the place before which it ends; null for the axis's end
   * @param step how far the places are apart; null for 1
   */
  record Slice(@Nullable Long start, @Nullable Long stop, @Nullable Long step)
      implements Argument {}

  /** All axes that an index does not name, as Python's {@code ...}. */
  record Ellipsis() implements Argument {}

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

  /** Returns an array of numbers. */
  static Argument of(Array values) {
    return new Constant(values);
  }

  /** Returns a list of tensors. */
  static Argument of(List<? extends Symbolic> tensors) {
    return new Items(tensors.stream().map(Argument::of).toList());
  }

  /**
   * Returns the argument that a value stands for: a tensor, an array, a number, a truth value, a
   * text, a type, a list or an int[] of such, null for Python's None, or an argument itself.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Argument from(@Nullable Object value) {
    if (value instanceof Argument a) {
      return a;
    } else if (value instanceof Symbolic tensor) {
      return of(tensor);
    } else if (value instanceof Array array) {
      return of(array);
    } else if (value instanceof DType type) {
      return new Literal(type.lowerName());
    } else if (value instanceof List<?> list) {
      return new Items(list.stream().map(Argument::from).toList());
    } else if (value instanceof int[] numbers) {
      return new Items(Arrays.stream(numbers).mapToObj(i -> of((long) i)).toList());
    } else if (value instanceof Double || value instanceof Float) {
      return of(((Number) value).doubleValue());
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return of(((Number) value).longValue());
    } else if (value == null || value instanceof Boolean || value instanceof String) {
      return new Literal(value);
    }
    throw new IllegalArgumentException(
        "expected a tensor, an array, a number, a truth value or a text, got a "
            + value.getClass().getName());
  }

  /** Returns whether this is Python's None. */
  default boolean isNone() {
    return this instanceof Literal l && l.value() == null;
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
