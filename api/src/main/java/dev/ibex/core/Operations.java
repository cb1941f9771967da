package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Any;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** The table of operations, one row each. */
final class Operations {
  private static final String NUMPY = "keras.src.ops.numpy";
  private static final String NN = "keras.src.ops.nn";
  private static final List<String> BINARY = List.of("x1", "x2");
  private static final Map<String, OperationType> TABLE = new LinkedHashMap<>();

  static {
    row(NUMPY, "Add", BINARY, Operations::broadcast, arithmetic((tf, a, b) -> tf.math.add(a, b)));
    row(
        NUMPY,
        "Subtract",
        BINARY,
        Operations::broadcast,
        arithmetic((tf, a, b) -> tf.math.sub(a, b)));
    row(
        NUMPY,
        "Multiply",
        BINARY,
        Operations::broadcast,
        arithmetic((tf, a, b) -> tf.math.mul(a, b)));
    row(
        NUMPY,
        "NotEqual",
        BINARY,
        c -> broadcast(c).withDType(DType.BOOL),
        c -> c.tf().math.notEqual(c.promoted("x1"), c.promoted("x2")));
    row(
        NUMPY,
        "LogicalOr",
        BINARY,
        c -> broadcast(c).withDType(DType.BOOL),
        c -> c.tf().math.logicalOr(bool(c, "x1"), bool(c, "x2")));
    row(NUMPY, "Any", List.of("x"), Operations::reducedBool, Operations::any);
    row(
        NN,
        "Sigmoid",
        List.of("x"),
        c -> floating(c.spec("x")),
        c ->
            c.tf()
                .math
                .sigmoid(Numbers.cast(c.tf(), c.operand("x"), floating(c.spec("x")).dtype())));
    row(NUMPY, "ExpandDims", List.of("x"), Operations::expanded, Operations::expandDims);
    row(
        NUMPY,
        "ZerosLike",
        List.of("x"),
        c -> c.dtype("dtype").map(c.spec("x")::withDType).orElse(c.spec("x")),
        Operations::zerosLike);
    row(
        NUMPY,
        "Concatenate",
        List.of("xs"),
        Operations::concatenated,
        c -> c.tf().concat(c.operands("xs"), c.tf().constant(concatAxis(c))));
  }

  private Operations() {}

  @FunctionalInterface
  private interface Arithmetic {
    Operand<TNumber> of(Ops tf, Operand<TNumber> a, Operand<TNumber> b);
  }

  private static void row(
      String module,
      String className,
      List<String> parameters,
      OperationType.Rule rule,
      OperationType.Emitter emitter) {
    TABLE.put(className, new OperationType(module, className, parameters, rule, emitter));
  }

  private static OperationType.Emitter arithmetic(Arithmetic f) {
    return c -> f.of(c.tf(), c.promoted("x1"), c.promoted("x2"));
  }

  static Optional<OperationType> find(String module, String className) {
    return find(className).filter(t -> t.module().equals(module));
  }

  static Optional<OperationType> find(String className) {
    return Optional.ofNullable(TABLE.get(className));
  }

  static OperationType byClass(String className) {
    return find(className)
        .orElseThrow(() -> new IllegalArgumentException("there is no operation " + className));
  }

  private static TensorSpec broadcast(OperationCall c) {
    return new TensorSpec(
        Shapes.broadcast(List.of(c.spec("x1").shape(), c.spec("x2").shape())), c.common());
  }

  private static TensorSpec floating(TensorSpec spec) {
    return spec.dtype().isFloating() ? spec : spec.withDType(DType.FLOAT32);
  }

  private static Operand<TBool> bool(OperationCall c, String name) {
    Operand<?> x = c.operand(name);
    return Numbers.as(Numbers.dtype(x) == DType.BOOL ? x : c.tf().dtypes.cast(x, TBool.class));
  }

  private static TensorSpec reducedBool(OperationCall c) {
    TensorSpec in = c.spec("x");
    int[] axes = c.axes("axis", in.rank());
    long[] dims = in.shape().asArray();
    boolean keep = c.flag("keepdims");
    long[] out =
        java.util.stream.IntStream.range(0, dims.length)
            .filter(i -> keep || Arrays.stream(axes).noneMatch(a -> a == i))
            .mapToLong(i -> Arrays.stream(axes).anyMatch(a -> a == i) ? 1 : dims[i])
            .toArray();
    return new TensorSpec(Shape.of(out), DType.BOOL);
  }

  private static Operand<?> any(OperationCall c) {
    int[] axes = c.axes("axis", c.spec("x").rank());
    return c.tf().any(bool(c, "x"), c.tf().constant(axes), Any.keepDims(c.flag("keepdims")));
  }

  /** Returns the places of the new axes in the result, in order. */
  private static int[] newAxes(OperationCall c) {
    int rank = c.spec("x").rank() + c.count("axis");
    return Arrays.stream(c.axes("axis", rank)).sorted().toArray();
  }

  private static TensorSpec expanded(OperationCall c) {
    Shape shape = c.spec("x").shape();
    for (int axis : newAxes(c)) {
      shape = shape.take(axis).append(1).append(shape.takeLast(shape.numDimensions() - axis));
    }
    return c.spec("x").withShape(shape);
  }

  private static Operand<?> expandDims(OperationCall c) {
    Operand<TNumber> x = c.operand("x");
    for (int axis : newAxes(c)) {
      x = c.tf().expandDims(x, c.tf().constant(axis));
    }
    return x;
  }

  private static Operand<?> zerosLike(OperationCall c) {
    Operand<?> zeros = c.tf().zerosLike(c.operand("x"));
    return c.dtype("dtype")
        .<Operand<?>>map(type -> c.tf().dtypes.cast(zeros, type.type()))
        .orElse(zeros);
  }

  private static int concatAxis(OperationCall c) {
    return Check.axis("axis", c.integer("axis"), c.specs("xs").get(0).rank());
  }

  private static TensorSpec concatenated(OperationCall c) {
    return new TensorSpec(
        Shapes.concatenate(c.specs("xs").stream().map(TensorSpec::shape).toList(), concatAxis(c)),
        c.common());
  }
}
