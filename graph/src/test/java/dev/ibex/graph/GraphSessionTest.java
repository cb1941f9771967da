package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

class GraphSessionTest {
  @Test
  void variables_keep_what_is_assigned_and_add_four_nodes_each() {
    try (GraphSession session = new GraphSession()) {
      int before = session.size();
      ResourceVariable v = session.variable("a b/kernel", DType.FLOAT64, Shape.of(2));
      assertThat(session.size() - before).isEqualTo(4);
      assertThat(v.name()).isEqualTo("a_b/kernel");
      assertThat(v.handle().asOutput().op().name()).isEqualTo(v.name());
      for (int i = 0; i < 3; i++) {
        Array value = Array.of(Shape.of(2), 1.5 + i, -2);
        session.assign(List.of(v), List.of(value));
        assertThat(session.read(List.of(v))).containsExactly(value);
      }
      assertThat(session.size() - before).isEqualTo(4);
    }
  }

  @Test
  void names_that_are_taken_get_a_number() {
    try (GraphSession session = new GraphSession()) {
      assertThat(List.of(session.unique("x"), session.unique("x"), session.unique("_x")))
          .containsExactly("x", "x_1", "n_x");
    }
  }

  @Test
  void native_errors_name_the_place_of_the_node() {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf().withSubScope("embedding");
      session.place("embedding", "Layer \"embedding\" (Embedding)");
      Operand<TInt32> ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(1)));
      Operand<?> rows = tf.gather(tf.constant(new float[] {1, 2}), ids, tf.constant(0));
      GraphFunction f = session.function("predict", List.of(ids), List.of(rows), List.of());
      try (Tensor bad = Array.of(Shape.of(1), 5).toTensor()) {
        assertThatThrownBy(() -> f.run(List.of(bad)))
            .isInstanceOf(NativeException.class)
            .hasMessageStartingWith("Layer \"embedding\" (Embedding), while running predict: ")
            .hasMessageContaining("5");
      }
    }
  }

  @Test
  void a_function_refuses_the_wrong_number_of_tensors() {
    try (GraphSession session = new GraphSession()) {
      GraphFunction f = session.function("predict", List.of(), List.of(), List.of());
      try (Tensor t = Array.scalar(1).toTensor()) {
        assertThatThrownBy(() -> f.run(List.of(t)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("predict: takes 0 tensors, but 1 were given");
      }
    }
  }

  @Test
  void an_unknown_device_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> new GraphSession("TPU:7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "device: there is no \"TPU:7\" here; the devices of this process are ")
        .hasMessageContaining("device:CPU:0");
    assertThatThrownBy(() -> Devices.find("the fast one"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void devices_are_found_by_short_and_full_names() {
    for (String name : List.of("CPU:0", "/CPU:0", "/device:cpu:0", Devices.available().get(0))) {
      assertThat(Devices.find(name).toString()).contains("CPU:0");
    }
    try (GraphSession session = new GraphSession("/CPU:0")) {
      assertThat(session.variable("v", DType.FLOAT32, Shape.of(1)).shape()).isEqualTo(Shape.of(1));
    }
  }
}
