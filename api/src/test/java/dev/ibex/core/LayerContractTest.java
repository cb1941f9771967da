package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling1D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
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
