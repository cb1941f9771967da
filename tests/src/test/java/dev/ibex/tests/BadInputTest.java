package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Callback;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.SGD;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Every error says where, what was expected, what came and what to do: full texts. */
class BadInputTest {
  private static final float[][] X = {{1, 2}, {3, 4}, {5, 6}};
  private static final int[] Y = {0, 1, 2};

  private static Sequential classifier() {
    Sequential model = Sequential.of(Input.of(2), Dense.of(3));
    model.compile(
        SGD.of(0.1), SparseCategoricalCrossentropy.of().fromLogits(true), Metrics.accuracy());
    return model;
  }

  private static void fit(Data data) {
    try (Sequential model = classifier()) {
      model.fit(data, Fit.epochs(1));
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        row("units of zero", () -> Dense.of(0), "units: expected a positive integer, got 0"),
        row(
            "an option on a layer in use",
            () -> {
              Dense dense = Dense.of(3);
              dense.apply(Input.of(2));
              dense.useBias(false);
            },
            "useBias: Dense(3) is in use already, and an option makes a new layer with weights of"
                + " its own; set its options before it is applied"),
        row(
            "two layers of one name",
            () -> Sequential.of(Input.of(2), Dense.of(3).named("a"), Dense.of(4).named("a")),
            "name: two layers of the model are named \"a\"; give one of them another name"),
        row(
            "a disconnected output",
            () -> {
              Input left = Input.of(2).named("left");
              Input right = Input.of(2).named("right");
              Model.of(left, Dense.of(1).apply(right));
            },
            "outputs: Dense(1) float32(?, 1) depends on the input \"right\" (InputLayer), which is"
                + " not among the model's inputs; list it there"),
        row(
            "a model without an input",
            () -> Sequential.of(Dense.of(1), Dense.of(2)),
            "layers: expected an Input first, for example Input.of(784), and a layer after it, got"
                + " [Dense(1), Dense(2)]"),
        row(
            "a layer applied to inputs of two sizes",
            () -> {
              Dense dense = Dense.of(1).named("head");
              dense.apply(Input.of(2));
              dense.apply(Input.of(3));
            },
            "Layer \"head\" (Dense) (BadInputTest.java:#): it was built for float32(?, 2) with"
                + " \"kernel\" of shape (2, 1), which does not fit float32(?, 3); apply it to inputs"
                + " of one shape, or make another layer"),
        row(
            "fit before compile",
            () -> {
              try (Sequential model = Sequential.of(Input.of(2), Dense.of(3))) {
                model.fit(Data.of(X, Y), Fit.epochs(1));
              }
            },
            "Sequential is not compiled; call compile(optimizer, loss, metrics) first"),
        row(
            "use after close",
            () -> {
              Sequential model = classifier();
              model.close();
              model.predict(X);
            },
            "Sequential is closed; make another model of its layers"),
        row(
            "empty data",
            () ->
                fit(
                    Data.of(
                        Array.of(Shape.of(0, 2), new float[0]), Array.of(Shape.of(0), new int[0]))),
            "input \"input_layer\": the data is empty"),
        row(
            "x and y of different lengths",
            () -> fit(Data.of(X, new int[] {0, 1})),
            "target \"dense\": has 2 samples, but input \"input_layer\" has 3"),
        row(
            "no target",
            () -> fit(Data.of(Array.of(X))),
            "target \"dense\" is missing: the output has a loss or metrics; the data has the"
                + " targets []"),
        row(
            "a target under a wrong name",
            () -> fit(Data.of(Array.of(X)).target("label", Array.of(Shape.of(3), Y))),
            "target: the model has [dense], but the data names \"label\""),
        row(
            "an input of another width",
            () -> fit(Data.of(new float[3][4], Y)),
            "input \"input_layer\": expected the shape (?, 2), got (3, 4)"),
        row(
            "a type that would lose",
            () -> {
              try (Sequential model =
                  Sequential.of(Input.of(2).dtype(DType.INT32), Embedding.of(9, 2), Flatten.of())) {
                model.predict(new float[][] {{1, 2.5f}});
              }
            },
            "input \"input_layer\": 2.5 has no exact int32 counterpart; convert it yourself if a near"
                + " one is meant"),
        row(
            "a loss without a gradient",
            () -> {
              try (Sequential model = Sequential.of(Input.of(2), Dense.of(3))) {
                model.compile(SGD.of(0.1), (tf, y, p) -> y);
                model.fit(Data.of(X, X), Fit.epochs(1));
              }
            },
            "loss: it depends on no weight that trains, so nothing would be learned; the weights are"
                + " [dense/kernel, dense/bias]"),
        row(
            "a loss whose op has no gradient",
            () -> {
              try (Sequential model = Sequential.of(Input.of(2), Dense.of(2))) {
                model.compile(SGD.of(0.1), (tf, y, p) -> tf.math.igamma(y, p));
                model.fit(Data.of(X, X), Fit.epochs(1));
              }
            },
            "The gradient of the loss: No gradient defined for op: Igamma; docs/gradients.md lists"
                + " the ops that can be differentiated"),
        row(
            "targets of a wrong shape for a user's loss",
            () -> {
              try (Sequential model = Sequential.of(Input.of(2), Dense.of(3))) {
                model.compile(
                    SGD.of(0.1),
                    (tf, y, p) -> tf.math.sub(y, tf.tile(p, tf.constant(new int[] {1, 2}))));
                model.fit(Data.of(X, X), Fit.epochs(1));
              }
            },
            "Loss \"loss\" of output \"dense\": Dimensions must be equal, but are 2 and 6 for"
                + " '{{node sequential_1/train/loss/Sub}} ="
                + " Sub[T=DT_FLOAT](sequential_1/train/feed/Gather_1, sequential_1/train/loss/Tile)'"
                + " with input shapes: [?,2], [?,6]."),
        row(
            "validation data of different lengths",
            () -> {
              try (Sequential model = classifier()) {
                model.fit(Data.of(X, Y), Fit.epochs(1).validation(Data.of(X, new int[] {0, 1})));
              }
            },
            "validation: target \"dense\": has 2 samples, but input \"input_layer\" has 3"),
        row(
            "a target beside a stream",
            () -> Data.batches(Stream::of).target("dense", Array.of(X)),
            "data: a stream of batches has its arrays in the batches, not beside them"),
        row(
            "text as a target",
            () -> fit(Data.of(Array.of(X), Array.of(Shape.of(3), "a", "b", "c"))),
            "target \"dense\": text cannot be learned from; map each class to a number from 0"),
        row(
            "an unknown weight",
            () -> {
              try (Sequential model = classifier()) {
                model.weight("dense/kernal");
              }
            },
            "path: there is no weight \"dense/kernal\"; there are [dense/kernel, dense/bias]"),
        row(
            "a metric for none of several outputs",
            () -> {
              Input in = Input.of(2);
              SymbolicTensor a = Dense.of(1).named("a").apply(in);
              SymbolicTensor b = Dense.of(1).named("b").apply(in);
              try (Model model = Model.of(List.of(in), List.of(a, b))) {
                model.compile(SGD.of(0.1), MeanSquaredError.of(), Metrics.mae());
              }
            },
            "metrics: the model has the outputs [a, b]; say which one a metric is for by"
                + " output(name, …)"));
  }

  private static Arguments row(String name, ThrowingCallable mistake, String text) {
    return Arguments.of(name, mistake, text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void a_mistake_is_answered_with(String name, ThrowingCallable mistake, String text) {
    assertThatThrownBy(mistake)
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
        .extracting(e -> String.valueOf(e.getMessage()).replaceAll("\\.java:\\d+", ".java:#"))
        .isEqualTo(text);
  }

  @Test
  void a_shape_that_does_not_fit_is_reported_at_the_line_that_applies_the_layer() {
    assertThatThrownBy(() -> Conv2D.of(4, 3).apply(Input.of(7)))
        .isInstanceOf(dev.ibex.core.ShapeException.class)
        .hasMessageStartingWith("Layer Conv2D(4) (BadInputTest.java:");
  }

  @Test
  void a_label_out_of_range_is_reported_before_training() {
    assertThatThrownBy(() -> fit(Data.of(X, new int[] {0, 3, 1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dense")
        .hasMessageContaining("3");
  }

  @Test
  void an_id_out_of_range_is_reported_with_the_layer() {
    try (Sequential model =
        Sequential.of(Input.of(2).dtype(DType.INT32), Embedding.of(9, 2), Flatten.of())) {
      assertThatThrownBy(() -> model.predict(new int[][] {{1, 9}}))
          .isInstanceOf(dev.ibex.graph.NativeException.class)
          .hasMessageStartingWith("Layer \"embedding\" (Embedding), while running predict: ");
    }
  }

  @Test
  void an_unknown_device_is_refused_with_those_there_are() {
    try (Sequential model = classifier()) {
      assertThatThrownBy(() -> model.device("GPU:9"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "device: there is no \"GPU:9\" here; the devices of this process are /job:localhost");
    }
  }

  @Test
  void weights_of_another_model_are_refused_with_both_lists(@TempDir Path dir) {
    try (Sequential saved = Sequential.of(Input.of(2), Dense.of(3).useBias(false).named("a"));
        Sequential other = Sequential.of(Input.of(2), Dense.of(4).named("a"))) {
      saved.saveWeights(dir);
      assertThatThrownBy(() -> other.loadWeights(dir))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "checkpoint "
                  + dir
                  + " is of another model; nothing was loaded.\n"
                  + "  in the file             in the model\n"
                  + "  -                       a/bias float32[4]\n"
                  + "  a/kernel float32[2, 3]  -\n"
                  + "  -                       a/kernel float32[2, 4]");
    }
  }

  @Test
  void a_half_written_checkpoint_is_refused_and_changes_nothing(@TempDir Path dir)
      throws Exception {
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(3))) {
      model.saveWeights(dir);
      Path data = dir.resolve("weights-1.data-00000-of-00001");
      Files.write(data, new byte[] {1, 2, 3});
      var before = model.getWeights();
      assertThatThrownBy(() -> model.loadWeights(dir))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "checkpoint " + dir + " is half-written, damaged or not one of ours");
      org.assertj.core.api.Assertions.assertThat(model.getWeights()).isEqualTo(before);
    }
  }

  @Test
  void two_fits_at_once_are_refused() {
    try (Sequential model = classifier()) {
      Callback nested =
          new Callback() {
            @Override
            public void onEpochBegin(Training training, int epoch) {
              model.fit(Data.of(X, Y), Fit.epochs(1));
            }
          };
      assertThatThrownBy(() -> model.fit(Data.of(X, Y), Fit.epochs(1).callbacks(nested)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "fit: another fit or evaluate is running on this model or one that shares layers with"
                  + " it; wait for it to end");
    }
  }
}
