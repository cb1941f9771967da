package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Callback;
import dev.ibex.core.Loss;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelTest {
  @Test
  void a_tensor_may_be_an_output_twice() {
    Input in = Input.of(2);
    SymbolicTensor y = in.times(2);
    try (Model model = Model.of(List.of(in), List.of(y, y))) {
      List<Array> outputs =
          List.copyOf(model.predict(Array.of(new float[][] {{1, 2}})).all().values());
      assertThat(outputs).containsOnly(Array.of(new float[][] {{2, 4}}));
    }
  }

  @Test
  void outputs_that_are_not_by_sample_are_not_joined() {
    Input in = Input.of(2);
    Array rows = Array.of(new float[70][2]);
    try (Model turned = Model.of(in, in.transpose());
        Model sum = Model.of(in, in.sum())) {
      assertThatThrownBy(() -> turned.predict(Data.of(rows), 32))
          .hasMessageContaining("cannot be joined by samples")
          .hasMessageContaining("float32[2, 32] and float32[2, 6]")
          .hasMessageContaining("predict with a batchSize of all samples");
      assertThat(turned.predict(Data.of(rows), 70).array().shape().get(1)).isEqualTo(70);
      assertThatThrownBy(() -> sum.predict(Data.of(rows), 32))
          .hasMessageContaining("cannot be joined by samples");
    }
  }

  private static final Loss SQUARED = (tf, y, p) -> tf.math.squaredDifference(y, p);
  private static final float[][] X = {{1, 0}, {0, 1}, {1, 1}, {2, -1}, {0.5f, 3}};
  private static final float[][] Y = {{1}, {2}, {3}, {0}, {6.5f}};

  private static Sequential line() {
    return Sequential.of(Input.of(2), new Linear(1));
  }

  @Test
  void a_line_is_learned_exactly() {
    try (Sequential model = line()) {
      model.seed(1).compile(Descent.of(0.1), SQUARED);
      History history = model.fit(Data.of(X, Y), Fit.epochs(200).batchSize(2));
      assertThat(history.get("loss")).hasSize(200);
      assertThat(history.last("loss")).isLessThan(1e-6);
      assertThat(model.evaluate(Data.of(X, Y)).get("loss")).isLessThan(1e-6);
      assertThat(model.weight("linear/kernel").value().floats())
          .satisfies(w -> assertThat(Math.abs(w[0] - 1) + Math.abs(w[1] - 2)).isLessThan(1e-3f));
      assertThat(model.predict(X).floats2d()).hasDimensions(5, 1);
    }
  }

  @Test
  void describing_needs_no_session() {
    Sequential model = line();
    assertThat(model.graphSize()).isZero();
    List<String> lines = new ArrayList<>();
    model.summary(lines::add);
    assertThat(lines)
        .containsExactly(
            "Model: \"sequential\"",
            "Layer (type)              Output shape  Params  Connected to",
            "------------------------------------------------------------",
            "input_layer (InputLayer)  (?, 2)             0",
            "linear (Linear)           (?, 1)             2  input_layer",
            "Total params: 2",
            "Trainable params: 2",
            "Non-trainable params: 0");
    assertThat(model.graphSize()).isZero();
  }

  @Test
  void same_seed_gives_the_same_weights_bit_for_bit() {
    List<Map<String, Array>> weights = new ArrayList<>();
    for (long seed : new long[] {7, 7, 8}) {
      try (Sequential model = line()) {
        model.seed(seed).compile(Descent.of(0.01), SQUARED);
        model.fit(Data.of(X, Y), Fit.epochs(3).batchSize(2));
        weights.add(model.getWeights());
      }
    }
    assertThat(weights.get(0)).isEqualTo(weights.get(1)).isNotEqualTo(weights.get(2));
  }

  @Test
  void predictions_do_not_depend_on_the_batch_size() {
    try (Sequential model = line()) {
      float[] whole = model.predict(Data.of(Array.of(X)), 5).floats();
      for (int size : new int[] {1, 2, 3, 4, 100}) {
        // a kernel may add in another order for another number of rows
        assertThat(model.predict(Data.of(Array.of(X)), size).floats())
            .containsExactly(whole, org.assertj.core.api.Assertions.offset(1e-6f));
      }
    }
  }

  @Test
  void a_stream_of_batches_trains_as_the_array_does() {
    Data stream =
        Data.batches(
            () ->
                Stream.of(
                    Data.of(X, Y).rows(0, 1), Data.of(X, Y).rows(2, 3), Data.of(X, Y).rows(4)));
    List<History> histories = new ArrayList<>();
    for (Data data : List.of(Data.of(X, Y), stream)) {
      try (Sequential model = line()) {
        model.seed(3).compile(Descent.of(0.01), SQUARED);
        histories.add(model.fit(data, Fit.epochs(3).batchSize(2).shuffle(false).validation(data)));
      }
    }
    assertThat(histories.get(0).all()).isEqualTo(histories.get(1).all());
    assertThat(histories.get(0).all()).containsOnlyKeys("loss", "val_loss");
  }

  @Test
  void models_that_share_a_layer_see_each_others_training() {
    Linear shared = new Linear(2);
    Input in = Input.of(2);
    SymbolicTensor code = shared.apply(in);
    try (Model encoder = Model.of(in, code);
        Model whole = Model.of(in, new Linear(2).apply(code))) {
      float[] before = encoder.predict(X).floats();
      whole.compile(Descent.of(0.05), SQUARED);
      whole.fit(Data.of(X, X), Fit.epochs(5));
      assertThat(encoder.predict(X).floats()).isNotEqualTo(before);
      assertThat(encoder.getWeights().get("linear/kernel"))
          .isEqualTo(whole.getWeights().get("linear/kernel"));
    }
  }

  @Test
  void two_built_models_are_joined_by_a_third_without_loss() {
    try (Sequential a = Sequential.of("a", List.of(Input.of(2), new Linear(3)));
        Sequential b = Sequential.of("b", List.of(Input.of(3), new Linear(1)))) {
      float[][] inner = a.predict(X).floats2d();
      float[] expected = b.predict(inner).floats();
      Input in = Input.of(2);
      try (Model both = Model.of(in, b.apply(a.apply(in)))) {
        assertThat(both.predict(X).floats()).containsExactly(expected);
        assertThat(both.getWeights()).containsOnlyKeys("a/linear/kernel", "b/linear/kernel");
        both.compile(Descent.of(0.01), SQUARED);
        both.fit(Data.of(X, Y), Fit.epochs(1));
        assertThat(a.predict(X).floats2d()).isNotEqualTo(inner);
      }
      assertThat(a.predict(X).floats2d()).hasDimensions(5, 3);
    }
  }

  @Test
  void what_was_trainable_at_compile_stays_so() {
    Sequential discriminator = Sequential.of("d", List.of(Input.of(2), new Linear(1)));
    Sequential generator = Sequential.of("g", List.of(Input.of(2), new Linear(2)));
    Input noise = Input.of(2);
    try (Model gan = Model.of(noise, discriminator.apply(generator.apply(noise)))) {
      discriminator.compile(Descent.of(0.01), SQUARED);
      discriminator.freeze();
      gan.compile(Descent.of(0.01), SQUARED);
      Array d = discriminator.weight("linear/kernel").value();
      Array g = generator.weight("linear/kernel").value();
      gan.fit(Data.of(X, Y), Fit.epochs(2));
      assertThat(discriminator.weight("linear/kernel").value()).isEqualTo(d);
      assertThat(generator.weight("linear/kernel").value()).isNotEqualTo(g);
      discriminator.fit(Data.of(X, Y), Fit.epochs(1));
      assertThat(discriminator.weight("linear/kernel").value()).isNotEqualTo(d);
    }
    discriminator.close();
    generator.close();
  }

  @Test
  void the_graph_does_not_grow_by_calls_or_recompiles() {
    try (Sequential model = line()) {
      List<Integer> sizes = new ArrayList<>();
      for (int compile = 0; compile < 20; compile++) {
        model.compile(Descent.of(0.001), SQUARED);
        for (int i = 0; i < 13; i++) {
          model.fit(Data.of(X, Y), Fit.epochs(1).batchSize(2));
          model.evaluate(Data.of(X, Y));
          model.predict(X);
          model.predict(Data.of(Array.of(X)), 2);
        }
        sizes.add(model.graphSize());
      }
      assertThat(sizes).containsOnly(sizes.get(0));
      assertThat(sizes.get(0)).isPositive();
    }
  }

  @Test
  void the_same_optimizer_goes_on_and_a_new_one_starts_anew() {
    try (Sequential model = line()) {
      List<Long> iterations = new ArrayList<>();
      Callback note =
          new Callback() {
            @Override
            public void onTrainEnd(Training training) {
              iterations.add(training.iteration());
            }
          };
      Descent optimizer = Descent.of(0.01);
      for (Descent o : List.of(optimizer, optimizer, Descent.of(0.01))) {
        model.compile(o, SQUARED);
        model.fit(Data.of(X, Y), Fit.epochs(1).batchSize(1).callbacks(note));
      }
      assertThat(iterations).containsExactly(5L, 10L, 5L);
    }
  }

  @Test
  void eight_threads_beside_a_fit_see_the_weights_of_finished_steps() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    Array one = Array.of(new float[][] {{1}});
    try (Sequential model = Sequential.of(Input.of(1), new Linear(1))) {
      model.seed(1).compile(Descent.of(0.001), SQUARED);
      Set<Float> finished = ConcurrentHashMap.newKeySet();
      finished.add(model.weight("linear/kernel").value().floats()[0]);
      Callback note =
          new Callback() {
            @Override
            public void onTrainBatchEnd(Training training, int batch) {
              finished.add(model.weight("linear/kernel").value().floats()[0]);
            }
          };
      Set<Float> seen = ConcurrentHashMap.newKeySet();
      CountDownLatch running = new CountDownLatch(8);
      List<Future<?>> calls = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        calls.add(
            pool.submit(
                () -> {
                  running.countDown();
                  for (int i = 0; i < 300; i++) {
                    seen.add(model.predict(one).floats()[0]);
                  }
                }));
      }
      running.await();
      Data data = Data.of(new float[][] {{1}, {1}}, new float[][] {{5}, {7}});
      model.fit(data, Fit.epochs(200).batchSize(1).callbacks(note));
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
      assertThat(finished).hasSizeGreaterThan(100).containsAll(seen);
      assertThat(seen).hasSizeGreaterThan(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void a_second_fit_a_compile_and_weights_set_beside_a_fit_are_refused() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Sequential model = line()) {
      model.compile(Descent.of(0.01), SQUARED);
      Fit once = Fit.epochs(1);
      Callback other =
          new Callback() {
            @Override
            public void onTrainBatchEnd(Training training, int batch) {
              assertThatThrownBy(() -> pool.submit(() -> model.fit(Data.of(X, Y), once)).get())
                  .hasRootCauseInstanceOf(IllegalStateException.class)
                  .rootCause()
                  .hasMessageStartingWith("fit: another fit or evaluate is running on this model");
              assertThatThrownBy(
                      () -> pool.submit(() -> model.compile(Descent.of(0.01), SQUARED)).get())
                  .rootCause()
                  .hasMessageStartingWith(
                      "compile cannot be called while a fit, evaluate or predict is running");
              assertThatThrownBy(
                      () -> pool.submit(() -> model.setWeights(model.getWeights())).get())
                  .rootCause()
                  .hasMessageStartingWith("weights cannot be set while a fit is running");
            }
          };
      model.fit(Data.of(X, Y), once.callbacks(other));
      model.fit(Data.of(X, Y), once);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void layers_keep_their_weights_when_their_model_is_closed() {
    Linear layer = new Linear(1);
    Array trained;
    try (Sequential model = Sequential.of(Input.of(2), layer)) {
      model.compile(Descent.of(0.1), SQUARED);
      model.fit(Data.of(X, Y), Fit.epochs(1));
      trained = model.weight("linear/kernel").value();
    }
    try (Sequential again = Sequential.of(Input.of(2), layer)) {
      assertThat(again.getWeights().get("linear/kernel")).isEqualTo(trained);
      again.predict(X);
      assertThat(again.getWeights().get("linear/kernel")).isEqualTo(trained);
    }
  }

  @Test
  void the_learning_rate_can_change_between_steps() {
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      Array before = model.weight("linear/kernel").value();
      Callback stop =
          new Callback() {
            @Override
            public void onTrainBegin(Training training) {
              assertThat(training.learningRate()).isEqualTo(0.1f);
              training.learningRate(0);
            }
          };
      model.fit(Data.of(X, Y), Fit.epochs(2).callbacks(stop));
      assertThat(model.weight("linear/kernel").value()).isEqualTo(before);
    }
  }

  @Test
  void sample_weights_scale_the_loss() {
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      double plain = model.evaluate(Data.of(X, Y)).get("loss");
      double doubled = model.evaluate(Data.of(X, Y).weight(2, 2, 2, 2, 2)).get("loss");
      assertThat(doubled).isEqualTo(2 * plain, org.assertj.core.api.Assertions.within(1e-4));
      assertThat(model.evaluate(Data.of(X, Y).weight(0, 0, 0, 0, 0)).get("loss")).isZero();
    }
  }
}
