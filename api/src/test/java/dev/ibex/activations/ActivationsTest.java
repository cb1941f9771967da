package dev.ibex.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.ShapeException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.GradientCheck;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class ActivationsTest {
  static Stream<NamedActivation> all() {
    return Stream.of(
        Activations.CELU,
        Activations.ELU,
        Activations.EXPONENTIAL,
        Activations.GELU,
        Activations.GLU,
        Activations.HARD_SHRINK,
        Activations.HARD_SIGMOID,
        Activations.HARD_SILU,
        Activations.HARD_TANH,
        Activations.LEAKY_RELU,
        Activations.LINEAR,
        Activations.LOG_SIGMOID,
        Activations.LOG_SOFTMAX,
        Activations.MISH,
        Activations.RELU,
        Activations.RELU6,
        Activations.SELU,
        Activations.SIGMOID,
        Activations.SILU,
        Activations.SOFT_SHRINK,
        Activations.SOFTMAX,
        Activations.SOFTPLUS,
        Activations.SOFTSIGN,
        Activations.SPARSE_PLUS,
        Activations.SPARSE_SIGMOID,
        Activations.SPARSEMAX,
        Activations.SQUAREPLUS,
        Activations.TANH,
        Activations.TANH_SHRINK,
        Activations.relu(0.1, 2, 0.3),
        Activations.leakyRelu(0.4),
        Activations.elu(0.5),
        Activations.celu(2),
        Activations.gelu(true),
        Activations.softmax(1),
        Activations.logSoftmax(1),
        Activations.sparsemax(1),
        Activations.glu(2),
        Activations.hardShrink(0.2),
        Activations.softShrink(0.2),
        Activations.squareplus(1),
        Activations.threshold(0.2, -3));
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivative_is_the_slope(NamedActivation activation) {
    // Irregular values, none within a step of a kink.
    Array x = Array.generate(DType.FLOAT64, Shape.of(2, 3, 4), i -> 2.6 * Math.sin(1.7 * i + 0.4));
    assertThat(GradientCheck.largestError((tf, in) -> activation.apply(tf, in.get(0)), x))
        .isLessThan(1e-8);
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_name_alone_gives_the_function_with_default_arguments(NamedActivation activation) {
    if (activation.settings().isEmpty()) {
      assertThat(Activations.of(activation.name())).isSameAs(activation);
    } else if (!activation.name().equals("threshold")) {
      assertThat(Activations.of(activation.name())).isNotEqualTo(activation);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
  void every_function_runs_in_every_floating_type(DType dtype) {
    Array x = Array.generate(dtype, Shape.of(2, 4), i -> i - 4);
    List<NamedActivation> functions = all().filter(a -> !a.name().equals("glu")).toList();
    List<Array> values =
        Evaluation.of(
            (tf, in) -> {
              List<org.tensorflow.Operand<?>> ys = new ArrayList<>();
              functions.forEach(f -> ys.add(f.apply(tf, Numbers.of(in.get(0)))));
              return ys;
            },
            x);
    assertThat(values).allMatch(v -> v.dtype() == dtype && v.shape().equals(x.shape()));
  }

  @Test
  void losses_find_one_op_that_makes_probabilities() {
    Array x = Array.of(Shape.of(1, 2), 0f, 0f);
    Evaluation.of(
        (tf, in) -> {
          var softmax = Activations.SOFTMAX.apply(tf, Numbers.of(in.get(0)));
          var sigmoid = Activations.SIGMOID.apply(tf, Numbers.of(in.get(0)));
          assertThat(softmax.asOutput().op().type()).isEqualTo("Softmax");
          assertThat(sigmoid.asOutput().op().type()).isEqualTo("Sigmoid");
          return List.of(softmax, sigmoid);
        },
        x);
  }

  @Test
  void default_arguments_give_the_constants() {
    assertThat(Activations.relu(0, Double.POSITIVE_INFINITY, 0)).isSameAs(Activations.RELU);
    assertThat(Activations.leakyRelu(0.2)).isSameAs(Activations.LEAKY_RELU);
    assertThat(Activations.gelu(false)).isSameAs(Activations.GELU);
    assertThat(Activations.softmax(-1)).isSameAs(Activations.SOFTMAX);
    assertThat(Activations.of("swish")).isSameAs(Activations.SILU);
    assertThat(Activations.of("hard_swish")).isSameAs(Activations.HARD_SILU);
  }

  @Test
  void other_arguments_tell_functions_apart() {
    assertThat(Activations.leakyRelu(0.3))
        .isEqualTo(Activations.leakyRelu(0.3))
        .isNotEqualTo(Activations.leakyRelu(0.4))
        .hasToString("leaky_relu{negative_slope=0.3}");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Activations.of("rleu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "activation: there is none named \"rleu\"; the names are celu, elu, exponential, gelu,"
                + " glu, hard_shrink, hard_sigmoid, hard_silu, hard_tanh, leaky_relu, linear,"
                + " log_sigmoid, log_softmax, mish, relu, relu6, selu, sigmoid, silu, soft_shrink,"
                + " softmax, softplus, softsign, sparse_plus, sparse_sigmoid, sparsemax,"
                + " squareplus, tanh, tanh_shrink");
  }

  @Test
  void an_odd_axis_cannot_be_halved() {
    Array x = Array.of(Shape.of(1, 3), 0f, 0f, 0f);
    assertThatThrownBy(
            () ->
                Evaluation.of(
                    (tf, in) -> List.of(Activations.GLU.apply(tf, Numbers.of(in.get(0)))), x))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "glu splits axis -1 into halves, but the input is (1, 3); give that axis an even size");
  }
}
