package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.graph.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What operations refuse when they are applied, by name. */
class OperationErrorsTest {
  private static Input words() {
    return Input.of(3).dtype(DType.STRING);
  }

  private static Arguments refusal(
      Function<Input, Object> f, Class<? extends Exception> type, String... texts) {
    return Arguments.of(f, type, List.of(texts));
  }

  private static Object call(
      String className, List<Argument> inputs, Map<String, Argument> named, Object... settings) {
    Map<String, Argument> all = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], Argument.from(settings[i + 1]));
    }
    return Operation.callAll(
        new Operation.Config(
            LayerOptions.DEFAULT, Operation.module(className).orElseThrow(), className, all),
        new dev.ibex.core.Arguments(inputs, named));
  }

  static Stream<Arguments> refusals() {
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    Class<ShapeException> shape = ShapeException.class;
    return Stream.of(
        refusal(
            x -> call("Sum", List.of(Argument.of(x)), Map.of(), "axes", 1),
            argument,
            "Operation Sum",
            "no setting \"axes\"; there is axis, keepdims"),
        refusal(
            x -> call("Sum", List.of(), Map.of("y", Argument.of(x))),
            argument,
            "no argument \"y\"; there is x"),
        refusal(
            x -> call("Exp", List.of(Argument.of(x), Argument.of(x)), Map.of()),
            argument,
            "Operation Exp",
            "at most 1 arguments (x), got 2"),
        refusal(
            x -> call("Exp", List.of(Argument.of(x)), Map.of("x", Argument.of(x))),
            argument,
            "argument \"x\" is given twice"),
        refusal(
            x -> call("Add", List.of(Argument.of(x)), Map.of()),
            argument,
            "argument \"x2\" is missing"),
        refusal(
            x -> call("Add", List.of(Argument.of(1), Argument.of(2)), Map.of()),
            argument,
            "expected a tensor among the arguments, got none"),
        refusal(
            x -> call("Add", List.of(Argument.of(x), Argument.from("two")), Map.of()),
            argument,
            "x2: expected a tensor, an array or a number, got \"two\""),
        refusal(x -> words().plus(1), argument, "Operation Add", "string has no common type"),
        refusal(x -> words().plus(words()), argument, "string has no common type"),
        refusal(x -> words().relu(), argument, "expected numbers, got strings"),
        refusal(x -> words().exp(), argument, "string has no common type"),
        refusal(x -> words().cast(DType.FLOAT32), argument, "strings are no numbers"),
        refusal(x -> x.cast(DType.STRING), argument, "strings are no numbers"),
        refusal(
            x -> call("Sum", List.of(Argument.of(x)), Map.of(), "keepdims", 1),
            argument,
            "keepdims: expected true or false, got 1"),
        refusal(
            x -> call("Sum", List.of(Argument.of(x)), Map.of(), "axis", 0.5),
            argument,
            "axis: expected a whole number, got 0.5"),
        refusal(x -> x.sum(3), shape, "Operation Sum", "axis: expected an axis from -3 to 2"),
        refusal(x -> x.sum(1, -2), argument, "each axis once, got [1, -2]"),
        refusal(x -> x.cast(DType.BOOL).plus(x.cast(DType.BOOL)), argument, "truth values"),
        refusal(x -> x.cast(DType.UINT8).sum(1), argument, "Operation Sum", "uint32"),
        refusal(x -> x.cast(DType.INT32).softmax(-1), argument, "expected floating numbers"),
        refusal(x -> x.plus(Input.of(5, 6)), shape, "Operation Add", "(?, 4, 6), (?, 5, 6)"),
        refusal(x -> x.matmul(Input.of(4, 6)), shape, "Operation Matmul", "float32(?, 4, 6)"),
        refusal(x -> x.reshape(5, 5, -1, -1), argument, "one may be -1"),
        refusal(x -> x.transpose(0, 1), argument, "expected all 3 axes, got 2"),
        refusal(x -> x.split(3, 1), shape, "divides 4 places, got 3"),
        refusal(x -> x.splitAt(List.of(3, 2), 1), shape, "places in order"),
        refusal(x -> x.get(At.all(), At.index(4)), shape, "from -4 to 3 on axis 1", "got 4"),
        refusal(x -> x.get(At.rest(), At.rest()), argument, "one ellipsis"),
        refusal(
            x -> x.get(At.all(), At.all(), At.all(), At.all()), shape, "at most 3 places", "got 4"),
        refusal(x -> x.get(At.every(0)), argument, "a step other than 0"),
        refusal(
            x -> call("GetItem", List.of(Argument.of(x), Argument.from("a")), Map.of()),
            argument,
            "key: expected places, slices, None or an ellipsis, got \"a\""),
        refusal(
            x -> Operations.stack(List.of(x, Input.of(4, 5)), 1), shape, "tensors of one shape"),
        refusal(x -> x.bitwiseNot(), argument, "expected whole numbers, got float32"),
        refusal(x -> x.cast(DType.BOOL).leftShift(1), argument, "expected whole numbers, got bool"),
        refusal(
            x -> call("BitwiseAnd", List.of(Argument.of(x), Argument.of(1)), Map.of()),
            argument,
            "y: expected a tensor or an array, got 1"),
        refusal(
            x -> call("Hypot", List.of(Argument.of(x), Argument.of(0.5)), Map.of()),
            argument,
            "x2: expected a tensor or an array, got 0.5"),
        refusal(x -> x.gcd(2), argument, "expected whole numbers, got float32"),
        refusal(x -> x.ldexp(x), argument, "x2: expected whole numbers, got float32(?, 4, 6)"),
        refusal(x -> x.cast(DType.BOOL).sign(), argument, "expected numbers, got truth values"),
        refusal(x -> x.cast(DType.BOOL).relu6(), argument, "expected numbers, got truth values"),
        refusal(x -> x.cast(DType.INT32).erf(), argument, "expected floating numbers"),
        refusal(x -> x.cast(DType.BFLOAT16).i0(), argument, "another type than bfloat16"),
        refusal(x -> x.cast(DType.INT32).clip(0.5, 2), argument, "x_min: expected a whole number"),
        refusal(
            x -> x.cast(DType.INT32).threshold(1, 0.5),
            argument,
            "default_value: expected a whole number"),
        refusal(x -> x.fullLike(Input.of(4, 5)), shape, "fill_value", "(?, 4, 5)"),
        refusal(x -> x.cast(DType.INT32).saturateCast(DType.FLOAT32), argument, "use cast instead"),
        refusal(
            x -> x.digitize(dev.ibex.graph.Array.of(new float[] {2, 1})),
            argument,
            "bins: expected growing numbers"),
        refusal(
            x -> Operations.select(List.of(x, x), List.of(x), 0),
            argument,
            "one for each of the 2 conditions, got 1"),
        refusal(
            x -> Operations.select(List.of(x, x), List.of(x, x.cast(DType.INT32)), 0),
            argument,
            "choicelist: expected what is of the first choice's type float32, got int32"),
        refusal(x -> Input.of(3).glu(-1), shape, "axis: expected one of an even size"),
        refusal(x -> x.oneHot(3, 3, DType.INT32), argument, "axis: expected -1, or an axis from 0"),
        refusal(
            x -> x.segmentSum(Input.of().dtype(DType.INT32), -3),
            argument,
            "Operation SegmentSum",
            "num_segments: expected a number of at least 0, got -3"),
        refusal(
            x -> x.segmentMax(Input.of().dtype(DType.BOOL), 3),
            argument,
            "segment_ids: expected whole numbers, got bool"),
        refusal(
            x -> x.cast(DType.INT32).plus(3000000000L),
            argument,
            "x2: expected a number that int32 holds, got 3000000000"),
        refusal(
            x -> Operations.einsum("...i->i", x),
            argument,
            "subscripts: expected ... in the result",
            "\"...i->i\""),
        refusal(
            x -> Operations.einsum("...i,...i->i", x, x),
            argument,
            "subscripts: expected ... in the result"),
        refusal(x -> call("MultiHot", List.of(Argument.of(x)), Map.of()), argument, "num_classes"),
        refusal(
            x -> Operations.binaryCrossentropy(Input.of(4, 5), x, false),
            shape,
            "target: expected the shape of the output"),
        refusal(
            x -> Operations.categoricalCrossentropy(x.cast(DType.FLOAT64), x, false, -1),
            argument,
            "target: expected the type of the output"),
        refusal(
            x -> Operations.sparseCategoricalCrossentropy(Input.of(3), x, false),
            shape,
            "target: expected class numbers of the shape"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void an_operation_refuses_what_does_not_fit(
      Function<Input, Object> f, Class<? extends Exception> type, List<String> texts) {
    assertThatThrownBy(() -> f.apply(Input.of(4, 6)))
        .isExactlyInstanceOf(type)
        .hasMessageContainingAll(texts.toArray(String[]::new));
  }
}
