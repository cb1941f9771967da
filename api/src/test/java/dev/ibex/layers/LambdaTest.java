package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.ShapeException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.initializers.Constant;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class LambdaTest {
  private static final float[][] X = {{1, 2}, {3, -4}};

  @Test
  void a_function_is_applied_and_its_shape_is_found() {
    Lambda sum = Lambda.of((tf, x) -> tf.sum(tf.math.square(x), tf.constant(1)));
    try (Model model = Sequential.of(Input.of(2), sum)) {
      assertThat(model.outputs().get(0).shape().numDimensions()).isEqualTo(1);
      assertThat(model.predict(X).floats()).containsExactly(5, 25);
    }
  }

  /** y = (2 · w · x)², w = 1, x = 1, target 0: the derivative of y² by w is 4 · 16. */
  @Test
  void derivatives_go_through() {
    Dense dense = Dense.of(1).useBias(false).kernelInitializer(Constant.of(1));
    try (Model model =
        Sequential.of(
            Input.of(1), dense, Lambda.of((tf, x) -> tf.math.square(tf.math.add(x, x))))) {
      model.compile(SGD.of(0.01), MeanSquaredError.of());
      model.fit(
          Data.of(Array.of(new float[][] {{1}}), Array.of(new float[][] {{0}})), Fit.epochs(1));
      assertThat(dense.ownWeights().get(0).value().number(0)).isCloseTo(1 - 0.64, within(1e-5));
    }
  }

  @Test
  void several_inputs_come_as_a_list_and_a_shape_may_be_given() {
    Input a = Input.of(2);
    Input b = Input.of(2);
    Lambda product =
        Lambda.ofAll((tf, xs) -> tf.math.mul(xs.get(0), xs.get(1))).outputShape(in -> in);
    try (Model model = Model.of(List.of(a, b), List.of(product.apply(a, b)))) {
      Array y =
          model
              .predict(
                  Data.inputs(model.inputNames().get(0), Array.of(X))
                      .input(model.inputNames().get(1), Array.of(X)))
              .array();
      assertThat(y.floats()).containsExactly(1, 4, 9, 16);
    }
  }

  @Test
  void nothing_is_emitted_aside_where_the_shape_is_given() {
    AtomicInteger calls = new AtomicInteger();
    Lambda counting =
        Lambda.of(
                (tf, x) -> {
                  calls.incrementAndGet();
                  return tf.math.add(x, x);
                })
            .outputShape(in -> in);
    try (Model model = Sequential.of(Input.of(2), counting)) {
      assertThat(model.outputs().get(0).spec()).hasToString("float32(?, 2)");
      assertThat(calls).hasValue(0);
      assertThat(model.predict(X).floats()).containsExactly(2, 4, 6, -8);
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void another_type_than_the_inputs_is_refused_where_the_shape_is_given() {
    Lambda whole =
        Lambda.of((tf, x) -> Numbers.cast(tf, x, DType.INT32)).outputShape(in -> in).named("w");
    try (Model model = Sequential.of(Input.of(2), whole)) {
      assertThatThrownBy(() -> model.predict(X))
          .hasMessage(
              "Layer \"w\" (Lambda): outputShape: where it is given, the result has the input's type"
                  + " float32, but the function gives int32; cast it, or leave outputShape out so"
                  + " that both are found");
    }
  }

  private static Lambda same() {
    return Lambda.of((tf, x) -> tf.identity(x));
  }

  @Test
  void a_mask_comes_out_where_one_is_set() {
    Array x = Array.filled(DType.FLOAT32, Shape.of(2, 3, 1), 1);
    boolean[] mask = {true, false, true, false, false, true};
    assertThat(LayerRun.of(same(), x).mask(0, mask).run().mask()).isEmpty();
    Lambda passing = same().mask((tf, xs, masks) -> masks.get(0));
    assertThat(LayerRun.of(passing, x).mask(0, mask).run().mask())
        .contains(Array.of(Shape.of(2, 3), mask));
    Lambda silent = same().mask((tf, xs, masks) -> Optional.empty());
    assertThat(LayerRun.of(silent, x).mask(0, mask).run().mask()).isEmpty();
  }

  @Test
  void a_second_input_is_refused_with_the_way_to_take_it() {
    Lambda one = Lambda.of((tf, x) -> x).named("one");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> one.apply(Input.of(2), Input.of(2)))
        .withMessageContaining("expected one input, got 2; Lambda.ofAll takes several");
  }

  @Test
  void a_model_with_one_is_not_written_whole() {
    try (Model model =
        Sequential.of(Input.of(2), Lambda.of((tf, x) -> tf.identity(x)).named("mine"))) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(model::toJson)
          .withMessageEndingWith(
              "\"mine\" (Lambda) is a function in Java, which no file holds, so the model cannot be"
                  + " written whole; write a layer class with a config record in its place, or save"
                  + " the weights alone by saveWeights");
    }
  }

  @Test
  void one_can_stand_for_a_lambda_of_python() {
    ConfigCodec.get().register("Lambda>doubling", Lambda.of((tf, x) -> tf.math.add(x, x)));
    Layer read =
        ConfigCodec.get()
            .fromJson(
                Layer.class, "{\"class_name\":\"Lambda\",\"config\":{\"name\":\"doubling\"}}");
    try (Model model = Sequential.of(Input.of(2), read)) {
      assertThat(model.predict(X).floats()).containsExactly(2, 4, 6, -8);
    }
  }
}
