package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Compile;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.Models;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.layers.Conv2DTranspose;
import dev.ibex.layers.DepthwiseConv1D;
import dev.ibex.layers.DepthwiseConv2D;
import dev.ibex.layers.SeparableConv1D;
import dev.ibex.layers.SeparableConv2D;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.MeanAbsoluteError;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L2;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What files of Keras 2, and of early Keras 3, say otherwise. */
class Keras2JsonTest {
  private static final String SGD_2 =
      "{'class_name':'Custom>SGD','config':{'name':'sgd','is_legacy_optimizer':false,"
          + "'jit_compile':true,'learning_rate':0.5,'use_ema':false,'ema_momentum':0.99}}";

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  static Stream<Arguments> objects() {
    return Stream.of(
        Arguments.of(Optimizer.class, SGD_2, SGD.of(0.5)),
        Arguments.of(
            Optimizer.class,
            "{'class_name':'SGD','config':{'name':'sgd','learning_rate':0.5,'decay':0.0}}",
            SGD.of(0.5)),
        Arguments.of(
            Optimizer.class,
            "{'class_name':'LossScaleOptimizerV3','config':{'inner_optimizer':"
                + SGD_2
                + ",'dynamic':true,'initial_scale':4.0,'dynamic_growth_steps':7}}",
            LossScaleOptimizer.of(SGD.of(0.5)).initialScale(4).dynamicGrowthSteps(7)),
        Arguments.of(
            Loss.class,
            "{'class_name':'MeanSquaredError','config':{'name':'mean_squared_error',"
                + "'reduction':'auto','fn':'mean_squared_error'}}",
            MeanSquaredError.of()),
        Arguments.of(
            Regularizer.class,
            "{'class_name':'L2','config':{'l2':{'class_name':'__numpy__','config':{'value':0.5,"
                + "'dtype':'float32'}}}}",
            L2.of(0.5)),
        Arguments.of(
            Metric.class,
            "{'class_name':'MeanMetricWrapper','config':{'name':'far','dtype':'float32',"
                + "'fn':'mean_absolute_error'}}",
            MeanAbsoluteError.of().named("far")));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void objects_are_read(Class<?> type, String text, Object expected) {
    assertThat((Object) ConfigCodec.get().fromJson(type, json(text))).isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("{'class_name':'SGD','config':{'decay':0.1}}", "decay"),
        Arguments.of(
            "{'class_name':'LossScaleOptimizer','config':{'inner_optimizer':"
                + SGD_2
                + ",'dynamic':false}}",
            "dynamic"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_would_train_otherwise_is_refused(String text, String option) {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> ConfigCodec.get().fromJson(Optimizer.class, json(text)))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option " + option));
  }

  private static Layer layer(String className, String config) {
    return ConfigCodec.get()
        .fromJson(
            Layer.class, json("{'class_name':'%s','config':{%s}}".formatted(className, config)));
  }

  private static final String KERNEL =
      "'kernel_initializer':{'class_name':'GlorotUniform','config':{'seed':null}},"
          + "'kernel_regularizer':null,'kernel_constraint':null,";

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of("DepthwiseConv2D", "'groups':1,'kernel_size':[2,2]", DepthwiseConv2D.of(2)),
        Arguments.of("DepthwiseConv1D", "'groups':1,'kernel_size':[2]", DepthwiseConv1D.of(2)),
        Arguments.of(
            "SeparableConv2D",
            KERNEL + "'groups':1,'filters':3,'kernel_size':[2,1]",
            SeparableConv2D.of(3, 2, 1)),
        Arguments.of(
            "SeparableConv1D",
            KERNEL + "'groups':1,'filters':3,'kernel_size':[2]",
            SeparableConv1D.of(3, 2)),
        Arguments.of(
            "Conv2DTranspose",
            KERNEL + "'groups':1,'filters':3,'kernel_size':[2,2],'output_padding':null",
            Conv2DTranspose.of(3, 2)));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutions_without_kernels_or_groups_have_keys_of_those(
      String className, String config, Layer expected) {
    assertThat(layer(className, config).config()).isEqualTo(expected.config());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "DepthwiseConv2D, ``, groups, 2",
        "DepthwiseConv2D, ``, kernel_initializer, 'zeros'",
        "Conv2DTranspose, `'filters':2,`, groups, 2",
        "SeparableConv2D, `'filters':2,`, kernel_constraint, 'non_neg'"
      })
  void what_would_convolve_otherwise_is_refused(
      String className, String filters, String key, String value) {
    String config = filters + "'kernel_size':[2,2],'%s':%s".formatted(key, value);
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> layer(className, config))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option " + key));
  }

  private static final String EMBEDDING =
      "{'class_name':'Embedding','config':{'name':'embedding','batch_input_shape':[null,6],"
          + "'input_dim':9,'output_dim':4,'input_length':6}}";

  @Test
  void a_sequential_model_without_input_layer_has_the_shape_of_its_first_layer() {
    Model model =
        Models.fromJson(
            json("{'class_name':'Sequential','config':{'name':'s','layers':[" + EMBEDDING + "]}}"));
    assertThat(model.input().shape().asArray()).containsExactly(-1, 6);
    assertThat(model.output().shape().asArray()).containsExactly(-1, 6, 4);
  }

  private static String input(String name, int size) {
    return "{'class_name':'InputLayer','name':'%s','inbound_nodes':[],'config':{'name':'%s',"
            .formatted(name, name)
        + "'batch_input_shape':[null,%d],'dtype':'float32'}}".formatted(size);
  }

  private static String dense(String name, int units, String calls) {
    return "{'class_name':'Dense','name':'%s','config':{'name':'%s','units':%d},"
            .formatted(name, name, units)
        + "'inbound_nodes':["
        + calls
        + "]}";
  }

  private static String from(String layer, int call) {
    return "[['%s',%d,0,{}]]".formatted(layer, call);
  }

  private static String functional(String name, String layers, String in, String out) {
    return "'class_name':'Functional','config':{'name':'%s','layers':[%s],".formatted(name, layers)
        + "'input_layers':[%s],'output_layers':[%s]}".formatted(in, out);
  }

  private static final String INNER =
      functional(
          "inner",
          input("within", 3) + "," + dense("d", 3, from("within", 0)),
          "['within',0,0]",
          "['d',0,0]");

  @Test
  void calls_of_a_model_in_a_model_are_numbered_from_1() {
    String calls = from("in", 0) + "," + from("between", 0);
    String layers =
        input("in", 3)
            + ",{"
            + INNER
            + ",'name':'inner','inbound_nodes':["
            + calls
            + "]},"
            + dense("between", 3, from("inner", 1))
            + ","
            + dense("end", 2, from("inner", 2));
    Model model =
        Models.fromJson(
            json("{" + functional("m", layers, "['in',0,0]", "['end',0,0],['inner',2,0]") + "}"));
    assertThat(model.outputs()).extracting(t -> t.shape().get(1)).containsExactly(2L, 3L);
    // Keras 3 does so in the outputs of a functional model, and not in arguments
    String written = model.toJson();
    assertThat(written)
        .contains("\"output_layers\":[[\"end\",0,0],[\"inner\",2,0]]")
        .contains("\"keras_history\":[\"inner\",1,0]");
    assertThat(Models.fromJson(written).toJson()).isEqualTo(written);
  }

  @Test
  void the_training_config_of_an_h5_file_is_read() {
    Model model = Models.fromJson(json("{" + INNER + "}"));
    String text =
        "{'compile_config':{'loss':'mse','metrics':[[{'class_name':'MeanMetricWrapper','config':"
            + "{'name':'accuracy','dtype':'float32','fn':'binary_accuracy'}}]],"
            + "'weighted_metrics':null,'loss_weights':null,'optimizer_config':"
            + SGD_2
            + "}}";
    Compile compile = ModelCodec.get().compilation(json(text), model).orElseThrow();
    assertThat(compile.optimizer()).isEqualTo(SGD.of(0.5));
  }
}
