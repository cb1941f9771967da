package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class XlaFunctionTest {
  @Test
  void a_compiled_part_returns_outputs_and_changes_variables_for_each_shape() {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      ResourceVariable sum = session.variable("sum", DType.FLOAT32, Shape.scalar());
      ResourceVariable last = session.variable("last", DType.FLOAT32, Shape.scalar());
      session.assign(
          List.of(sum, last), List.of(Array.of(Shape.scalar(), 1f), Array.of(Shape.scalar(), 9f)));
      Operand<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
      Operand<TFloat32> total = tf.sum(x, tf.constant(0));
      Operand<TFloat32> before = Numbers.as(sum.value());
      Op target =
          tf.withControlDependencies(
                  List.of(
                      tf.assignVariableOp(sum.handle(), tf.math.add(before, total)),
                      tf.assignVariableOp(last.handle(), before)))
              .noOp();
      XlaCall call = session.compiled(tf, List.of(x), List.of(total, tf.math.neg(x)), target);
      GraphFunction f = session.function("f", List.of(x), call.outputs(), List.of(call.op()));
      for (float[] values : new float[][] {{1, 2}, {3, 4, 5}}) {
        try (Tensor t = Array.of(Shape.of(values.length), values).toTensor();
            Result r = f.run(List.of(t))) {
          assertThat(Array.of(r.get(0)).floats()).containsExactly(values.length == 2 ? 3 : 12);
          assertThat(Array.of(r.get(1)).shape()).isEqualTo(Shape.of(values.length));
        }
      }
      assertThat(session.read(List.of(sum, last)))
          .containsExactly(Array.of(Shape.scalar(), 16f), Array.of(Shape.scalar(), 4f));
    }
  }

  @Test
  void an_op_that_xla_lacks_is_named_with_its_place() {
    try (GraphSession session = new GraphSession()) {
      session.place("text", "Layer \"text\" (Text)");
      Ops tf = session.tf().withSubScope("text");
      Operand<TInt32> x = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
      ResourceVariable length = session.variable("length", DType.INT32, Shape.of(1));
      Op effect =
          tf.assignVariableOp(length.handle(), tf.strings.stringLength(tf.dtypes.asString(x)));
      Op target = session.compiled(tf, List.of(x), List.of(), effect).op();
      GraphFunction f = session.function("a step", List.of(x), List.of(), List.of(target));
      try (Tensor t = Array.of(Shape.of(1), 5).toTensor()) {
        assertThatThrownBy(() -> f.run(List.of(t)))
            .isInstanceOf(NativeException.class)
            .hasMessageStartingWith(
                "Layer \"text\" (Text), while running a step: XLA cannot compile AsString, so run"
                    + " it without XLA. Detected unsupported operations");
      }
    }
  }

  @Test
  void a_library_without_xla_is_refused() {
    assertThatThrownBy(() -> XlaFunction.requireXla(Set.of(XlaFunction.XLA)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "TensorFlow's native library for this platform was built without XLA, so nothing can"
                + " be compiled; run it without XLA");
  }
}
