package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.GradientCheck;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The derivatives of operations of each element, against differences and in half precision. */
class OperationGradientTest {
  /** An expression of x from -0.9 to 0.9 and y from 1.2 to 2.8, both (2, 4). */
  record Row(String className, BinaryOperator<SymbolicTensor> f) {
    @Override
    public String toString() {
      return className;
    }
  }

  private static Row row(String className, BinaryOperator<SymbolicTensor> f) {
    return new Row(className, f);
  }

  /** What is differentiated itself. */
  static Stream<Row> differentiable() {
    return Stream.of(
        row("Sin", (x, y) -> x.sin()),
        row("Cos", (x, y) -> x.cos()),
        row("Tan", (x, y) -> x.tan()),
        row("Sinh", (x, y) -> x.sinh()),
        row("Cosh", (x, y) -> x.cosh()),
        row("Tanh", (x, y) -> x.tanh()),
        row("Arcsin", (x, y) -> x.arcsin()),
        row("Arccos", (x, y) -> x.arccos()),
        row("Arctan", (x, y) -> x.arctan()),
        row("Arctan2", (x, y) -> x.arctan2(y)),
        row("Arcsinh", (x, y) -> x.arcsinh()),
        row("Arccosh", (x, y) -> y.arccosh()),
        row("Arctanh", (x, y) -> x.arctanh()),
        row("Sinc", (x, y) -> x.sinc()),
        row("Deg2rad", (x, y) -> x.deg2rad()),
        row("Rad2deg", (x, y) -> x.rad2deg()),
        row("Hypot", (x, y) -> x.hypot(y)),
        row("Exp2", (x, y) -> x.exp2()),
        row("Expm1", (x, y) -> x.expm1()),
        row("Log1p", (x, y) -> x.log1p()),
        row("Log2", (x, y) -> y.log2()),
        row("Log10", (x, y) -> y.log10()),
        row("Logaddexp", (x, y) -> x.logaddexp(y)),
        row("Logaddexp2", (x, y) -> x.logaddexp2(y)),
        row("Ldexp", (x, y) -> x.ldexp(3)),
        row("Square", (x, y) -> x.square()),
        row("Reciprocal", (x, y) -> y.reciprocal()),
        row("Cbrt", (x, y) -> x.cbrt()),
        row("Rsqrt", (x, y) -> y.rsqrt()),
        row("Erf", (x, y) -> x.erf()),
        row("Erfc", (x, y) -> x.erfc()),
        row("Erfinv", (x, y) -> x.erfinv()),
        row("I0", (x, y) -> x.i0()),
        row("Fabs", (x, y) -> x.fabs()),
        row("Clip", (x, y) -> x.clip(-0.5, 0.25)),
        row("NanToNum", (x, y) -> x.nanToNum()),
        row("Nextafter", (x, y) -> x.nextafter(y)),
        row("Maximum", (x, y) -> x.maximum(y.minus(1.6))),
        row("Minimum", (x, y) -> x.minimum(y.minus(1.6))),
        row("Fmax", (x, y) -> x.fmax(y.minus(1.6))),
        row("Fmin", (x, y) -> x.fmin(y.minus(1.6))),
        row("Fmod", (x, y) -> y.times(7).fmod(y.plus(x))),
        row("Mod", (x, y) -> y.times(7).mod(y.plus(x))),
        row("DivideNoNan", (x, y) -> x.divideNoNan(y)),
        row("Copy", (x, y) -> x.copy()),
        row("Real", (x, y) -> x.real()),
        row("Conj", (x, y) -> x.conj()),
        row("Conjugate", (x, y) -> x.conjugate()),
        row("Abs", (x, y) -> x.abs()),
        row("Array", (x, y) -> x.array()),
        row("ConvertToTensor", (x, y) -> Operation.of("ConvertToTensor", x)),
        row("FullLike", (x, y) -> x.fullLike(y)),
        row("Select", (x, y) -> Operations.select(List.of(x.greater(0)), List.of(x), 1).times(y)),
        row("Relu6", (x, y) -> x.relu6()),
        row("Silu", (x, y) -> x.silu()),
        row("HardSilu", (x, y) -> x.hardSilu()),
        row("HardSigmoid", (x, y) -> x.hardSigmoid()),
        row("LogSigmoid", (x, y) -> x.logSigmoid()),
        row("HardTanh", (x, y) -> x.plus(y).minus(2).hardTanh()),
        row("TanhShrink", (x, y) -> x.tanhShrink()),
        row("Softplus", (x, y) -> x.softplus()),
        row("Softsign", (x, y) -> x.softsign()),
        row("SparsePlus", (x, y) -> x.sparsePlus()),
        row("SparseSigmoid", (x, y) -> x.sparseSigmoid()),
        row("Selu", (x, y) -> x.selu()),
        row("Elu", (x, y) -> x.elu(0.7)),
        row("Celu", (x, y) -> x.celu(0.7)),
        row("Gelu", (x, y) -> x.gelu(true)),
        row("HardShrink", (x, y) -> x.hardShrink(0.3)),
        row("SoftShrink", (x, y) -> x.softShrink(0.3)),
        row("Squareplus", (x, y) -> x.squareplus(2)),
        row("Threshold", (x, y) -> x.threshold(0.1, 0.2)),
        row("Softmax", (x, y) -> Operation.of("Softmax", x, (Object) null)),
        row("LogSoftmax", (x, y) -> x.logSoftmax(0)),
        row("Sparsemax", (x, y) -> x.sparsemax(-1)),
        row("Glu", (x, y) -> x.glu(1)),
        row("BinaryCrossentropy", (x, y) -> Operations.binaryCrossentropy(y, x, true)),
        row("CategoricalCrossentropy", (x, y) -> Operations.categoricalCrossentropy(y, x, true, 1)),
        row(
            "SparseCategoricalCrossentropy",
            (x, y) -> Operations.sparseCategoricalCrossentropy(y.argmax(1), x, true)));
  }

  /** What is flat, or no number, beside what is differentiated. */
  static Stream<Row> flat() {
    return Stream.of(
        row("Ceil", (x, y) -> x.ceil().times(x)),
        row("Floor", (x, y) -> x.floor().times(x)),
        row("Trunc", (x, y) -> y.trunc().times(x)),
        row("Round", (x, y) -> y.round(1).times(x)),
        row("Sign", (x, y) -> x.sign().times(x)),
        row("FloorDivide", (x, y) -> y.floorDivide(0.3).times(x)),
        row("Angle", (x, y) -> x.angle().times(x)),
        row("Imag", (x, y) -> x.imag().times(x)),
        row("Heaviside", (x, y) -> x.heaviside(y).times(x)),
        row("OnesLike", (x, y) -> x.onesLike().times(x)),
        row("EmptyLike", (x, y) -> x.emptyLike().plus(x)),
        row("Isfinite", (x, y) -> x.times(x.isfinite())),
        row("Isinf", (x, y) -> x.times(x.isinf())),
        row("Isnan", (x, y) -> x.times(x.isnan())),
        row("Isposinf", (x, y) -> x.times(x.isposinf())),
        row("Isneginf", (x, y) -> x.times(x.isneginf())),
        row("Isreal", (x, y) -> x.times(x.isreal())),
        row("Signbit", (x, y) -> x.times(x.signbit())),
        row("LogicalXor", (x, y) -> x.times(x.greater(0).logicalXor(y))),
        row("Isclose", (x, y) -> x.times(x.isclose(y, 0.1, 0.5, false))),
        row("IsIn", (x, y) -> x.times(x.isin(y))),
        row("Digitize", (x, y) -> x.times(x.digitize(Array.of(new float[] {-0.2f, 0.4f})))),
        row("SaturateCast", (x, y) -> x.times(y.saturateCast(DType.INT32))),
        row("OneHot", (x, y) -> x.oneHot(4).sum(2).times(x)),
        row("MultiHot", (x, y) -> y.multiHot(4).times(x)),
        row("BitwiseAnd", (x, y) -> x.times(whole(y).bitwiseAnd(whole(y)))),
        row("LeftShift", (x, y) -> x.times(whole(y).leftShift(1))),
        row("BitwiseNot", (x, y) -> x.times(whole(y).bitwiseNot())),
        row("Gcd", (x, y) -> x.times(whole(y).gcd(4))));
  }

  private static SymbolicTensor whole(SymbolicTensor y) {
    return y.times(5).cast(DType.INT32);
  }

  static Stream<Row> all() {
    return Stream.concat(differentiable(), flat());
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivatives_agree_with_differences(Row row) {
    Described d = Described.of(row, DType.FLOAT64);
    assertThat(d.classes()).contains(row.className());
    double error = GradientCheck.largestError(d::emit, x(), y());
    assertThat(error).isLessThan(1e-6);
  }

  /** TensorFlow lacks kernels for some types, so that an operation could run and yet not train. */
  @ParameterizedTest
  @MethodSource("differentiable")
  void derivatives_exist_in_half_precision(Row row) {
    for (DType half : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      if (half == DType.BFLOAT16 && row.className().equals("I0")) {
        continue; // TensorFlow has none, and Keras neither
      }
      Described d = Described.of(row, half);
      List<Array> gradients =
          Evaluation.of(
              (tf, in) -> {
                List<Operand<TNumber>> fed = new ArrayList<>();
                in.forEach(a -> fed.add(Numbers.cast(tf, a, half)));
                Operand<TNumber> y =
                    tf.reshape(Numbers.of(d.emit(tf, fed)), tf.constant(new int[] {-1}));
                List<Operand<?>> found = new ArrayList<>();
                for (Operand<?> g : Gradients.of(tf, tf.sum(y, tf.constant(0)), fed)) {
                  found.add(Numbers.cast(tf, g, DType.FLOAT32));
                }
                return found;
              },
              List.of(x(), y()));
      for (Array gradient : gradients) {
        assertThat(Arrays.stream(gradient.doubles()).boxed())
            .isNotEmpty()
            .allMatch(Double::isFinite);
      }
    }
  }

  private static Array x() {
    Random random = new Random(1);
    return Array.generate(DType.FLOAT64, Shape.of(2, 4), i -> 1.8 * random.nextDouble() - 0.9);
  }

  private static Array y() {
    Random random = new Random(2);
    return Array.generate(DType.FLOAT64, Shape.of(2, 4), i -> 1.2 + 1.6 * random.nextDouble());
  }

  /** An expression of two inputs, with what emits it. */
  private record Described(SymbolicTensor x, SymbolicTensor y, SymbolicTensor output) {
    static Described of(Row row, DType dtype) {
      SymbolicTensor x = Input.of(4).dtype(dtype).symbolic();
      SymbolicTensor y = Input.of(4).dtype(dtype).symbolic();
      return new Described(x, y, row.f().apply(x, y));
    }

    Set<String> classes() {
      Set<String> all = new HashSet<>();
      collect(output, all);
      return all;
    }

    private static void collect(SymbolicTensor t, Set<String> all) {
      all.add(t.node().layer().className());
      t.node().arguments().tensors().forEach(i -> collect(i, all));
    }

    Operand<TNumber> emit(Ops tf, List<Operand<TNumber>> in) {
      return emit(tf, in, output);
    }

    private Operand<TNumber> emit(Ops tf, List<Operand<TNumber>> in, SymbolicTensor t) {
      if (t == x || t == y) {
        return in.get(t == x ? 0 : 1);
      }
      Operation operation = (Operation) t.node().layer();
      OperationType type = OperationTable.get().find(operation.className()).orElseThrow();
      Map<String, Argument> arguments = new LinkedHashMap<>();
      for (int i = 0; i < type.inputs().size(); i++) {
        arguments.put(type.inputs().get(i).name(), operation.inputs().get(i));
      }
      arguments.putAll(operation.settings());
      List<SymbolicTensor> inputs =
          arguments.values().stream().flatMap(Argument::tensors).distinct().toList();
      List<Operand<?>> operands = new ArrayList<>();
      inputs.forEach(i -> operands.add(emit(tf, in, i)));
      List<TensorSpec> specs = inputs.stream().map(SymbolicTensor::spec).toList();
      OperationCall call = new OperationCall(arguments, inputs, specs, Optional.of(tf), operands);
      return Numbers.of(type.emitter().emit(call).get(t.index()));
    }
  }
}
