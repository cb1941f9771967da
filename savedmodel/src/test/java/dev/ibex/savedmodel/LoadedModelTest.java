package dev.ibex.savedmodel;

import static dev.ibex.savedmodel.SavedModelFixtures.folder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Prediction;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** SavedModels of Python compute what they compute there. */
class LoadedModelTest {
  private static final float[][] ROW = {{1, 2, 3, 4}};

  private static void assertSame(String what, Array actual, Array expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    assertThat(actual.dtype()).as(what).isEqualTo(expected.dtype());
    if (expected.dtype() == DType.STRING) {
      assertThat(actual.strings()).as(what).isEqualTo(expected.strings());
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.number(i);
      assertThat(actual.number(i)).as(what).isCloseTo(e, within(1e-6 + 1e-5 * Math.abs(e)));
    }
  }

  private static void assertComputes(LoadedModel model, String fixture) {
    List<SavedModelFixtures.Call> calls = SavedModelFixtures.calls(fixture);
    assertThat(calls).isNotEmpty();
    for (SavedModelFixtures.Call c : calls) {
      Prediction outputs = model.function(c.signature()).call(c.inputs());
      assertThat(outputs.all()).as(c.signature()).containsOnlyKeys(c.outputs().keySet());
      c.outputs().forEach((name, y) -> assertSame(c + " " + name, outputs.get(name), y));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp",
        "cnn",
        "two",
        "rnn",
        "transformer",
        "text",
        "tabular",
        "mlp_tf",
        "text_tf",
        "tabular_tf",
        "module",
        "kinds",
        "tf1"
      })
  void computesWhatPythonComputes(String fixture) {
    try (LoadedModel model = SavedModels.load(folder(fixture))) {
      assertComputes(model, fixture);
    }
  }

  @Test
  void worksAfterItWasMoved(@TempDir Path elsewhere) {
    Path moved = SavedModelFixtures.copy("tf1", elsewhere.resolve("a b%20ü"));
    try (LoadedModel model = SavedModels.load(moved)) {
      assertComputes(model, "tf1");
    }
  }

  @Test
  void saysWhatItsFunctionsTakeAndReturn() {
    try (LoadedModel model = SavedModels.load(folder("two"))) {
      assertThat(model.tags()).containsExactly("serve");
      assertThat(model.signatures()).containsOnlyKeys("serve", "serving_default");
      Signature s = model.function("serving_default").signature();
      assertThat(s)
          .hasToString(
              "serving_default(a_second: float32(?, 2), b_first: float32(?, 3))"
                  + " -> p: float32(?, 1), q: float32(?, 2)");
      assertThat(s.methodName()).isEqualTo("tensorflow/serving/predict");
    }
  }

  @Test
  void showsShapesOfAnyRank() {
    try (LoadedModel model = SavedModels.load(folder("kinds"))) {
      assertThat(model.function("any_rank").signature())
          .hasToString("any_rank(x: float32(any rank)) -> sum: float32()");
    }
  }

  @Test
  void choosesAGraphByAllItsTags() {
    Path tf1 = folder("tf1");
    try (LoadedModel plain = SavedModels.load(tf1, Set.of("serve"));
        LoadedModel twice = SavedModels.load(tf1, Set.of("double", "serve"))) {
      float[][] x = {{1, 1}};
      assertThat(plain.predict(x).floats()).containsExactly(12);
      assertThat(twice.predict(x).floats()).containsExactly(21);
      assertThat(twice.tags()).containsExactlyInAnyOrder("serve", "double");
      assertThat(twice.function("look_up").call(Array.of(new String[] {"green"})).array().ints())
          .containsExactly(1);
    }
  }

  @Test
  void predictsFromArraysOfJava() {
    try (LoadedModel mlp = SavedModels.load(folder("mlp"));
        LoadedModel cnn = SavedModels.load(folder("cnn"));
        LoadedModel rnn = SavedModels.load(folder("rnn"));
        LoadedModel text = SavedModels.load(folder("text"))) {
      float[] expected = mlp.predict(ROW).floats();
      assertThat(mlp.predict(new double[][] {{1, 2, 3, 4}}).floats()).isEqualTo(expected);
      assertThat(mlp.predict(new int[][] {{1, 2, 3, 4}}).floats()).isEqualTo(expected);
      assertThat(mlp.predict(Array.of(ROW)).floats()).isEqualTo(expected);
      assertThat(mlp.predict(Data.inputs("x", Array.of(ROW))).floats()).isEqualTo(expected);
      assertThat(cnn.predict(new float[2][8][8][1]).array().shape()).isEqualTo(Shape.of(2, 2));
      assertThat(rnn.predict(new float[2][5][2]).array().shape()).isEqualTo(Shape.of(2, 2));
      assertThat(text.predict(new String[] {"the cat"}).array().shape()).isEqualTo(Shape.of(1, 1));
    }
  }

  @Test
  void predictsBatchByBatch() {
    try (LoadedModel model = SavedModels.load(folder("mlp"))) {
      Data batches = Data.batches(() -> Stream.of(Data.of(ROW), Data.of(new float[2][4])));
      Prediction joined = model.predict(batches);
      assertThat(joined.array().shape()).isEqualTo(Shape.of(3, 3));
      assertThat(joined.array().slice(0, 1)).isEqualTo(model.predict(ROW).array());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predict(Data.batches(Stream::of)))
          .withMessage("data: the stream of batches is empty");
    }
  }

  private static Arguments refused(String fixture, String signature, Data data, String... texts) {
    return Arguments.of(fixture, signature, data, List.of(texts));
  }

  static Stream<Arguments> misfits() {
    Array row = Array.of(ROW);
    return Stream.of(
        refused(
            "mlp",
            "serving_default",
            Data.of(new float[1][3]),
            "signature \"serving_default\", input \"x\"",
            "expected the shape (?, 4), got (1, 3)"),
        refused(
            "mlp", "serve", Data.of(Array.of(new float[4])), "expected the shape (?, 4), got (4)"),
        refused(
            "mlp",
            "serve",
            Data.inputs("y", row),
            "signature \"serve\" takes the inputs [x], but [y] were given and [x] were not"),
        refused(
            "mlp",
            "serve",
            Data.inputs("x", row).input("y", row),
            "takes the inputs [x], but [y] were given"),
        refused(
            "two",
            "serve",
            Data.inputs("b_first", Array.of(new float[1][3])),
            "takes the inputs [a_second, b_first], but [a_second] were not"),
        refused("two", "serve", Data.of(row), "but an array without a name was given"),
        refused(
            "mlp",
            "serve",
            Data.of(Array.of(Shape.of(1, 4), "a", "b", "c", "d")),
            "input \"x\": expected float32, got string"),
        refused(
            "text",
            "serve",
            Data.of(Array.of(new float[] {1})),
            "input \"line\": expected string, got float32"),
        refused(
            "kinds",
            "count",
            Data.of(Array.scalar(1.5f)),
            "input \"by\": 1.5 has no exact int64 counterpart"),
        refused(
            "mlp",
            "serve",
            Data.of(Array.of(Shape.of(1, 4), (1L << 53) + 1, 0L, 0L, 0L)),
            "input \"x\": 9007199254740993 has no exact float32 counterpart"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void refusesInputsThatDoNotFit(String fixture, String signature, Data data, List<String> texts) {
    try (LoadedModel model = SavedModels.load(folder(fixture))) {
      SavedFunction f = model.function(signature);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> f.call(data))
          .satisfies(e -> assertThat(e.getMessage()).contains(texts));
    }
  }

  @Test
  void listsTheSignaturesThereAre() {
    try (LoadedModel model = SavedModels.load(folder("kinds"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.function("__saved_model_init_op"))
          .withMessage(
              "signature: there is no \"__saved_model_init_op\"; there are"
                  + " [any_rank, count, counted, look_up, sparse, types]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.predict(ROW))
          .withMessageStartingWith("predict: the model has no signature \"serving_default\"")
          .withMessageContaining("any_rank");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kinds | complex | signature \"complex\", input \"z\" has the element type DT_COMPLEX64",
        "kinds | int8 | signature \"int8\", input \"small\" has the element type DT_INT8",
        "tf1 | sparse | signature \"sparse\", input \"s\" is a sparse tensor"
      })
  void refusesSignaturesThatNoArrayFits(String fixture, String name, String text) {
    try (LoadedModel model = SavedModels.load(folder(fixture))) {
      assertThat(model.signatures()).doesNotContainKey(name);
      assertThat(model.refusedSignatures().get(name)).contains(text);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.function(name))
          .withMessageContaining(text);
    }
  }

  private static Map<String, Array> scaled(Map<String, Array> inputs, float factor) {
    Map<String, Array> scaled = new LinkedHashMap<>();
    inputs.forEach(
        (name, x) ->
            scaled.put(name, Array.generate(x.dtype(), x.shape(), i -> x.floats()[i] * factor)));
    return scaled;
  }

  @Test
  void functionsRunInSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (LoadedModel model = SavedModels.load(folder("rnn"))) {
      SavedModelFixtures.Call c = SavedModelFixtures.calls("rnn").get(0);
      List<Map<String, Array>> inputs = new ArrayList<>();
      List<Array> expected = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        inputs.add(scaled(c.inputs(), 1 - i / 64f));
        expected.add(model.function(c.signature()).call(inputs.get(i)).array());
      }
      List<Future<Array>> results = new ArrayList<>();
      for (Map<String, Array> x : inputs) {
        results.add(threads.submit(() -> model.function(c.signature()).call(x).array()));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i));
      }
      assertThat(expected).doesNotHaveDuplicates();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedModelSaysSo() throws Exception {
    Path folder = folder("mlp");
    LoadedModel model = SavedModels.load(folder);
    SavedFunction f = model.function("serve");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch running = new CountDownLatch(2);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(
            threads.submit(
                () -> {
                  while (true) {
                    f.call(Array.of(ROW));
                    running.countDown();
                  }
                }));
      }
      running.await();
      model.close();
      model.close();
      for (Future<?> c : calls) {
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(c::get)
            .withCauseInstanceOf(IllegalStateException.class);
      }
    } finally {
      threads.shutdown();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> model.predict(ROW))
        .withMessage("the SavedModel of " + folder + " is closed; load it again");
  }
}
