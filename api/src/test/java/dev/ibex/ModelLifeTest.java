package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Callback;
import dev.ibex.core.Loss;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Training;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Opening, joining, compiling and closing beside running calls. */
@Timeout(60)
class ModelLifeTest {
  private static final Loss SQUARED = (tf, y, p) -> tf.math.squaredDifference(y, p);
  private static final Loss ABSOLUTE = (tf, y, p) -> tf.math.abs(tf.math.sub(y, p));
  private static final float[][] X = {{1, 0}, {0, 1}, {1, 1}};
  private static final float[][] Y = {{1}, {2}, {3}};

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  private static Sequential line() {
    return Sequential.of(Input.of(2), new Linear(1));
  }

  @Test
  void close_waits_for_a_running_call_and_blocks_no_other_model() throws Exception {
    Sequential model = line();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<Prediction> call =
        pool.submit(
            () ->
                model.predict(
                    Data.batches(
                        () ->
                            Stream.of(X, X)
                                .map(
                                    x -> {
                                      inside.countDown();
                                      await(go);
                                      return Data.of(Array.of(x));
                                    }))));
    inside.await();
    Future<?> closing = pool.submit(model::close);
    try (Sequential other = line()) {
      assertThat(other.predict(X).floats()).hasSize(3); // opens a runtime meanwhile
    }
    assertThat(closing.isDone()).isFalse();
    go.countDown();
    assertThat(call.get(30, TimeUnit.SECONDS).floats()).hasSize(6);
    closing.get(30, TimeUnit.SECONDS);
    assertThatThrownBy(() -> model.predict(X)).hasMessageContaining("is closed");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void close_inside_a_call_of_the_model_is_refused_and_changes_nothing() {
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      Callback closing =
          new Callback() {
            @Override
            public void onEpochEnd(
                Training training, int epoch, java.util.Map<String, Double> logs) {
              assertThatThrownBy(model::close)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageStartingWith("close: a call of this model");
            }
          };
      model.fit(Data.of(X, Y), Fit.epochs(1).callbacks(closing));
      assertThat(model.predict(X).floats()).hasSize(3);
    }
  }

  @Test
  void compiling_and_first_predictions_beside_each_other_either_work_or_are_refused()
      throws Exception {
    for (int round = 0; round < 40; round++) {
      Linear shared = new Linear(1);
      Input in = Input.of(2);
      SymbolicTensor y = shared.apply(in);
      try (Model a = Model.of(in, y);
          Model b = Model.of(in, y)) {
        a.predict(X);
        Future<?> compiling = pool.submit(() -> a.compile(Descent.of(0.1), SQUARED));
        Future<Prediction> predicting = pool.submit(() -> b.predict(X));
        assertThat(predicting.get(30, TimeUnit.SECONDS).floats()).hasSize(3);
        try {
          compiling.get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("compile cannot be called while");
        }
      }
    }
  }

  @Test
  void a_fit_beside_an_evaluation_is_refused() throws Exception {
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      Data slow =
          Data.batches(
              () ->
                  Stream.of(1)
                      .map(
                          i -> {
                            inside.countDown();
                            await(go);
                            return Data.of(X, Y);
                          }));
      Future<Scores> evaluation = pool.submit(() -> model.evaluate(slow));
      inside.await();
      assertThatThrownBy(() -> model.fit(Data.of(X, Y), Fit.epochs(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("fit: another fit or evaluate is running");
      go.countDown();
      double loss = evaluation.get(30, TimeUnit.SECONDS).loss();
      assertThat(model.evaluate(Data.of(X, Y)).loss()).isEqualTo(loss);
    }
  }

  @Test
  void a_callback_may_evaluate() {
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      List<Double> losses = new ArrayList<>();
      Callback evaluating =
          new Callback() {
            @Override
            public void onEpochEnd(
                Training training, int epoch, java.util.Map<String, Double> logs) {
              losses.add(model.evaluate(Data.of(X, Y)).loss());
            }
          };
      model.fit(Data.of(X, Y), Fit.epochs(3).callbacks(evaluating));
      assertThat(losses).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void the_seed_counts_however_the_weights_are_first_read() {
    List<Array> first = new ArrayList<>();
    for (int way = 0; way < 3; way++) {
      try (Sequential model = line().seed(5)) {
        if (way == 0) {
          model.predict(X);
        } else if (way == 1) {
          model.getWeights();
        }
        first.add(model.weight("linear/kernel").value());
      }
    }
    assertThat(first).containsOnly(first.get(0));
  }

  @Test
  void values_that_were_handed_out_are_copies() {
    try (Sequential model = line()) {
      for (boolean running : new boolean[] {false, true}) {
        if (running) {
          model.predict(X);
        }
        Array before = model.weight("linear/kernel").value();
        model.getWeights().values().iterator().next().floats()[0] = 77;
        float[] given = {1, 2};
        model.weight("linear/kernel").assign(before);
        assertThat(model.weight("linear/kernel").value()).isEqualTo(before);
        model.setWeights(java.util.Map.of("linear/kernel", Array.of(before.shape(), given)));
        given[0] = 99;
        assertThat(model.weight("linear/kernel").value().floats()).containsExactly(1, 2);
      }
    }
  }

  @Test
  void loss_and_metrics_may_be_set_in_any_order() {
    var metric = new CountMetric("seen");
    for (Compile c :
        List.of(
            Compile.with(Descent.of(0)).metrics(metric).loss(SQUARED),
            Compile.with(Descent.of(0)).loss(SQUARED).metrics(metric),
            Compile.with(Descent.of(0)).metrics("linear", metric).output("linear", SQUARED),
            Compile.with(Descent.of(0)).output("linear", SQUARED, metric))) {
      try (Sequential model = line()) {
        model.compile(c);
        assertThat(model.evaluate(Data.of(X, Y)).all()).containsOnlyKeys("loss", "seen");
      }
    }
  }

  /** A layer without weights. */
  private static final class Same extends UnaryLayer {
    @Override
    protected Operand<TNumber> call(dev.ibex.core.Call call, Operand<TNumber> x) {
      return call.tf().identity(x);
    }
  }

  @Test
  void a_model_without_weights_can_be_compiled_again() {
    try (Sequential model = Sequential.of(Input.of(2), new Same())) {
      float[][] zero = new float[3][2];
      model.compile(Descent.of(0.1), SQUARED);
      double squared = model.evaluate(Data.of(new float[][] {{3, 3}, {3, 3}, {3, 3}}, zero)).loss();
      model.compile(Descent.of(0.1), ABSOLUTE);
      double absolute =
          model.evaluate(Data.of(new float[][] {{3, 3}, {3, 3}, {3, 3}}, zero)).loss();
      assertThat(List.of(squared, absolute)).containsExactly(9.0, 3.0);
    }
  }

  @Test
  void a_fit_that_fails_does_not_decide_what_comes_after() {
    try (Sequential model = line()) {
      Loss strict =
          (tf, y, p) -> {
            if (y.shape().get(1) != 1) {
              throw new IllegalArgumentException("one column is wanted");
            }
            return tf.math.squaredDifference(y, p);
          };
      model.compile(Descent.of(0.1), strict, new CountMetric("seen"));
      assertThatThrownBy(() -> model.fit(Data.of(X, new float[3][2]), Fit.epochs(1)))
          .hasMessage("Loss \"loss\" of output \"linear\": one column is wanted");
      assertThat(model.fit(Data.of(X, Y), Fit.epochs(1)).all()).containsOnlyKeys("loss", "seen");
    }
  }

  @Test
  void a_stream_is_opened_once_an_evaluation_and_once_an_epoch() {
    int[] opened = {0};
    Data stream =
        Data.batches(
            () -> {
              opened[0]++;
              return Stream.of(Data.of(X, Y));
            });
    try (Sequential model = line()) {
      model.compile(Descent.of(0.1), SQUARED);
      model.evaluate(stream);
      assertThat(opened[0]).isEqualTo(1);
      model.fit(stream, Fit.epochs(3));
      assertThat(opened[0]).isEqualTo(4);
    }
  }

  @Test
  void models_that_share_layers_stay_on_one_device() {
    Linear shared = new Linear(1);
    Input in = Input.of(2);
    SymbolicTensor y = shared.apply(in);
    try (Model a = Model.of(in, y).device("CPU:0");
        Model b = Model.of(in, y)) {
      a.predict(X);
      b.predict(X);
      int nodes = a.graphSize();
      for (int i = 0; i < 5; i++) {
        a.predict(X);
        b.predict(X);
      }
      assertThat(a.graphSize()).isEqualTo(nodes).isEqualTo(b.graphSize());
    }
  }
}
