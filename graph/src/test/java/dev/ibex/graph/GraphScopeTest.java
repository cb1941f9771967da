package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GraphScopeTest {
  private static String name(Operand<?> x) {
    return x.asOutput().op().name();
  }

  @Test
  void nodes_are_named_by_scope_and_op_type_and_numbered_from_the_second_on() {
    try (GraphSession session = new GraphSession()) {
      Ops dense = session.tf().withSubScope("model").withSubScope("dense");
      Ops again = session.tf().withSubScope("model");
      assertThat(
              List.of(
                  name(dense.constant(1)),
                  name(dense.constant(2)),
                  name(dense.withName("two").constant(2)),
                  name(again.constant(3)),
                  name(again.withName("part").withSubScope("x").constant(4))))
          .containsExactly(
              "model/dense/Const",
              "model/dense/Const_1",
              "model/dense/two",
              "model_1/Const",
              "model_1/part/Const");
    }
  }

  @Test
  void a_name_that_looks_numbered_is_not_given_twice() {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      Set<String> names = new HashSet<>();
      for (String name : List.of("x", "x_1", "x", "x", "x_1", "x_1_1")) {
        names.add(name(tf.withName(name).constant(1)));
      }
      assertThat(names).containsExactlyInAnyOrder("x", "x_1", "x_2", "x_3", "x_1_1", "x_1_1_1");
    }
  }

  @Test
  void variables_and_nodes_share_one_table_of_names() {
    try (GraphSession session = new GraphSession()) {
      assertThat(name(session.tf().withName("kernel").constant(1))).isEqualTo("kernel");
      assertThat(session.unique("kernel")).isEqualTo("kernel_1");
    }
  }

  @Test
  void nodes_belong_to_the_graph_and_wait_for_their_controls() {
    try (GraphSession session = new GraphSession("CPU:0")) {
      Ops tf = session.tf();
      assertThat(tf.scope().env()).isInstanceOf(Graph.class);
      Operand<TFloat32> first = tf.constant(1f);
      Operand<TFloat32> then = tf.withControlDependencies(List.of(first)).identity(tf.constant(2f));
      GraphOperation op = (GraphOperation) then.asOutput().op();
      assertThat(((Graph) tf.scope().env()).toGraphDef().getNodeList())
          .filteredOn(n -> n.getName().equals(op.name()))
          .singleElement()
          .satisfies(
              n -> {
                assertThat(n.getInputList()).containsExactly("Const_1", "^Const");
                assertThat(n.getDevice()).contains("CPU:0");
              });
    }
  }

  @Test
  void a_name_that_tensorflow_does_not_take_is_refused() {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      assertThatThrownBy(() -> tf.withSubScope("a b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("name: \"a b\" is no name of a node");
    }
  }
}
