package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.ReversibleEmbedding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

class LayerContractTest {
  @Test
  void an_option_of_a_frozen_layer_makes_a_frozen_layer() {
    Dense frozen = Dense.of(2);
    frozen.freeze();
    assertThat(frozen.useBias(false).trainable()).isFalse();
    assertThat(frozen.named("d").trainable()).isFalse();
    assertThat(frozen.trainable(true).trainable()).isTrue();
    Dense thawed = Dense.of(2).trainable(false);
    thawed.unfreeze();
    assertThat(thawed.useBias(false).trainable()).isTrue();
  }

  @Test
  void an_unknown_argument_is_refused_with_those_there_are() {
    Arguments arguments = Arguments.of(Input.of(3, 2)).with("state", Input.of(3));
    assertThatThrownBy(() -> GlobalAveragePooling1D.of().applyAll(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Layer GlobalAveragePooling1D takes no argument \"state\"; it takes mask");
    assertThatThrownBy(() -> Flatten.of().applyAll(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Layer Flatten takes no argument \"state\"");
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> kinds() {
    Argument pair = Argument.of(List.of(Input.of(3), Input.of(3)));
    return Stream.of(
        kind("mask", Argument.of(true), "mask: expected a tensor, got true"),
        kind("mask", Argument.of(2), "mask: expected a tensor, got 2"),
        kind("mask", pair, "mask: expected a tensor, got ["),
        kind("reverse", Argument.of(1), "reverse: expected true or false, got 1"),
        kind("reverse", Argument.of(Input.of(3)), "reverse: expected true or false, got the"));
  }

  private static org.junit.jupiter.params.provider.Arguments kind(
      String name, Argument given, String text) {
    return org.junit.jupiter.params.provider.Arguments.of(name, given, text);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("kinds")
  void an_argument_of_another_kind_is_refused(String name, Argument given, String text) {
    Layer layer = name.equals("mask") ? GlobalAveragePooling1D.of() : ReversibleEmbedding.of(4, 3);
    assertThatThrownBy(() -> layer.apply(Arguments.of(Input.of(2, 3)).with(name, given)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Layer " + layer.label() + ": " + text);
  }

  @Test
  void a_weight_that_was_not_declared_is_refused() {
    Layer layer =
        new UnaryLayer() {
          @Override
          protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
            return call.tf().math.mul(x, call.weight("scale"));
          }
        };
    try (Sequential model = Sequential.of(Input.of(2), layer)) {
      assertThatThrownBy(() -> model.predict(new float[][] {{1, 2}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Layer \"unary_layer\" (UnaryLayer): weight \"scale\": \"unary_layer\" (UnaryLayer)"
                  + " declares none");
    }
  }

  @Test
  void a_weight_is_not_replaced_where_nothing_trains() {
    Dense inner = Dense.of(2).named("inner");
    Layer outer =
        new UnaryLayer() {
          @Override
          public List<Layer> children() {
            return List.of(inner);
          }

          @Override
          protected Shape outputShape(Shape in) {
            return inner.build(List.of(new TensorSpec(in, DType.FLOAT32))).get(0).shape();
          }

          @Override
          protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
            call.replace(inner, "kernel", call.weightOf(inner, "kernel"));
            return Numbers.of(call.child(inner, "inner", call.values()).get(0).tensor());
          }
        };
    try (Sequential model = Sequential.of(Input.of(2), outer)) {
      assertThatThrownBy(() -> model.predict(new float[][] {{1, 2}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Layer \"unary_layer\" (UnaryLayer): replace: weight \"kernel\" of \"inner\" (Dense)"
                  + " stays in a graph that does not train; ask training() first");
    }
  }

  @SuppressWarnings("NullAway")
  private static Object nothing() {
    return null;
  }

  private static Layer emitting(java.util.function.BinaryOperator<Object> made) {
    return new UnaryLayer() {
      @Override
      @SuppressWarnings("unchecked")
      protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
        return (Operand<TNumber>) made.apply(call, x);
      }
    };
  }

  @Test
  void a_call_that_returns_null_is_refused_by_the_layers_name() {
    try (Sequential model = Sequential.of(Input.of(2), emitting((call, x) -> nothing()))) {
      assertThatThrownBy(() -> model.predict(new float[][] {{1, 2}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Layer \"unary_layer\" (UnaryLayer): call returned null; return the tensor that it"
                  + " emits");
    }
  }

  @Test
  void a_call_that_emits_another_shape_than_described_is_refused_by_the_layers_name() {
    Layer wrong =
        emitting(
            (call, x) ->
                ((Call) call)
                    .tf()
                    .concat(
                        List.of(((Call) call).input(0), ((Call) call).input(0)),
                        ((Call) call).tf().constant(1)));
    try (Sequential model = Sequential.of(Input.of(2), wrong, Dense.of(3))) {
      assertThatThrownBy(() -> model.predict(new float[][] {{1, 2}}))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              "Layer \"unary_layer\" (UnaryLayer): it was described with an output of shape (?, 2),"
                  + " but its call emits (?, 4); override outputShape");
    }
  }
}
