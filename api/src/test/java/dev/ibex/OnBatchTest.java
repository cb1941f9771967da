package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnBatchTest {
  private static final Loss SQUARED = (tf, y, p) -> tf.math.squaredDifference(y, p);
  private static final float[][] X = {{1, 0}, {0, 1}, {1, 1}};
  private static final Data BATCH = Data.of(X, new float[][] {{1}, {2}, {3}});

  private static Sequential line() {
    Sequential model = Sequential.of(Input.of(2), new Linear(1));
    model.seed(5);
    model.compile(Descent.of(0.05), SQUARED, Metrics.mae());
    return model;
  }

  @Test
  void steps_are_those_of_fit_and_the_graph_stays_as_it_is() {
    try (Sequential a = line();
        Sequential b = line()) {
      List<Double> losses = new ArrayList<>();
      int nodes = 0;
      for (int i = 0; i < 50; i++) {
        losses.add(a.trainOnBatch(BATCH).loss());
        assertThat(a.testOnBatch(BATCH).loss()).isLessThan(losses.get(i));
        a.predictOnBatch(X);
        nodes = i == 0 ? a.graphSize() : nodes;
      }
      assertThat(a.graphSize()).isEqualTo(nodes);
      assertThat(b.fit(BATCH, Fit.epochs(50).shuffle(false)).get("loss")).isEqualTo(losses);
      assertThat(a.weight("linear/kernel").value()).isEqualTo(b.weight("linear/kernel").value());
      assertThat(a.testOnBatch(BATCH).all()).isEqualTo(b.evaluate(BATCH).all());
      assertThat(a.predictOnBatch(X).floats()).isEqualTo(b.predict(X).floats());
    }
  }

  @Test
  void figures_of_a_fit_are_left_alone() {
    try (Sequential a = line();
        Sequential b = line()) {
      LambdaCallback tests = LambdaCallback.of().trainBatchEnd((t, i) -> a.testOnBatch(BATCH));
      Fit fit = Fit.epochs(2).batchSize(1);
      assertThat(a.fit(BATCH, fit.callbacks(tests)).all()).isEqualTo(b.fit(BATCH, fit).all());
    }
  }

  @Test
  void batches_of_any_size_are_taken_and_streams_are_not() {
    try (Sequential model = line()) {
      for (int n : new int[] {1, 3, 2, 3}) {
        int[] rows = new int[n];
        assertThat(model.trainOnBatch(BATCH.rows(rows)).all()).containsOnlyKeys("loss", "mae");
      }
      Data stream = Data.batches(() -> Stream.of(BATCH));
      assertThatThrownBy(() -> model.trainOnBatch(stream))
          .hasMessage("trainOnBatch: expected the arrays of one batch, got a stream");
      assertThatThrownBy(() -> model.testOnBatch(stream))
          .hasMessage("testOnBatch: expected the arrays of one batch, got a stream");
      assertThatThrownBy(() -> model.predictOnBatch(stream))
          .hasMessage("predictOnBatch: expected the arrays of one batch, got a stream");
    }
  }

  @Test
  void another_thread_is_refused_beside_a_fit() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Sequential model = line()) {
      List<String> refused = new ArrayList<>();
      LambdaCallback beside =
          LambdaCallback.of()
              .trainBegin(
                  t -> {
                    try {
                      pool.submit(() -> model.trainOnBatch(BATCH)).get();
                    } catch (ExecutionException e) {
                      refused.add(String.valueOf(e.getMessage()));
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      model.fit(BATCH, Fit.epochs(1).callbacks(beside));
      assertThat(refused)
          .containsExactly(
              "java.lang.IllegalStateException: trainOnBatch: another fit or evaluate is running on this model or one that shares"
                  + " layers with it; wait for it to end");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void a_model_that_is_not_compiled_predicts_alone() {
    try (Sequential model = Sequential.of(Input.of(2), new Linear(1))) {
      assertThat(model.predictOnBatch(Data.of(Array.of(X))).floats()).hasSize(3);
      assertThatThrownBy(() -> model.trainOnBatch(BATCH)).hasMessageContaining("is not compiled");
    }
  }
}
