package dev.ibex.tests;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Runs in a process of its own, whose heap is small and touched from the start. */
class SoakTest {
  private static final int ROUND = 500;

  @Test
  void ten_thousand_steps_and_predictions_leave_native_memory_as_it_was() throws Exception {
    String output =
        JavaProcess.run(
            List.of(
                JavaProcess.tool("java"),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                SoakTest.class.getName()));
    String[] figures =
        output.lines().filter(l -> l.startsWith("grown ")).findFirst().orElse(output).split(" ");
    assertThat(figures).as(output).hasSize(4);
    assertThat(Integer.parseInt(figures[1])).as("nodes").isZero();
    assertThat(Double.parseDouble(figures[2])).as("bytes that Java allocated, MB").isLessThan(1);
    // a leak of one tensor of a row a step would be more
    assertThat(Double.parseDouble(figures[3])).as("resident memory, MB").isLessThan(16);
  }

  /** Prints what 10 000 training steps and as many predictions leave behind. */
  public static void main(String[] args) {
    float[][] x = new float[64][1000];
    int[] y = new int[64];
    for (int i = 0; i < x.length; i++) {
      x[i][i] = 1;
      y[i] = i % 5;
    }
    try (Sequential model =
        Sequential.of(Input.of(1000), Dense.of(16).activation(RELU), Dense.of(5))) {
      model.compile(
          Adam.of(1e-3), SparseCategoricalCrossentropy.of().fromLogits(true), Metrics.accuracy());
      rounds(model, Data.of(x, y), new float[][] {x[3]}, 10);
      int nodes = model.graphSize();
      long allocated = Pointer.totalBytes();
      long resident = Pointer.physicalBytes();
      rounds(model, Data.of(x, y), new float[][] {x[3]}, 20);
      System.out.printf(
          Locale.ROOT,
          "grown %d %.3f %.3f%n",
          model.graphSize() - nodes,
          (Pointer.totalBytes() - allocated) / 1e6,
          (Pointer.physicalBytes() - resident) / 1e6);
    }
  }

  private static void rounds(Sequential model, Data data, float[][] row, int n) {
    for (int i = 0; i < n; i++) {
      model.fit(data, Fit.epochs(ROUND / 4).batchSize(16));
      for (int k = 0; k < ROUND; k++) {
        model.predict(row);
      }
      for (int k = 0; k < ROUND / 4; k++) {
        model.trainOnBatch(data.rows(new int[1 + k % 2 * 20])); // two shapes, one of them kept
      }
    }
    System.gc();
  }
}
