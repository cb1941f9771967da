package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Compile;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.AdamW;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelJsonTest {
  private static Model wide() {
    Input a = Input.of(4).named("a");
    Input b = Input.of(4).named("b");
    Dense shared = Dense.of(3).named("shared");
    Sequential encoder = Sequential.of("encoder", List.of(Input.of(3), Dense.of(2)));
    var x = Concatenate.of().apply(shared.apply(a), shared.apply(b));
    var y = encoder.apply(shared.apply(b).times(2).plus(1));
    Model model = Model.of("wide", List.of(a, b), List.of(Dense.of(1).apply(x), y));
    model.layer("shared").freeze();
    return model;
  }

  @Test
  void a_merge_of_one_is_called_on_a_list() {
    Input a = Input.of(4).named("a");
    String json = Model.of(List.of(a), List.of(Concatenate.of().apply(a))).toJson();
    assertThat(json).contains("\"args\":[[{\"class_name\":\"__keras_tensor__\"");
    assertThat(Models.fromJson(json).toJson()).isEqualTo(json);
  }

  @Test
  void a_functional_model_survives_a_round_trip() {
    Model model = wide();
    String json = model.toJson();
    Model again = Models.fromJson(json);
    assertThat(again.toJson()).isEqualTo(json);
    assertThat(again.name()).isEqualTo("wide");
    assertThat(again.inputNames()).containsExactly("a", "b");
    assertThat(again.outputNames()).isEqualTo(model.outputNames());
    assertThat(again.parameterCount()).isEqualTo(model.parameterCount());
    assertThat(again.layers().stream().map(Layer::name))
        .containsExactlyElementsOf(model.layers().stream().map(Layer::name).toList());
    assertThat(again.layer("shared").trainable()).isFalse();
    assertThat(again.layer("encoder")).isInstanceOf(Sequential.class);
  }

  @Test
  void a_sequential_model_survives_a_round_trip() {
    Sequential model =
        Sequential.of(
            Input.of(5).dtype(dev.ibex.graph.DType.INT32),
            Embedding.of(9, 4),
            GlobalAveragePooling1D.of(),
            Dense.of(2));
    Model again = Models.fromJson(model.toJson());
    assertThat(again).isInstanceOf(Sequential.class);
    assertThat(again.toJson()).isEqualTo(model.toJson());
  }

  @Test
  void a_single_input_or_output_stands_by_itself_as_keras_gives_lists_back_for_lists() {
    Input in = Input.of(2).named("in");
    Model one = Model.of(in, Dense.of(1).named("out").apply(in));
    assertThat(one.toJson())
        .contains("\"input_layers\":[\"in\",0,0],\"output_layers\":[\"out\",0,0]");
    assertThat(wide().toJson()).contains("\"input_layers\":[[\"a\",0,0],[\"b\",0,0]]");
  }

  @Test
  void a_frozen_sequential_in_a_model_stays_frozen() {
    Sequential inner = Sequential.of("inner", List.of(Input.of(2), Dense.of(3)));
    inner.freeze();
    Model again = Models.fromJson(Sequential.of(Input.of(2), inner, Dense.of(1)).toJson());
    assertThat(again.layer("inner").trainable()).isFalse();
    assertThat(again.layers().get(2).trainable()).isTrue();
  }

  @Test
  void the_type_of_an_operations_result_is_kept() {
    String like =
        "{\"module\":\"keras.src.ops.numpy\",\"class_name\":\"ZerosLike\",\"name\":\"zeros_like\","
            + "\"config\":{\"name\":\"zeros_like\",\"dtype\":\"bool\"},\"inbound_nodes\":[{\"args\":[{"
            + "\"class_name\":\"__keras_tensor__\",\"config\":{\"shape\":[null,2],\"dtype\":\"float32\","
            + "\"keras_history\":[\"in\",0,0]}}],\"kwargs\":{}}]}";
    Model model = Models.fromJson(model("[\"zeros_like\",0,0]", IN, like));
    assertThat(model.output().spec().dtype()).isEqualTo(dev.ibex.graph.DType.BOOL);
    assertThat(model.toJson()).contains("\"dtype\":\"bool\"");
  }

  @Test
  void a_layer_of_lambdas_is_refused_with_its_place() {
    Model model = Sequential.of(Input.of(2), Dense.of(1).kernelRegularizer((tf, x) -> x));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(model::toJson)
        .withMessageStartingWith("at /config/layers/1/config/kernel_regularizer: a lambda");
  }

  // ---- malformed --------------------------------------------------------------------------

  private static final String IN =
      "{\"module\":\"keras.layers\",\"class_name\":\"InputLayer\",\"name\":\"in\",\"inbound_nodes\":[],"
          + "\"config\":{\"name\":\"in\",\"batch_shape\":[null,2],\"dtype\":\"float32\"}}";

  private static String dense(String name, String from, int call, int output, String kwargs) {
    return "{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"name\":\""
        + name
        + "\",\"config\":{\"units\":2,\"name\":\""
        + name
        + "\"},\"inbound_nodes\":[{\"args\":[{\"class_name\":\"__keras_tensor__\",\"config\":{"
        + "\"shape\":[null,2],\"dtype\":\"float32\",\"keras_history\":[\""
        + from
        + "\","
        + call
        + ","
        + output
        + "]}}],\"kwargs\":{"
        + kwargs
        + "}}]}";
  }

  private static String model(String output, String... layers) {
    return "{\"module\":\"keras.src.models.functional\",\"class_name\":\"Functional\",\"config\":{\"name\":"
        + "\"m\",\"trainable\":true,\"layers\":["
        + String.join(",", layers)
        + "],\"input_layers\":[[\"in\",0,0]],\"output_layers\":"
        + output
        + "}}";
  }

  private static void fails(String json, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Models.fromJson(json))
        .withMessage(message);
  }

  @Test
  void layers_may_stand_in_any_order() {
    Model model =
        Models.fromJson(
            model(
                "{\"y\":[\"b\",0,0]}", dense("b", "a", 0, 0, ""), dense("a", "in", 0, 0, ""), IN));
    assertThat(model.outputNames()).containsExactly("b");
    assertThat(model.parameterCount()).isEqualTo(12);
  }

  @Test
  void circles_and_dangling_references_are_refused() {
    fails(
        model("[\"a\",0,0]", IN, dense("a", "b", 0, 0, ""), dense("b", "a", 0, 0, "")),
        "at /config/layers/1/inbound_nodes/0: this call waits for a tensor that is never made: the"
            + " calls form a circle");
    fails(
        model("[\"a\",0,0]", IN, dense("a", "odd", 0, 0, "")),
        "at /config/layers/1/inbound_nodes/0/args/0/config/keras_history: there is no layer \"odd\" in"
            + " this model");
    fails(
        model("[\"a\",0,0]", IN, dense("a", "in", 1, 0, "")),
        "at /config/layers/1/inbound_nodes/0/args/0/config/keras_history: layer \"in\" is called 1"
            + " times, not 2");
    fails(
        model("[\"a\",0,0]", IN, dense("a", "in", 0, 3, "")),
        "at /config/layers/1/inbound_nodes/0/args/0/config/keras_history: layer \"in\" has 1 outputs,"
            + " not 4");
    fails(
        model("[\"b\",0,0]", IN, dense("a", "in", 0, 0, "")),
        "at /config/output_layers: there is no layer \"b\" in this model");
    fails(model("[\"in\",0,0]", IN, IN), "at /config/layers/1: two layers are named \"in\"");
  }

  @Test
  void a_shape_that_does_not_fit_names_the_call() {
    String narrow = IN.replace("[null,2]", "[null,null]");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Models.fromJson(model("[\"a\",0,0]", narrow, dense("a", "in", 0, 0, ""))))
        .withMessageStartingWith("at /config/layers/1/inbound_nodes/0: Layer \"a\" (Dense)");
  }

  @Test
  void arguments_of_calls_are_passed_over_or_refused() {
    Models.fromJson(
        model("[\"a\",0,0]", IN, dense("a", "in", 0, 0, "\"mask\":null,\"training\":true")));
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                Models.fromJson(
                    model("[\"a\",0,0]", IN, dense("a", "in", 0, 0, "\"use_causal_mask\":true"))))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option use_causal_mask"));
  }

  @Test
  void an_unknown_operation_is_a_missing_class() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                Models.fromJson(
                    model(
                        "[\"a\",0,0]",
                        IN,
                        dense("a", "in", 0, 0, "")
                            .replace("keras.layers", "keras.src.ops.numpy")
                            .replace("Dense", "Fft99"))))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing class Fft99"));
  }

  // ---- compilation ------------------------------------------------------------------------

  private static void compile(String keys) {
    Model model = wide();
    ModelCodec.get()
        .compilation("{\"compile_config\":{\"optimizer\":\"sgd\"," + keys + "}}", model)
        .ifPresent(model::compile);
    assertThat(model.isCompiled()).isTrue();
    assertThat(model.optimizerVariables()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void reads_losses_of_every_form() {
    compile("\"loss\":\"mse\"");
    compile("\"loss\":[\"mse\",null],\"metrics\":[[\"mae\"],null]");
    compile(
        "\"loss\":{\"encoder\":{\"module\":\"keras.losses\",\"class_name\":\"MeanSquaredError\","
            + "\"config\":{}}},\"loss_weights\":{\"encoder\":0.5},\"run_eagerly\":false,"
            + "\"steps_per_execution\":3,\"jit_compile\":true");
    assertThat(ModelCodec.get().compilation("{\"compile_config\":{}}", wide())).isEmpty();
  }

  @Test
  void refuses_what_it_cannot_compile() {
    for (Map.Entry<String, String> e :
        Map.of(
                "\"loss\":\"mse\",\"patience\":2",
                "at /compile_config/patience: there is no such option, and the file sets it"
                    + " to 2",
                "\"loss\":[\"mse\"]",
                "at /compile_config/loss: expected one for each output of [dense, encoder], got 1",
                "\"loss\":{\"x\":\"mse\"}",
                "at /compile_config/loss/x: the model has no output of that name; it has [dense,"
                    + " encoder]")
            .entrySet()) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> compile(e.getKey()))
          .withMessage(e.getValue());
    }
  }

  private static final Loss LOSS = (tf, yTrue, yPred) -> tf.math.squaredDifference(yPred, yTrue);

  private static final Metric METRIC = Metrics.accuracy().named("odd");

  static Stream<Arguments> unwritable() {
    Compile sgd = Compile.with(SGD.of());
    return Stream.of(
        Arguments.of(Compile.with(AdamW.of().excludeFromWeightDecay("bias")), "/optimizer/config"),
        Arguments.of(
            Compile.with(LossScaleOptimizer.of(SGD.of().excludeFromWeightDecay("bias"))),
            "/optimizer/config/inner_optimizer/config"),
        Arguments.of(sgd.output("encoder", LOSS), "/loss/encoder"),
        Arguments.of(
            sgd.output("dense", MeanSquaredError.of(), Metrics.mae(), METRIC), "/metrics/dense/1"),
        Arguments.of(sgd.weightedMetrics("encoder", METRIC), "/weighted_metrics/encoder/0"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void what_cannot_be_written_is_named_by_its_place(Compile compile, String place) {
    Model model = wide();
    model.compile(compile);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ModelCodec.get().toCompiledJson(model))
        .satisfies(e -> assertThat(e.pointer()).isEqualTo("/compile_config" + place));
  }
}
