package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The arguments of one operation, by name, while its spec is inferred or its ops are emitted. */
final class OperationCall {
  private final Map<String, Argument> arguments;
  private final List<SymbolicTensor> described;
  private final List<TensorSpec> specs;
  private final List<Operand<?>> operands;
  private final java.util.Optional<Ops> tf;

  OperationCall(
      Map<String, Argument> arguments,
      List<SymbolicTensor> described,
      List<TensorSpec> specs,
      java.util.Optional<Ops> tf,
      List<Operand<?>> operands) {
    this.arguments = arguments;
    this.described = described;
    this.specs = specs;
    this.tf = tf;
    this.operands = operands;
  }

  Ops tf() {
    return tf.orElseThrow();
  }

  private Argument get(String name) {
    Argument a = arguments.get(name);
    if (a == null) {
      throw new IllegalArgumentException("argument \"" + name + "\" is missing");
    }
    return a;
  }

  /** Returns the spec of a tensor argument; that of a number has rank 0 and the common type. */
  TensorSpec spec(String name) {
    Argument a = get(name);
    return a instanceof Argument.Tensor t
        ? specs.get(described.indexOf(t.tensor()))
        : new TensorSpec(org.tensorflow.ndarray.Shape.scalar(), common());
  }

  List<TensorSpec> specs(String name) {
    return get(name).tensors().map(t -> specs.get(described.indexOf(t))).toList();
  }

  /** Returns a tensor argument in its own type, or a number as a constant of the common type. */
  Operand<TNumber> operand(String name) {
    Argument a = get(name);
    if (a instanceof Argument.Tensor t) {
      return Numbers.of(operands.get(described.indexOf(t.tensor())));
    }
    return Numbers.constant(tf(), common(), number(name));
  }

  /** Returns an argument cast to the type that the call's tensors have in common. */
  Operand<TNumber> promoted(String name) {
    return Numbers.cast(tf(), operand(name), common());
  }

  List<Operand<TNumber>> operands(String name) {
    List<Operand<TNumber>> all = new ArrayList<>();
    get(name)
        .tensors()
        .forEach(t -> all.add(Numbers.cast(tf(), operands.get(described.indexOf(t)), common())));
    return all;
  }

  /**
   * Returns the type of results: of the floating tensors the widest, else of the integers; a
   * fraction makes integers float32.
   */
  DType common() {
    Check.that(!specs.isEmpty(), "an operation needs a tensor among %s", arguments.keySet());
    DType best = specs.get(0).dtype();
    for (TensorSpec s : specs) {
      best = wider(best, s.dtype());
    }
    boolean fraction =
        arguments.values().stream()
            .anyMatch(a -> a instanceof Argument.Literal l && l.value() instanceof Double);
    return fraction && !best.isFloating() ? DType.FLOAT32 : best;
  }

  static DType wider(DType a, DType b) {
    if (a.isFloating() != b.isFloating()) {
      return a.isFloating() ? a : b;
    }
    if (a != b && a.bytes() == b.bytes() && a.isFloating()) {
      return DType.FLOAT32;
    }
    return a.bytes() >= b.bytes() ? a : b;
  }

  double number(String name) {
    if (get(name) instanceof Argument.Literal l && l.value() instanceof Number n) {
      return n.doubleValue();
    }
    throw new IllegalArgumentException("argument \"" + name + "\": expected a number");
  }

  int integer(String name) {
    double value = number(name);
    Check.that(
        value == Math.rint(value), "argument \"%s\": expected a whole number, got %s", name, value);
    return (int) value;
  }

  /** Returns the number of items of a list; 1 for anything else. */
  int count(String name) {
    return get(name) instanceof Argument.Items list ? list.items().size() : 1;
  }

  /** Returns an element type given by name; empty where it is not given, or None. */
  java.util.Optional<DType> dtype(String name) {
    return arguments.get(name) instanceof Argument.Literal l && l.value() instanceof String type
        ? java.util.Optional.of(DType.of(type))
        : java.util.Optional.empty();
  }

  /** Returns a truth value; false where it is not given. */
  boolean flag(String name) {
    return arguments.get(name) instanceof Argument.Literal l && Boolean.TRUE.equals(l.value());
  }

  /**
   * Returns axes counted from the front: one number, a list, or None for all.
   *
   * @param rank the rank they refer to
   */
  int[] axes(String name, int rank) {
    Argument a = get(name);
    if (a instanceof Argument.Literal l && l.value() == null) {
      return IntStream.range(0, rank).toArray();
    }
    List<Argument> items = a instanceof Argument.Items list ? list.items() : List.of(a);
    return items.stream()
        .mapToInt(
            i ->
                Check.axis(
                    name,
                    ((Number) Objects.requireNonNull(((Argument.Literal) i).value())).intValue(),
                    rank))
        .toArray();
  }
}
