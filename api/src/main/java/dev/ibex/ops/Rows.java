package dev.ibex.ops;

import dev.ibex.core.Activation;
import dev.ibex.core.OperationCall;
import dev.ibex.core.OperationType;
import dev.ibex.core.Promotion;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Adds rows of one module: a method for each frequent kind, and {@link #one} for the rest. */
final class Rows {
  private final Table table;
  private final String module;

  Rows(Table table, String module) {
    this.table = table;
    this.module = module;
  }

  /** A function of two operands of one type. */
  @FunctionalInterface
  interface Binary {
    Operand<TNumber> of(Ops tf, Operand<TNumber> a, Operand<TNumber> b);
  }

  /** A comparison of two operands of one type. */
  @FunctionalInterface
  interface Test {
    Operand<TBool> of(Ops tf, Operand<TNumber> a, Operand<TNumber> b);
  }

  /** A function of two truth values. */
  @FunctionalInterface
  interface Logic {
    Operand<TBool> of(Ops tf, Operand<TBool> a, Operand<TBool> b);
  }

  /** A function along axes. */
  @FunctionalInterface
  interface Reducer {
    Operand<?> of(OperationCall c, Operand<TNumber> x, int[] axes, boolean keepdims);
  }

  /** Gives the spec of the only output. */
  @FunctionalInterface
  interface Rule {
    TensorSpec infer(OperationCall call);
  }

  /** Emits the only output. */
  @FunctionalInterface
  interface Emitter {
    Operand<?> emit(OperationCall call);
  }

  /** Adds an operation of any kind with one output. */
  void one(String signature, Rule rule, Emitter emitter) {
    several(signature, c -> List.of(rule.infer(c)), c -> List.of(emitter.emit(c)));
  }

  /** Adds an operation of any kind. */
  void several(String signature, OperationType.Rule rule, OperationType.Emitter emitter) {
    Signature s = Signature.of(signature);
    table.add(new OperationType(module, s.name(), s.inputs(), s.settings(), rule, emitter));
  }

  /** Adds a function of each element, a number, that keeps the type. */
  void unary(String name, Activation f) {
    unary(name, Kinds::numeric, f);
  }

  /** Adds a function of each element that makes whole numbers and truth values float32. */
  void floating(String name, Activation f) {
    unary(name, Promotion::withFraction, f);
  }

  /** Adds a function of each element, in a type made from the input's, which may refuse it. */
  void unary(String name, UnaryOperator<DType> type, Activation f) {
    one(
        name + "(x)",
        c -> c.spec("x").withDType(type.apply(c.spec("x").dtype())),
        c -> f.apply(c.tf(), c.operand("x", type.apply(c.spec("x").dtype()))));
  }

  /** Adds a function of floating numbers alone that keeps the type, with settings. */
  void activation(String signature, Function<OperationCall, Activation> f) {
    one(signature, c -> Specs.floating(c, "x"), c -> f.apply(c).apply(c.tf(), c.operand("x")));
  }

  /** Adds arithmetic with broadcasting, in the type that both become. */
  void binary(String name, Binary f) {
    binary(name, t -> t, f);
  }

  /** Adds arithmetic with broadcasting whose whole numbers become float32. */
  void floatingBinary(String name, Binary f) {
    binary(name, Promotion::withFraction, f);
  }

  /** Adds arithmetic with broadcasting, in a type made from the one that both become. */
  void binary(String name, UnaryOperator<DType> type, Binary f) {
    one(
        name + "(x1, x2)",
        c -> Specs.numeric(Specs.broadcast(c, type.apply(c.promoted("x1", "x2")), "x1", "x2")),
        c -> {
          DType common = type.apply(c.promoted("x1", "x2"));
          return f.of(c.tf(), c.operand("x1", common), c.operand("x2", common));
        });
  }

  /** As {@link #binary}, where a number is an int32 or a float32 as a tensor would be. */
  void strictBinary(String signature, UnaryOperator<DType> type, Binary f) {
    strictBinary(signature, type, f, c -> {});
  }

  private void strictBinary(
      String signature, UnaryOperator<DType> type, Binary f, Consumer<OperationCall> check) {
    String[] names = inputs(signature);
    one(
        signature,
        c -> {
          check.accept(c);
          return Specs.broadcast(c, type.apply(Specs.common(c, names)), names);
        },
        c -> {
          DType common = type.apply(Specs.common(c, names));
          return f.of(c.tf(), c.operand(names[0], common), c.operand(names[1], common));
        });
  }

  /** As {@link #strictBinary}, of tensors and arrays alone: Keras takes no numbers here. */
  void tensorBinary(String signature, UnaryOperator<DType> type, Binary f) {
    String[] names = inputs(signature);
    strictBinary(signature, type, f, c -> Stream.of(names).forEach(n -> Specs.tensor(c, n)));
  }

  private static String[] inputs(String signature) {
    return Signature.of(signature).inputs().stream().map(p -> p.name()).toArray(String[]::new);
  }

  /** Adds a comparison with broadcasting; a number there is an int32 or a float32. */
  void comparison(String name, Test f) {
    one(
        name + "(x1, x2)",
        c -> {
          Specs.common(c, "x1", "x2");
          return Specs.broadcast(c, DType.BOOL, "x1", "x2");
        },
        c -> {
          DType common = Specs.common(c, "x1", "x2");
          return f.of(c.tf(), c.operand("x1", common), c.operand("x2", common));
        });
  }

  /** Adds a function of truth values with broadcasting; of numbers, all but 0 are true. */
  void logic(String name, Logic f) {
    one(
        name + "(x1, x2)",
        c -> Specs.broadcast(c, DType.BOOL, "x1", "x2"),
        c -> f.of(c.tf(), c.bool("x1"), c.bool("x2")));
  }

  /**
   * Adds a function along axes, all by default.
   *
   * @param signature with x, axis and keepdims
   * @param result the type of the result
   * @param compute the type it is computed in, for the type of the input
   */
  void reduction(
      String signature, UnaryOperator<DType> result, UnaryOperator<DType> compute, Reducer f) {
    one(
        signature,
        c -> Specs.reduced(c, "axis").withDType(result.apply(c.spec("x").dtype())),
        c -> {
          DType in = c.spec("x").dtype();
          Operand<TNumber> x = c.operand("x", compute.apply(in));
          int[] axes = c.axes("axis", c.rank("x"));
          Operand<?> y = f.of(c, x, axes, c.flag("keepdims"));
          return Numbers.cast(c.tf(), y, result.apply(in));
        });
  }
}
