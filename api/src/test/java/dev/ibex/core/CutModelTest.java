package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import dev.ibex.layers.Add;
import dev.ibex.layers.Dense;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutModelTest {
  private final Input in = Input.of(4);
  private final SymbolicTensor hidden = Dense.of(3).named("encoder").apply(in);
  private final SymbolicTensor twice = hidden.times(2).plus(hidden);
  private final SymbolicTensor out = Dense.of(2).named("decoder").apply(twice);

  @Test
  void a_model_that_starts_at_an_inner_tensor_has_only_the_layers_behind_it() {
    Model decoder = Model.of(hidden, out);
    assertThat(decoder.network().weights().keySet())
        .containsExactly("decoder/kernel", "decoder/bias");
    assertThat(decoder.inputNames()).containsExactly("input_layer");
    assertThat(decoder.input().spec()).isEqualTo(hidden.spec());
    assertThat(decoder.layers().stream().map(Layer::className))
        .containsExactly("InputLayer", "Multiply", "Add", "Dense");
    List<String> lines = new ArrayList<>();
    decoder.summary(lines::add);
    assertThat(lines.get(3)).startsWith("input_layer (InputLayer)  (?, 3)");
  }

  @Test
  void it_shares_its_weights_and_computes_the_second_half() {
    try (Model whole = Model.of(in, out);
        Model encoder = Model.of(in, hidden);
        Model decoder = Model.of(hidden, out)) {
      assertThat(decoder.weight("decoder/kernel")).isSameAs(whole.weight("decoder/kernel"));
      float[][] x = {{1, 2, 3, 4}, {-1, 0, 1, 2}};
      Array half = encoder.predict(x).array();
      assertThat(decoder.predict(half).array()).isEqualTo(whole.predict(x).array());
    }
  }

  @Test
  void it_is_written_and_read_as_a_model_of_its_own() {
    Model decoder = Model.of(hidden, out);
    String json = decoder.toJson();
    assertThat(Models.fromJson(json).toJson()).isEqualTo(json);
  }

  @Test
  void inner_and_outer_tensors_can_be_inputs_together() {
    SymbolicTensor sum = Add.of().apply(out, Dense.of(2).apply(in));
    Model both = Model.of(List.of(hidden, in), List.of(sum));
    assertThat(both.inputs())
        .extracting(SymbolicTensor::spec)
        .containsExactly(hidden.spec(), in.symbolic().spec());
    assertThat(both.inputs().get(1)).isSameAs(in.symbolic());
  }
}
