package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Compile;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.Argument;
import dev.ibex.core.Call;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Metric;
import dev.ibex.core.Operation;
import dev.ibex.core.Optimizer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.initializers.GlorotUniform;
import dev.ibex.layers.Dense;
import dev.ibex.metrics.BinaryAccuracy;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.RMSprop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** What programs before Keras 3, and calls in other forms than the usual, wrote. */
class DialectsTest {
  /** JSON with its quotes as {@code '}. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  // ---- calls ------------------------------------------------------------------------------

  private static final String I =
      "{'class_name':'__keras_tensor__','config':{'keras_history':['i',0,0]}}";
  private static final String J =
      "{'class_name':'__keras_tensor__','config':{'keras_history':['j',0,0]}}";
  private static final String ADD = "'class_name':'Add','config':{'trainable':true}";
  private static final String DROPOUT = "'class_name':'Dropout','config':{'rate':0.5}";
  private static final String INNER =
      "'class_name':'Functional','config':{'name':'inner','layers':["
          + input("b")
          + ","
          + input("a")
          + ",{'class_name':'Subtract','name':'s','config':{},'inbound_nodes':[[['b',0,0,{}],['a',0,0,{}]]]}"
          + "],'input_layers':[['b',0,0],['a',0,0]],'output_layers':[['s',0,0]]}";

  private static String input(String name) {
    return "{'class_name':'InputLayer','name':'"
        + name
        + "','inbound_nodes':[],'config':{'name':'"
        + name
        + "','batch_input_shape':[null,2],'dtype':'float32','sparse':false,'ragged':false}}";
  }

  private static Model model(String layer, String call, int first) {
    return Models.fromJson(
        json(
            "{'class_name':'Functional','config':{'name':'m','layers':["
                + input("i")
                + ","
                + input("j")
                + ",{"
                + layer
                + ",'name':'x','inbound_nodes':["
                + call
                + "]}],'input_layers':[['i',0,0],['j',0,0]],'output_layers':[['x',"
                + first
                + ",0]]}}"));
  }

  @Test
  void a_class_without_module_that_has_no_trainability_is_an_operation() {
    try (Model model =
        model(
            "'class_name':'Multiply','config':{'name':'x'}",
            "{'args':[" + I + ",2],'kwargs':{}}",
            0)) {
      assertThat(model.layer("x")).isInstanceOf(Operation.class);
    }
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of(ADD, "{'args':[[" + I + "," + J + "]],'kwargs':{}}", "ij"),
        Arguments.of(ADD, "{'args':[],'kwargs':{'inputs':[" + I + "," + J + "]}}", "ij"),
        Arguments.of(
            ADD,
            "{'args':[{'class_name':'__tuple__','items':[" + J + "," + I + "]}],'kwargs':{}}",
            "ji"),
        Arguments.of(ADD, "[['i',0,0,{}],['j',0,0,{}]]", "ij"),
        Arguments.of(DROPOUT, "{'args':[" + I + "],'kwargs':{'training':true}}", "i"),
        Arguments.of(DROPOUT, "{'args':[],'kwargs':{'inputs':" + J + ",'training':null}}", "j"),
        Arguments.of(DROPOUT, "{'args':[" + I + ",null,false],'kwargs':{}}", "i"),
        Arguments.of(DROPOUT, "[['i',0,0,{'training':['_CONSTANT_VALUE',-1,true]}]]", "i"),
        Arguments.of(
            INNER,
            "{'args':[{'a':" + I + ",'b':" + J + "}],'kwargs':{'mask':{'a':null,'b':null}}}",
            "ji"),
        Arguments.of(INNER, "{'a':['i',0,0,{}],'b':['j',0,0,{}]}", "ji"),
        Arguments.of(
            INNER, "{'args':[[" + J + "," + I + "]],'kwargs':{'mask':[null,null]}}", "ji"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void tensors_are_found_however_a_layer_was_called(String layer, String call, String inputs) {
    try (Model model = model(layer, call, layer.equals(INNER) ? 1 : 0)) {
      StringBuilder found = new StringBuilder();
      model.output().node().arguments().inputs().forEach(t -> found.append(name(model, t)));
      assertThat(found).hasToString(inputs);
    }
  }

  private static String name(Model model, SymbolicTensor tensor) {
    return model.network().name(tensor.node().layer());
  }

  @Test
  void a_mask_among_the_arguments_of_keras_2_is_a_tensor() {
    String call = "[['i',0,0,{'mask':['j',0,0]}]]";
    try (Model model = model("'class_name':'BatchNormalization','config':{}", call, 0)) {
      assertThat(model.output().node().arguments().named())
          .containsEntry("mask", Argument.of(model.network().inputs().get(1)));
    }
  }

  @Test
  void other_literals_are_refused_by_name() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> model(DROPOUT, "{'args':[" + I + "],'kwargs':{'scale':2}}", 0))
        .withMessageStartingWith("at /config/layers/2/inbound_nodes/0/kwargs/scale");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> model(DROPOUT, "{'args':[" + I + ",3],'kwargs':{}}", 0))
        .withMessageStartingWith("at /config/layers/2/inbound_nodes/0: expected tensors");
  }

  private static final String NORM = "'class_name':'BatchNormalization','config':{}";

  @ParameterizedTest
  @ValueSource(strings = {"false", "true", "[false,null]"})
  void a_literal_in_the_place_of_a_tensor_is_refused(String value) {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> model(NORM, "{'args':[" + I + "],'kwargs':{'mask':" + value + "}}", 0))
        .withMessageStartingWith("at /config/layers/2/inbound_nodes/0/kwargs/mask")
        .withMessageContaining("mask: expected a tensor, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'mask':null", "'mask':[null]", "'scale':false"})
  void an_argument_that_gives_nothing_is_passed_over(String argument) {
    try (Model model = model(NORM, "{'args':[" + I + "],'kwargs':{" + argument + "}}", 0)) {
      assertThat(model.output().node().arguments().named()).isEmpty();
    }
  }

  // ---- objects ----------------------------------------------------------------------------

  static Stream<Arguments> objects() {
    Layer dense = Dense.of(2).named("d");
    return Stream.of(
        Arguments.of(
            Layer.class,
            "{'class_name':'Dense','config':{'name':'d','units':2,'dtype':{'class_name':'PolicyV1',"
                + "'config':{'name':'float32','loss_scale':null}},'batch_input_shape':[null,3],"
                + "'groups':1},'registered_name':null,'shared_object_id':1}",
            dense),
        Arguments.of(
            Initializer.class,
            "{'class_name':'GlorotUniform','config':{'seed':null,'dtype':'float32'}}",
            GlorotUniform.of()),
        Arguments.of(
            Optimizer.class,
            "{'class_name':'Adam','config':{'name':'Adam','lr':0.01,'decay':0,'weight_decay':false,"
                + "'amsgrad':false}}",
            Adam.of(0.01).named("Adam")));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void objects_of_keras_2_are_read(Class<?> type, String text, Object expected) {
    Object read = ConfigCodec.get().fromJson(type, json(text));
    Object config = read instanceof Layer layer ? layer.config() : read;
    assertThat(config).isEqualTo(expected instanceof Layer layer ? layer.config() : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Dense,    'units':2|'groups':2,                            groups",
    "Dense,    'units':2|'time_major':true,                     time_major",
    "Reshape,  'target_shape':[2]|'batch_size':4,               batch_size"
  })
  void an_option_that_changes_numbers_is_refused(String type, String config, String option) {
    String text =
        "{'class_name':'"
            + type
            + "','config':{"
            + config.replace("\"", "'").replace('|', ',')
            + "}}";
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> ConfigCodec.get().fromJson(Layer.class, json(text)))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option " + option));
  }

  @Test
  void a_sequential_model_may_be_a_list_that_begins_with_a_model() {
    String layers = "[{'class_name':'Dense','config':{'units':2,'batch_input_shape':[null,3]}}]";
    String text =
        "{'class_name':'Sequential','config':[{'class_name':'Sequential','config':"
            + layers
            + "},{'class_name':'Dense','config':{'units':1}}],'keras_version':'2.2.4','backend':"
            + "'tensorflow'}";
    Model model = Models.fromJson(json(text));
    assertThat(model.input().shape().get(1)).isEqualTo(3);
    assertThat(model.parameterCount()).isEqualTo(3 * 2 + 2 + 2 + 1);
  }

  // ---- Lambda -----------------------------------------------------------------------------

  private static final String LAMBDA =
      "{'class_name':'Sequential','config':{'name':'s','layers':["
          + input("i")
          + ",{'class_name':'Lambda','config':{'name':'%s','trainable':true,'dtype':'float32',"
          + "'function':['4wEAAAA=',null,null],'function_type':'lambda','module':'__main__',"
          + "'output_shape':null,'output_shape_type':'raw','output_shape_module':null,"
          + "'arguments':{}}}]}}";

  @Test
  void python_code_is_refused_with_what_to_do() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> Models.fromJson(json(String.format(LAMBDA, "twice"))))
        .withMessageContaining("the layer \"twice\" is a Lambda, whose function is Python code")
        .withMessageContaining("ConfigCodec.get().register(\"Lambda>twice\", …)")
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing class Lambda"));
  }

  @Test
  void a_registered_layer_takes_the_place_of_python_code() {
    ConfigCodec.get().register("Lambda>own", Own.of());
    Model model = Models.fromJson(json(String.format(LAMBDA, "own")));
    assertThat(model.layer("own")).isInstanceOf(Own.class);
    assertThat(Models.fromJson(model.toJson()).layer("own")).isInstanceOf(Own.class);
  }

  // ---- compilations -----------------------------------------------------------------------

  private static Compile training(String text) {
    Model model = Sequential.of(Input.of(2), Dense.of(1));
    return ModelCodec.get().training(json(text), model);
  }

  @Test
  void metrics_that_were_given_by_name_keep_their_key() {
    Compile compile =
        training(
            "{'loss':'mse','metrics':[[{'class_name':'MeanMetricWrapper','config':{'name':"
                + "'accuracy','dtype':'float32','fn':'binary_accuracy'}}]],'weighted_metrics':null,"
                + "'loss_weights':null,'sample_weight_mode':[null],'optimizer_config':{'class_name':"
                + "'RMSprop','config':{'name':'RMSprop','learning_rate':0.01,'use_ema':false,"
                + "'ema_overwrite_frequency':100,'ema_momentum':0.5}}}");
    Metric metric = compile.targets(List.of("dense")).get(0).metrics().get(0);
    assertThat(metric).isEqualTo(BinaryAccuracy.of().named("accuracy"));
    assertThat(compile.optimizer()).isEqualTo(RMSprop.of(0.01).named("RMSprop"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'sample_weight_mode':'temporal' | 'decay':0.0 | sample_weight_mode",
        "'sample_weight_mode':null | 'decay':0.01 | decay",
        "'sample_weight_mode':null | 'schedule_decay':0.004 | schedule_decay"
      })
  void what_would_train_otherwise_is_refused(String key, String optimizer, String option) {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                training(
                    "{'loss':'mse',"
                        + key
                        + ",'optimizer_config':{'class_name':'Nadam','config':{"
                        + optimizer
                        + "}}}"))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option " + option));
  }

  /** A layer with a record of its settings. */
  static final class Own extends UnaryLayer {
    /** Its settings: none but the common ones. */
    public record Config(LayerOptions options) implements LayerConfig {}

    private Own(Config config) {
      super(config, Own::new);
    }

    static Own of() {
      return new Own(new Config(LayerOptions.DEFAULT));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.add(x, x);
    }
  }
}
