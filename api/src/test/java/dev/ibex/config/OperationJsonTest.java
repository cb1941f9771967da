package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.core.At;
import dev.ibex.core.Operations;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Operation nodes in the JSON of functional models. */
class OperationJsonTest {
  private static Arguments node(
      String name, Function<Input, SymbolicTensor> f, String spec, String json) {
    return Arguments.of(name, f, spec, json);
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        node(
            "slices",
            x -> x.get(At.all(), At.range(1, 3), At.rest(), At.newAxis()),
            "float32(?, 2, 6, 1)",
            "{\"class_name\":\"__slice__\",\"config\":{\"start\":1,\"stop\":3,\"step\":null}},"
                + "{\"class_name\":\"__ellipsis__\",\"config\":{}},null]"),
        node("place", x -> x.get(At.all(), At.index(-1)), "float32(?, 6)", ",-1]"),
        node(
            "steps",
            x -> x.get(At.all(), At.every(-2), At.from(2)),
            "float32(?, 2, 4)",
            "{\"start\":null,\"stop\":null,\"step\":-2}"),
        node(
            "constant",
            x -> x.plus(Array.of(new float[] {1, 2, 3, 4, 5, 6})),
            "float32(?, 4, 6)",
            "{\"class_name\":\"__numpy__\",\"config\":"
                + "{\"value\":[1.0,2.0,3.0,4.0,5.0,6.0],\"dtype\":\"float32\"}}"),
        node(
            "constant of truth values",
            x -> x.times(Array.of(Shape.of(1), true)),
            "float32(?, 4, 6)",
            "{\"value\":[true],\"dtype\":\"bool\"}"),
        node(
            "constant of doubles",
            x -> x.minus(Array.of(new double[] {0.5})),
            "float64(?, 4, 6)",
            "{\"value\":[0.5],\"dtype\":\"float64\"}"),
        node(
            "constant that no double holds",
            x -> x.cast(DType.INT64).plus(Array.of(new long[] {9007199254740993L})),
            "int64(?, 4, 6)",
            "{\"value\":[9007199254740993],\"dtype\":\"int64\"}"),
        node("whole number", x -> x.times(2), "float32(?, 4, 6)", "},2],"),
        node("number first", x -> Operations.divide(1, x), "float32(?, 4, 6)", "\"args\":[1,{"),
        node(
            "list of tensors",
            x -> Operations.stack(List.of(x, x.exp()), 1),
            "float32(?, 2, 4, 6)",
            "\"axis\":1"),
        node("where", x -> Operations.where(x.greater(0), x, 0.0), "float32(?, 4, 6)", "},0.0],"),
        node(
            "list of axes",
            x -> x.sum(true, 1, 2),
            "float32(?, 1, 1)",
            "\"axis\":[1,2],\"keepdims\":true"),
        node("None", x -> x.mean(), "float32()", "\"axis\":null,\"keepdims\":false"),
        node("second output", x -> x.split(2, 1).get(1), "float32(?, 2, 6)", "\"split\",0,1]"),
        node("moments", x -> x.moments(2).get(1), "float32(?, 4)", "\"synchronized\":false"),
        node("type", x -> x.cast(DType.INT32), "int32(?, 4, 6)", "\"dtype\":\"int32\""),
        node("shape", x -> x.reshape(-1, 24), "float32(?, 24)", "\"newshape\":[-1,24]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nodes")
  void a_node_is_written_as_keras_does_and_read_again(
      String name, Function<Input, SymbolicTensor> f, String spec, String json) {
    Input in = Input.of(4, 6);
    SymbolicTensor out = f.apply(in);
    assertThat(out.spec()).hasToString(spec);
    String written = ModelCodec.get().toJson(Model.of(in, out));
    assertThat(written).contains(json);
    Model read = ModelCodec.get().fromJson(written);
    assertThat(read.outputs().get(0).spec()).hasToString(spec);
    assertThat(ModelCodec.get().toJson(read)).isEqualTo(written);
  }

  @Test
  void all_outputs_of_a_node_can_be_outputs_of_a_model() {
    Input in = Input.of(4, 6);
    List<SymbolicTensor> parts = in.splitAt(List.of(1, 3), 1);
    Model read = ModelCodec.get().fromJson(ModelCodec.get().toJson(Model.of(List.of(in), parts)));
    assertThat(read.outputs())
        .extracting(SymbolicTensor::spec)
        .extracting(TensorSpec::toString)
        .containsExactly("float32(?, 1, 6)", "float32(?, 2, 6)", "float32(?, 1, 6)");
  }

  @Test
  void inputs_and_tensors_have_the_same_methods() {
    Symbolic in = Input.of(3);
    assertThat(in.times(2).spec()).hasToString("float32(?, 3)");
    assertThat(in.symbolic().times(2).spec()).hasToString("float32(?, 3)");
  }
}
