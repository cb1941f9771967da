package dev.ibex.tests;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.callbacks.BackupAndRestore;
import dev.ibex.callbacks.CSVLogger;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.callbacks.ReduceLROnPlateau;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process is killed at random moments and started again. */
class BackupTest {
  private static final int EPOCHS = 12;
  private static final String BEGUN = "step";
  private static final String ENDED = "weights ";

  @TempDir Path folder;

  @Test
  void a_killed_training_ends_with_the_weights_of_an_unbroken_one() throws Exception {
    kill(2, "1", 1);
  }

  @Test
  @Tag("slow")
  void a_training_killed_many_times_ends_with_the_weights_of_an_unbroken_one() throws Exception {
    kill(25, "1", 2);
    kill(12, "7", 3);
    kill(12, "0", 4);
  }

  private void kill(int times, String saveFreq, long seed) throws Exception {
    Path whole = Files.createTempDirectory(folder, "whole");
    Path broken = Files.createTempDirectory(folder, "broken");
    String expected = run(whole, saveFreq, -1, 0);
    assertThat(expected).startsWith(ENDED);
    Random random = new Random(seed);
    int killed = 0;
    for (int i = 0; i < times; i++) {
      // some steps, then within the next one or the writing of its backup
      String ended = run(broken, saveFreq, random.nextInt(12), random.nextInt(12));
      killed += ended.isEmpty() ? 1 : 0;
      if (!ended.isEmpty()) {
        assertThat(ended).isEqualTo(expected);
        Files.delete(broken.resolve("log.csv"));
      }
    }
    assertThat(killed).isPositive();
    assertThat(run(broken, saveFreq, -1, 0)).isEqualTo(expected);
    assertThat(broken.resolve("log.csv")).hasSameTextualContentAs(whole.resolve("log.csv"));
    assertThat(broken.resolve("backup")).doesNotExist();
  }

  /**
   * Trains in a process of its own.
   *
   * @param steps after how many steps to kill it; -1 for never
   * @param wait and how many milliseconds later
   * @return what it ended with; empty if it was killed
   */
  private static String run(Path folder, String saveFreq, int steps, int wait)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.tool("java"),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BackupTest.class.getName(),
            folder.toString(),
            saveFreq);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Process process = builder.redirectErrorStream(true).start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader reader = process.inputReader()) {
      int done = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(ENDED)) {
          return line;
        }
        output.append(line).append('\n');
        if (line.equals(BEGUN) && done++ == steps) {
          Thread.sleep(wait);
          process.destroyForcibly().waitFor();
          return "";
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    throw new AssertionError(output);
  }

  /** Trains with the files of a folder and prints a hash of the weights. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    int saveFreq = Integer.parseInt(args[1]);
    float[][] x = new float[50][6];
    float[][] y = new float[50][1];
    Random random = new Random(1);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 6; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
      y[i][0] = x[i][0] * x[i][1] + x[i][2];
    }
    BackupAndRestore backups = BackupAndRestore.of(folder.resolve("backup"));
    try (Sequential model =
        Sequential.of(Input.of(6), Dense.of(32).activation(RELU), Dropout.of(0.4), Dense.of(1))) {
      model.seed(7);
      model.compile(SGD.of(0.05).momentum(0.9), MeanSquaredError.of());
      model.fit(
          Data.of(x, y),
          Fit.epochs(EPOCHS)
              .batchSize(16)
              .validationSplit(0.2)
              .callbacks(
                  saveFreq == 0 ? backups : backups.saveFreq(saveFreq),
                  ReduceLROnPlateau.of("val_loss").factor(0.5).patience(1).minDelta(0.05),
                  CSVLogger.of(folder.resolve("log.csv")),
                  LambdaCallback.of().trainBatchEnd((t, batch) -> System.out.println(BEGUN))));
      Map<String, Array> weights = new TreeMap<>(model.getWeights());
      List<Integer> hashes =
          weights.values().stream().map(a -> Arrays.hashCode(a.floats())).toList();
      System.out.println(ENDED + hashes);
    }
  }
}
