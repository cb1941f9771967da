package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Whole numbers among the arguments of operations, which no double or int32 holds. */
class WholeNumbersTest {
  private static final long ODD = (1L << 53) + 1;

  static Stream<Arguments> arguments() {
    return Stream.of(
        Arguments.of("number", DType.INT64, ODD),
        Arguments.of("largest", DType.INT64, Long.MAX_VALUE),
        Arguments.of("list", DType.INT64, List.of(ODD)),
        Arguments.of("array", DType.INT64, Array.of(new long[] {ODD})),
        Arguments.of("list beside int32", DType.INT32, List.of(3000000000L)),
        Arguments.of("list with a truth value", DType.INT32, List.of(List.of(true, 3000000000L))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arguments")
  void a_whole_number_stays_itself(String name, DType dtype, Object value) {
    Input in = Input.of(1).dtype(dtype);
    SymbolicTensor sum = Operation.of("Add", in, value);
    assertThat(sum.spec().dtype()).isEqualTo(DType.INT64);
    try (Model model = Model.of(in, sum)) {
      long[] found = model.predict(Array.of(Shape.of(1, 1), 0).cast(dtype)).array().longs();
      Argument given = Argument.from(value);
      assertThat(found[found.length - 1]).isEqualTo(last(given));
    }
  }

  private static long last(Argument a) {
    if (a instanceof Argument.Items list) {
      return last(list.items().get(list.items().size() - 1));
    } else if (a instanceof Argument.Constant c) {
      return c.array().longs()[0];
    }
    return (Long) Objects.requireNonNull(((Argument.Literal) a).value());
  }
}
