package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.activations.Activations;
import dev.ibex.config.Registry.Row;
import dev.ibex.constraints.MaxNorm;
import dev.ibex.constraints.MinMaxNorm;
import dev.ibex.constraints.NonNeg;
import dev.ibex.constraints.UnitNorm;
import dev.ibex.core.Activation;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.initializers.GlorotUniform;
import dev.ibex.initializers.RandomNormal;
import dev.ibex.layers.AveragePooling2D;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.LeakyReLU;
import dev.ibex.layers.MaxPooling1D;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.PReLU;
import dev.ibex.layers.Softmax;
import dev.ibex.layers.ZeroPadding2D;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L1;
import dev.ibex.regularizers.L1L2;
import dev.ibex.regularizers.L2;
import dev.ibex.regularizers.OrthogonalRegularizer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

class ConfigCodecTest {
  private static final ConfigCodec CODEC = ConfigCodec.get();

  static Collection<Row> rows() {
    return Registry.INSTANCE.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_built_in_survives_a_round_trip(Row row) {
    String json = CODEC.toJson(row.prototype());
    Object again = CODEC.fromJson(row.family().type(), json);
    assertThat(again.getClass()).isEqualTo(row.prototype().getClass());
    // as text, because shapes with unknown axes equal none
    assertThat(config(again)).hasToString(config(row.prototype()).toString());
    assertThat(CODEC.toJson(again)).isEqualTo(json);
  }

  private static Object config(Object object) {
    return object instanceof Layer layer ? layer.config() : object;
  }

  @Test
  void options_survive_and_doubles_keep_their_bits() {
    Dense dense =
        Dense.of(64)
            .activation(Activations.RELU)
            .useBias(false)
            .kernelInitializer(RandomNormal.of(0.1 + 0.2, Math.PI).seed(1L << 60))
            .kernelRegularizer(L2.of(1e-300))
            .named("logits")
            .trainable(false)
            .dtype(DTypePolicy.MIXED_BFLOAT16);
    Layer again = CODEC.fromJson(Layer.class, CODEC.toJson(dense));
    assertThat(again.config()).isEqualTo(dense.config());
    assertThat(again.trainable()).isFalse();
  }

  @Test
  void writes_what_keras_writes() {
    assertThat(CODEC.toJson(GlorotUniform.of().seed(3)))
        .isEqualTo(
            "{\"module\":\"keras.initializers\",\"class_name\":\"GlorotUniform\",\"config\":{\"seed\":3,"
                + "\"input_axes\":null,\"output_axes\":null},\"registered_name\":null}");
    assertThat(CODEC.toJson(Activations.LEAKY_RELU)).isEqualTo("\"leaky_relu\"");
    assertThat(CODEC.toJson(Regularizer.NONE)).isEqualTo("null");
    assertThat(CODEC.toJson(MaxPooling2D.of(2).named("pool")))
        .contains(
            "\"pool_size\":[2,2]", "\"padding\":\"valid\"", "\"data_format\":\"channels_last\"")
        .contains("\"dtype\":{\"module\":\"keras\",\"class_name\":\"DTypePolicy\"");
  }

  @Test
  void absent_keys_take_the_defaults() {
    Layer dense = CODEC.fromJson(Layer.class, layer("Dense", "\"units\":3,\"dtype\":\"float64\""));
    assertThat(dense.config()).isEqualTo(Dense.of(3).dtype(DTypePolicy.FLOAT64).config());
  }

  @Test
  void reads_names_and_objects_without_a_module() {
    assertThat(CODEC.fromJson(Initializer.class, "\"glorot_uniform\""))
        .isEqualTo(GlorotUniform.of());
    assertThat(CODEC.fromJson(Regularizer.class, "\"l1\"")).isEqualTo(L1.of());
    assertThat(CODEC.fromJson(Regularizer.class, "\"l2\"")).isEqualTo(L2.of());
    assertThat(CODEC.fromJson(Regularizer.class, "\"l1l2\"")).isEqualTo(L1L2.of());
    assertThat(CODEC.fromJson(Regularizer.class, "\"L1L2\"")).isEqualTo(L1L2.of());
    assertThat(CODEC.fromJson(Regularizer.class, "\"orthogonal_regularizer\""))
        .isEqualTo(OrthogonalRegularizer.of());
    assertThat(CODEC.fromJson(Constraint.class, "\"max_norm\"")).isEqualTo(MaxNorm.of());
    assertThat(CODEC.fromJson(Constraint.class, "\"non_neg\"")).isEqualTo(NonNeg.of());
    assertThat(CODEC.fromJson(Constraint.class, "\"unit_norm\"")).isEqualTo(UnitNorm.of());
    assertThat(CODEC.fromJson(Constraint.class, "\"min_max_norm\"")).isEqualTo(MinMaxNorm.of());
    assertThat(CODEC.fromJson(Constraint.class, "\"UnitNorm\"")).isEqualTo(UnitNorm.of());
    assertThat(CODEC.fromJson(Activation.class, "\"swish\"")).isEqualTo(Activations.SILU);
    assertThat(
            CODEC.fromJson(
                Activation.class,
                "{\"module\":\"builtins\",\"class_name\":\"function\",\"config\":\"relu\"}"))
        .isEqualTo(Activations.RELU);
    assertThat(CODEC.fromJson(Loss.class, "\"mse\"").name()).isEqualTo("mse");
    assertThat(CODEC.fromJson(Metric.class, "\"accuracy\"").name()).isEqualTo("accuracy");
    assertThat(
            CODEC.fromJson(
                Optimizer.class, "{\"class_name\":\"SGD\",\"config\":{\"learning_rate\":0.5}}"))
        .isEqualTo(SGD.of(0.5));
    assertThat(
            ((BatchNormalization)
                    CODEC.fromJson(Layer.class, layer("BatchNormalization", "\"axis\":[3]")))
                .config()
                .axis())
        .isEqualTo(3);
  }

  @Test
  void an_unknown_key_that_asks_for_nothing_is_passed_over() {
    CODEC.fromJson(Layer.class, layer("Dense", "\"units\":3,\"quantization_config\":null"));
    CODEC.fromJson(
        Optimizer.class,
        "{\"class_name\":\"SGD\",\"config\":{\"use_ema\":false,\"ema_momentum\":0.99}}");
  }

  @Test
  void an_unknown_key_that_is_set_is_a_missing_option() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Layer.class, layer("Dense", "\"units\":3,\"name\":\"d\",\"lora_rank\":4")))
        .withMessage(
            "at /config/lora_rank: there is no such option, and the file sets it to 4"
                + " (keras.layers.Dense \"d\")")
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option lora_rank"));
  }

  @Test
  void an_unknown_class_is_missing() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Layer.class,
                    layer(
                        "Dense",
                        "\"units\":3,\"kernel_initializer\":{\"class_name\":\"Odd\",\"config\":{}}")))
        .withMessage(
            "at /config/kernel_initializer: there is no initializer Odd (keras.layers.Dense)")
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing class Odd"));
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> CODEC.fromJson(Activation.class, "\"odd\""))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing function odd"));
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Optimizer.class,
                    "{\"class_name\":\"SGD\",\"config\":{\"learning_rate\":{\"module\":"
                        + "\"keras.optimizers.schedules\",\"class_name\":\"OddDecay\"}}}"))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing class OddDecay"));
  }

  @Test
  void a_class_of_another_module_is_not_ours() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Layer.class,
                    "{\"module\":\"mine\",\"class_name\":\"Dense\",\"registered_name\":\"mine>Dense\","
                        + "\"config\":{\"units\":1}}"))
        .withMessageContaining("ConfigCodec.get().register(\"mine>Dense\", …)");
  }

  @Test
  void what_keras_writes_of_a_layer_without_a_constructor_asks_for_nothing() {
    CODEC.register("mine>Bare", DialectsTest.Own.of());
    String bare =
        "{\"module\":\"mine\",\"class_name\":\"Bare\",\"registered_name\":\"mine>Bare\",\"config\":"
            + "{\"name\":\"b\",\"activity_regularizer\":%s,\"autocast\":true}}";
    assertThat(CODEC.fromJson(Layer.class, String.format(bare, "null")))
        .isInstanceOf(DialectsTest.Own.class);
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> CODEC.fromJson(Layer.class, String.format(bare, "\"l2\"")))
        .withMessageContaining("/config/activity_regularizer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Model", "Functional", "Sequential", "Lambda", "Dense"})
  void a_registered_class_is_the_user_s_whatever_keras_calls_so(String className) {
    CODEC.register("mine>" + className, DialectsTest.Own.of());
    assertThat(CODEC.fromJson(Layer.class, object("__main__", className, "mine>" + className)))
        .isInstanceOf(DialectsTest.Own.class);
  }

  @Test
  void a_class_that_python_did_not_register_is_known_by_its_module() {
    String written = object("my.models", "Plain", "Plain");
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> CODEC.fromJson(Layer.class, written))
        .withMessageContaining("register(\"my.models>Plain\", …)");
    CODEC.register("my.models>Plain", DialectsTest.Own.of());
    assertThat(CODEC.fromJson(Layer.class, written)).isInstanceOf(DialectsTest.Own.class);
  }

  @ParameterizedTest
  @CsvSource({
    "__main__,         Model,      other>Model,     in the module __main__",
    "__main__,         Model,      Model,           in the module __main__",
    "keras.layers,     Dense,      other>Dense,     'register(\"other>Dense\", …)'",
    ",                 Lambda,     other>Lambda,    'register(\"other>Lambda\", …)'",
    "keras.losses,     Dense,      ,                in the module keras.losses",
    "keras.losses,     Sequential, ,                in the module keras.losses",
    "kerasy.layers,    Dense,      ,                in the module kerasy.layers",
    "builtins,         Dense,      ,                in the module builtins"
  })
  void a_class_that_is_only_called_like_one_of_keras_is_unknown(
      @Nullable String module, String className, @Nullable String registeredName, String expected) {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> CODEC.fromJson(Layer.class, object(module, className, registeredName)))
        .withMessageStartingWith("at /: there is no layer " + className)
        .withMessageContaining(expected)
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing class " + className));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras",
        "keras.layers",
        "keras.layers.core.flatten",
        "keras.src.layers.reshaping.flatten",
        "tf_keras.src.layers.reshaping.flatten",
        "tensorflow.keras.layers"
      })
  void modules_of_every_version_are_keras_s(String module) {
    assertThat(CODEC.fromJson(Layer.class, object(module, "Flatten", null)))
        .isInstanceOf(Flatten.class);
  }

  @Test
  void a_function_of_another_module_is_not_ours() {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Activation.class,
                    "{\"module\":\"mine\",\"class_name\":\"function\",\"config\":\"relu\"}"))
        .withMessage("at /: there is no activation relu in the module mine");
  }

  private static String object(
      @Nullable String module, String className, @Nullable String registeredName) {
    return "{"
        + (module == null ? "" : "\"module\":\"" + module + "\",")
        + (registeredName == null ? "" : "\"registered_name\":\"" + registeredName + "\",")
        + "\"class_name\":\""
        + className
        + "\",\"config\":{}}";
  }

  @Test
  void names_and_short_forms_that_files_have_are_read() {
    assertThat(read("LeakyReLU", "\"alpha\":0.25")).isEqualTo(LeakyReLU.of(0.25).config());
    assertThat(read("PReLU", "\"shared_axes\":1")).isEqualTo(PReLU.of().sharedAxes(1).config());
    assertThat(read("Softmax", "\"axis\":[1,2]")).isEqualTo(Softmax.of().axis(1, 2).config());
    assertThat(read("ZeroPadding2D", "\"padding\":3")).isEqualTo(ZeroPadding2D.of(3).config());
    assertThat(read("ZeroPadding2D", "\"padding\":[1,2]"))
        .isEqualTo(ZeroPadding2D.of(1, 2).config());
    assertThat(read("ZeroPadding2D", "\"padding\":[[1,2],[3,4]]"))
        .isEqualTo(ZeroPadding2D.of(1, 2, 3, 4).config());
    assertThat(read("AveragePooling2D", "\"pool_size\":[3],\"strides\":null"))
        .isEqualTo(AveragePooling2D.of(3).config());
    assertThat(read("MaxPooling1D", "\"pool_size\":3")).isEqualTo(MaxPooling1D.of(3).config());
  }

  private static Object read(String className, String config) {
    return CODEC.fromJson(Layer.class, layer(className, config)).config();
  }

  @Test
  void errors_have_the_place() {
    fails(layer("Dense", ""), "at /config: the key \"units\" is missing (keras.layers.Dense)");
    fails(
        layer("Dense", "\"units\":-4,\"name\":\"dense_1\""),
        "at /config/units: expected a positive integer, got -4 (keras.layers.Dense \"dense_1\")");
    fails(
        layer("Dense", "\"units\":2.5"),
        "at /config/units: expected a whole number of 32 bits, got 2.5 (keras.layers.Dense)");
    fails(
        layer("Dense", "\"units\":1,\"use_bias\":\"yes\""),
        "at /config/use_bias: expected true or false, got \"yes\" (keras.layers.Dense)");
    fails(
        layer("Conv2D", "\"filters\":1,\"kernel_size\":[1,2,3]"),
        "at /config/kernel_size: expected 2 positive integers, got [1, 2, 3] (keras.layers.Conv2D)");
    fails(
        layer("LeakyReLU", "\"alpha\":-1"),
        "at /config/alpha: expected a number of at least 0, got -1.0 (keras.layers.LeakyReLU)");
    fails("{\"config\":{}}", "at /: the key \"class_name\" is missing");
    fails("[1]", "at /: expected a layer, got [1]");
    fails("{\"a\":1,\"a\":2}", null);
    fails("{", null);
    fails("{} {}", null);
    fails("[".repeat(5000), null);
  }

  private static void fails(String json, @Nullable String message) {
    var thrown =
        assertThatExceptionOfType(ConfigException.class)
            .isThrownBy(() -> CODEC.fromJson(Layer.class, json));
    if (message != null) {
      thrown.withMessage(message);
    }
  }

  @Test
  void lambdas_are_refused_with_what_to_do() {
    Dense dense = Dense.of(1).kernelRegularizer((tf, x) -> x);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> CODEC.toJson(dense))
        .withMessageStartingWith("at /config/kernel_regularizer: a lambda cannot be written;")
        .withMessageContaining("ConfigCodec.get().register(");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> CODEC.toJson(new Doubled(1)))
        .withMessageContaining("ConfigCodec.get().register(\"my_package>Doubled\", …)");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> CODEC.toJson(Activations.elu(0.3)))
        .withMessageContaining("elu{alpha=0.3}");
  }

  /** Of a user, never registered. */
  public record Doubled(double by) implements Regularizer {
    @Override
    public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
      return x;
    }
  }

  /** Of a user. */
  public record Tripled(double by, List<Integer> sizes) implements Regularizer {
    @Override
    public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
      return x;
    }
  }

  @Test
  void a_registered_record_is_written_and_read() {
    CODEC.register("mine>Tripled", new Tripled(3, List.of()));
    CODEC.register("mine>Tripled", new Tripled(3, List.of())); // again is no fault
    Dense dense = Dense.of(1).kernelRegularizer(new Tripled(0.5, List.of(1, 2)));
    String json = CODEC.toJson(dense);
    assertThat(json)
        .contains("\"module\":\"mine\",\"class_name\":\"Tripled\"")
        .contains("\"registered_name\":\"mine>Tripled\"");
    assertThat(CODEC.fromJson(Layer.class, json).config()).isEqualTo(dense.config());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CODEC.register("mine>Tripled", new Doubled(1)))
        .withMessageContaining("is taken by");
    CODEC.register("mine>Tripled", new Tripled(3, List.of())); // what was refused changed nothing
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CODEC.register("mine>MyDense", Dense.of(1)))
        .withMessageContaining("is one of Keras's own");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CODEC.register("Tripled", new Tripled(3, List.of())))
        .withMessageContaining("my_package>MyClass");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "normalize, false",
        "normalize, null",
        "normalize, []",
        "fn, `'mse'`",
        "implementation, 2",
        "input_length, 3",
        "jit_compile, true",
        "ema_momentum, 0.9"
      })
  void no_key_of_a_user_s_class_is_passed_over(String key, String value) {
    CODEC.register("mine>Halved", new Halved(2));
    String config = "{\"by\":2,\"" + key + "\":" + value.replace('\'', '"') + "}";
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(
            () ->
                CODEC.fromJson(
                    Regularizer.class,
                    "{\"class_name\":\"Halved\",\"registered_name\":\"mine>Halved\","
                        + "\"config\":"
                        + config
                        + "}"))
        .withMessageStartingWith("at /config/" + key + ": there is no such option")
        .withMessageContaining("give Halved a component for it");
  }

  @ParameterizedTest
  @CsvSource({
    "Dense,   fn,              3",
    "Dense,   input_length,    3",
    "Dense,   jit_compile,     true",
    "Dense,   decay,           0"
  })
  void a_key_is_only_passed_over_in_the_classes_that_have_it(
      String className, String key, String value) {
    assertThatExceptionOfType(UnsupportedConfigException.class)
        .isThrownBy(() -> read(className, "\"units\":3,\"" + key + "\":" + value))
        .satisfies(e -> assertThat(e.missing()).isEqualTo("missing option " + key));
  }

  /** Of a user. */
  public record Halved(double by) implements Regularizer {
    @Override
    public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
      return x;
    }
  }

  private static String layer(String className, String config) {
    return "{\"module\":\"keras.layers\",\"class_name\":\""
        + className
        + "\",\"config\":{"
        + config
        + "},\"registered_name\":null}";
  }
}
