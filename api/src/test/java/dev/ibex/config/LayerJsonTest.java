package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.constraints.MaxNorm;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.graph.Array;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dot;
import dev.ibex.layers.Normalization;
import dev.ibex.layers.Rescaling;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.SpatialDropout1D;
import dev.ibex.layers.TimeDistributed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Settings of layers in the forms that Keras gives them. */
class LayerJsonTest {
  static Stream<Arguments> written() {
    return Stream.of(
        Arguments.of(Dot.of(1), "\"axes\":1,"),
        Arguments.of(Dot.of(-1, 2), "\"axes\":[-1,2],"),
        Arguments.of(Reshape.of(2, -1), "\"target_shape\":[2,-1]"),
        Arguments.of(Rescaling.of(0.5), "\"scale\":0.5,\"offset\":0.0"),
        Arguments.of(
            Rescaling.of(new double[] {1, 2}).offset(new double[] {3}),
            "\"scale\":[1.0,2.0],\"offset\":[3.0]"),
        Arguments.of(Normalization.of(), "\"axis\":[-1],\"mean\":null,\"variance\":null"),
        Arguments.of(
            Normalization.of().axis().mean(1).variance(2),
            "\"axis\":[],\"mean\":1.0,\"variance\":2.0"),
        Arguments.of(
            Normalization.of()
                .axis(1, 2)
                .mean(Array.of(Shape.of(2, 1), 1f, 2f))
                .variance(Array.of(Shape.of(2, 1), 3f, 4f)),
            "\"mean\":[[1.0],[2.0]],\"variance\":[[3.0],[4.0]]"),
        Arguments.of(
            SpatialDropout1D.of(0.25).dtype(DTypePolicy.MIXED_BFLOAT16).trainable(false),
            "\"config\":{\"name\":null,\"dtype\":\"mixed_bfloat16\",\"rate\":0.25,\"seed\":null}"),
        Arguments.of(
            TimeDistributed.of(Dense.of(3).named("inside")),
            "\"layer\":{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"config\":{\"name\":\"inside\""));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("written")
  void a_setting_is_written_as_keras_writes_it_and_read_again(Layer layer, String part) {
    String json = ConfigCodec.get().toJson(layer);
    assertThat(json).contains(part);
    assertThat(ConfigCodec.get().toJson(ConfigCodec.get().fromJson(Layer.class, json)))
        .isEqualTo(json);
  }

  private static Layer read(String className, String config) {
    return ConfigCodec.get()
        .fromJson(
            Layer.class,
            "{\"module\": \"keras.layers\", \"class_name\": \""
                + className
                + "\", \"config\": "
                + config
                + ", \"registered_name\": null}");
  }

  @Test
  void the_axes_of_a_constraint_are_one_several_or_all() {
    for (MaxNorm norm :
        List.of(MaxNorm.of(2), MaxNorm.of(2).axis(0, 1), new MaxNorm(2, List.of()))) {
      String json = ConfigCodec.get().toJson(norm);
      assertThat(json)
          .contains("\"axis\":" + List.of("null", "0", "[0,1]").get(norm.axis().size()) + "}");
      assertThat(ConfigCodec.get().fromJson(Constraint.class, json)).isEqualTo(norm);
    }
  }

  @Test
  void other_forms_that_keras_writes_are_read() {
    String numpy =
        "{\"class_name\": \"__numpy__\", \"config\": {\"value\": [1.5, 2], \"dtype\": \"float64\"}}";
    assertThat(read("Rescaling", "{\"scale\": " + numpy + ", \"offset\": -1}").config())
        .isEqualTo(Rescaling.of(new double[] {1.5, 2}).offset(-1).config());
    assertThat(read("Reshape", "{\"target_shape\": [null, 2]}").config())
        .isEqualTo(Reshape.of(-1, 2).config());
    assertThat(read("Normalization", "{\"axis\": null}").config())
        .isEqualTo(Normalization.of().axis().config());
    assertThat(read("Normalization", "{\"axis\": 1}").config())
        .isEqualTo(Normalization.of().axis(1).config());
    String inner = "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"bn\"}}";
    TimeDistributed.Config wrapper =
        (TimeDistributed.Config)
            read("TimeDistributed", "{\"trainable\": false, \"layer\": " + inner + "}").config();
    assertThat(wrapper.layer().config()).isEqualTo(BatchNormalization.of().named("bn").config());
    assertThat(wrapper.layer().trainable()).as("as in Keras, where the file says so").isTrue();
  }

  @Test
  void what_does_not_fit_is_refused_at_its_place() {
    assertThatThrownBy(() -> read("Dot", "{\"axes\": [1, 2, 3]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/config/axes")
        .hasMessageContaining(
            "expected one axis, or one for each of the two inputs, got [1, 2, 3]");
    assertThatThrownBy(() -> read("Rescaling", "{\"scale\": [[1, 2], [3]]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/config/scale")
        .hasMessageContaining("expected rows of one length, got [[1,2],[3]]");
    assertThatThrownBy(() -> read("Rescaling", "{\"scale\": [\"a\"]}"))
        .hasMessageContaining("/config/scale/0")
        .hasMessageContaining("expected a number, got \"a\"");
    assertThatThrownBy(() -> read("TimeDistributed", "{}"))
        .hasMessageContaining("the key \"layer\" is missing");
    assertThatThrownBy(
            () ->
                read(
                    "TimeDistributed",
                    "{\"layer\": {\"class_name\": \"Densest\"," + " \"config\": {}}}"))
        .hasMessageContaining("/config/layer")
        .hasMessageContaining("there is no layer Densest");
  }
}
