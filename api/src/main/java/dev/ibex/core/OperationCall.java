package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * The arguments of one operation, by name, while its specs are inferred or its ops are emitted.
 *
 * <p>Where a tensor may stand, so may an array, a number, a truth value, or a list of numbers. Each
 * getter refuses, with an {@link IllegalArgumentException}, what is of another kind.
 */
public final class OperationCall {
  private final Map<String, Argument> arguments;
  private final List<SymbolicTensor> described;
  private final List<TensorSpec> specs;
  private final List<Operand<?>> operands;
  private final Optional<Ops> tf;

  OperationCall(
      Map<String, Argument> arguments,
      List<SymbolicTensor> described,
      List<TensorSpec> specs,
      Optional<Ops> tf,
      List<Operand<?>> operands) {
    this.arguments = arguments;
    this.described = described;
    this.specs = specs;
    this.tf = tf;
    this.operands = operands;
  }

  /** Returns the emitter of ops; there is one while ops are emitted. */
  public Ops tf() {
    return tf.orElseThrow();
  }

  /** Returns an argument as it is: given, or the default. */
  public Argument argument(String name) {
    return Objects.requireNonNull(arguments.get(name), name);
  }

  /** Returns whether an argument is Python's None. */
  public boolean isNone(String name) {
    return argument(name).isNone();
  }

  // ---- tensors ----------------------------------------------------------------------------

  /** Returns shape and type of a tensor; a number is an int32, an int64 or a float32 of rank 0. */
  public TensorSpec spec(String name) {
    return spec(name, argument(name));
  }

  /** Returns shapes and types of a list of tensors, at least one. */
  public List<TensorSpec> specs(String name) {
    return items(name).stream().map(a -> spec(name, a)).toList();
  }

  /** Returns a tensor in its own type. */
  public Operand<TNumber> operand(String name) {
    return operand(name, spec(name).dtype());
  }

  /** Returns a tensor in another type. */
  public Operand<TNumber> operand(String name, DType dtype) {
    return operand(name, argument(name), dtype);
  }

  /** Returns a tensor's elements as truth values: whether they differ from 0. */
  public Operand<TBool> bool(String name) {
    return Numbers.as(operand(name, DType.BOOL));
  }

  /** Returns a list of tensors, at least one, in one type. */
  public List<Operand<TNumber>> operands(String name, DType dtype) {
    List<Operand<TNumber>> all = new ArrayList<>();
    items(name).forEach(a -> all.add(operand(name, a, dtype)));
    return all;
  }

  /**
   * Returns the type that tensors become together; a number there says only whether it is whole.
   */
  public DType promoted(String... names) {
    List<Argument> all = Stream.of(names).map(this::argument).toList();
    List<DType> strong = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      if (!isNumber(all.get(i))) {
        strong.add(spec(names[i], all.get(i)).dtype());
      }
    }
    boolean fraction = all.stream().anyMatch(a -> isNumber(a) && literal(a) instanceof Double);
    boolean whole = all.stream().anyMatch(OperationCall::isNumber);
    DType type = strong.isEmpty() ? DType.BOOL : Promotion.of(strong);
    DType result =
        fraction ? Promotion.withFraction(type) : whole ? Promotion.withWhole(type) : type;
    Stream.of(names).forEach(name -> requireHeld(name, argument(name), result));
    return result;
  }

  private static @Nullable Object literal(Argument a) {
    return a instanceof Argument.Literal l ? l.value() : null;
  }

  private static boolean isNumber(Argument a) {
    return literal(a) instanceof Number;
  }

  private TensorSpec spec(String name, Argument a) {
    if (a instanceof Argument.Tensor t) {
      return specs.get(described.indexOf(t.tensor()));
    }
    Array array = constant(name, a);
    return new TensorSpec(array.shape(), array.dtype());
  }

  private Operand<TNumber> operand(String name, Argument a, DType dtype) {
    if (a instanceof Argument.Tensor t) {
      return Numbers.cast(tf(), operands.get(described.indexOf(t.tensor())), dtype);
    } else if (literal(a) instanceof Number number) {
      requireHeld(name, a, dtype);
      return Constants.of(tf(), number, dtype);
    }
    return Numbers.cast(tf(), Constants.of(tf(), constant(name, a)), dtype);
  }

  /** Refuses a whole number that the type would alter. */
  private static void requireHeld(String name, Argument a, DType dtype) {
    if (literal(a) instanceof Long whole
        && dtype.isInteger()
        && dtype != DType.INT64
        && !dtype.holds(whole)) {
      throw expected(name, "a number that " + dtype.lowerName() + " holds", a);
    }
  }

  private Array constant(String name, Argument a) {
    if (a instanceof Argument.Constant c) {
      return c.array();
    }
    Check.that(a.tensors().findAny().isEmpty(), "%s: expected a tensor, got a list of such", name);
    return Constants.array(a)
        .orElseThrow(() -> expected(name, "a tensor, an array or a number", a));
  }

  private List<Argument> items(String name) {
    Argument a = argument(name);
    if (a instanceof Argument.Items list && !list.items().isEmpty()) {
      return list.items();
    }
    throw expected(name, "a list of one or more tensors", a);
  }

  // ---- settings ---------------------------------------------------------------------------

  /** Returns a number. */
  public double number(String name) {
    if (literal(argument(name)) instanceof Number n) {
      return n.doubleValue();
    }
    throw expected(name, "a number", argument(name));
  }

  /** Returns a whole number. */
  public int integer(String name) {
    return integer(name, argument(name));
  }

  private static int integer(String name, Argument a) {
    if (literal(a) instanceof Number n
        && n.doubleValue() == Math.rint(n.doubleValue())
        && Math.abs(n.doubleValue()) <= Integer.MAX_VALUE) {
      return n.intValue();
    }
    throw expected(name, "a whole number", a);
  }

  /** Returns whole numbers: those of a list, or one. */
  public int[] integers(String name) {
    Argument a = argument(name);
    List<Argument> items = a instanceof Argument.Items list ? list.items() : List.of(a);
    return items.stream().mapToInt(i -> integer(name, i)).toArray();
  }

  /** Returns a truth value. */
  public boolean flag(String name) {
    if (literal(argument(name)) instanceof Boolean b) {
      return b;
    }
    throw expected(name, "true or false", argument(name));
  }

  /** Returns a text. */
  public String text(String name) {
    if (literal(argument(name)) instanceof String s) {
      return s;
    }
    throw expected(name, "a text", argument(name));
  }

  /** Returns an element type given by its name; empty for None. */
  public Optional<DType> dtype(String name) {
    return isNone(name) ? Optional.empty() : Optional.of(DType.of(text(name)));
  }

  /**
   * Returns an axis counted from the front.
   *
   * @param rank the rank it refers to
   */
  public int axis(String name, int rank) {
    return Check.axis(name, integer(name), rank);
  }

  /**
   * Returns axes counted from the front, each once: one number, a list, or None for all.
   *
   * @param rank the rank they refer to
   */
  public int[] axes(String name, int rank) {
    if (isNone(name)) {
      return IntStream.range(0, rank).toArray();
    }
    int[] axes = Arrays.stream(integers(name)).map(axis -> Check.axis(name, axis, rank)).toArray();
    Check.that(
        Arrays.stream(axes).distinct().count() == axes.length,
        "%s: expected each axis once, got %s",
        name,
        Arrays.toString(integers(name)));
    return axes;
  }

  /** Returns the error that an argument is of another kind. */
  public IllegalArgumentException expected(String name, String what) {
    return expected(name, what, argument(name));
  }

  private static IllegalArgumentException expected(String name, String what, Argument got) {
    return new IllegalArgumentException(
        name + ": expected " + what + ", got " + Constants.text(got));
  }

  /** Returns the shape of a tensor. */
  public Shape shape(String name) {
    return spec(name).shape();
  }

  /** Returns the number of axes of a tensor. */
  public int rank(String name) {
    return spec(name).rank();
  }
}
