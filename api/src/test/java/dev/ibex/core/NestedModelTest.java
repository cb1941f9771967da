package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class NestedModelTest {
  private static Model inner() {
    Input in = Input.of(-1, 8);
    return Model.of(in, Dense.of(4).apply(in).times(2));
  }

  @Test
  void a_nested_model_infers_its_output_from_its_actual_input() {
    SymbolicTensor y = inner().apply(Input.of(10, 8));
    assertThat(y.shape().asArray()).containsExactly(-1, 10, 4);
    SymbolicTensor z = Dense.of(3).apply(Flatten.of().apply(y));
    assertThat(z.shape().asArray()).containsExactly(-1, 3);
  }

  @Test
  void so_does_a_model_in_a_nested_model() {
    Input in = Input.of(-1, 8);
    Model outer = Model.of(in, inner().apply(in));
    assertThat(outer.apply(Input.of(5, 8)).shape().asArray()).containsExactly(-1, 5, 4);
    assertThat(outer.apply(Input.of(6, 8)).shape().asArray()).containsExactly(-1, 6, 4);
    assertThat(outer.outputs().get(0).shape().asArray()).containsExactly(-1, -1, 4);
  }

  /** Which axes go depends on the sizes that the call at hand has. */
  @Test
  void a_nested_model_emits_what_it_infers() {
    Input any = Input.of(-1, 3);
    Model inner = Model.of(any, any.times(2).squeeze());
    Input one = Input.of(1, 3);
    SymbolicTensor y = inner.apply(one);
    assertThat(y.shape().asArray()).containsExactly(-1, 3);
    try (Model outer = Model.of(one, y)) {
      Array out = outer.predict(Array.of(Shape.of(2, 1, 3), 1f, 2, 3, 4, 5, 6)).array();
      assertThat(out).isEqualTo(Array.of(Shape.of(2, 3), 2f, 4, 6, 8, 10, 12));
    }
  }

  @Test
  void what_only_the_nested_model_knows_of_the_input_stays_known() {
    Input in = Input.of(2, 8);
    Model inner = Model.of(in, Flatten.of().apply(in));
    SymbolicTensor y = inner.apply(Input.of(-1, -1).dtype(DType.FLOAT64));
    assertThat(y.spec()).hasToString("float32(?, 16)");
  }

  @Test
  void an_input_that_does_not_fit_is_refused() {
    assertThatThrownBy(() -> inner().apply(Input.of(10, 7)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("Layer Functional ")
        .hasMessageEndingWith(": input 0: expected the shape (?, ?, 8), got (?, 10, 7)");
  }
}
