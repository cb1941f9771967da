package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that save again and again, killed at random moments, leave a whole file. */
class KilledSaveTest {
  private static final String SAVED = "saved";
  private static final int SHARD_BYTES = 1 << 19;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.keras", "a.weights.h5", "a.weights.json"})
  void a_killed_save_leaves_a_whole_file(String name) throws Exception {
    kill(name, 2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.keras", "a.weights.h5", "a.weights.json"})
  @Tag("slow")
  void many_killed_saves_leave_a_whole_file(String name) throws Exception {
    kill(name, 25, 2);
  }

  private void kill(String name, int times, long seed) throws Exception {
    Path file = folder.resolve(name);
    Random random = new Random(seed);
    float last = 0;
    for (int i = 0; i < times; i++) {
      run(file, last, 1 + random.nextInt(3), random.nextInt(40));
      float found = value(file);
      assertThat(found).isGreaterThan(last);
      last = found;
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .allMatch(f -> f.equals(name) || f.matches("a_\\d{5}.weights.h5|\\.a.*\\.tmp"));
      }
    }
  }

  private static Model model() {
    return Sequential.of(Input.of(256), Dense.of(256), Dense.of(256), Dense.of(256));
  }

  /** Returns the one value that all weights of a file have. */
  private static float value(Path file) {
    boolean whole = file.toString().endsWith(".keras");
    try (Model model = whole ? Models.load(file) : model()) {
      if (!whole) {
        model.loadWeights(file);
      }
      float first = model.getWeights().values().iterator().next().floats()[0];
      assertThat(model.getWeights().values())
          .allSatisfy(a -> assertThat(a.floats()).containsOnly(first));
      return first;
    }
  }

  private static void run(Path file, float from, int saves, int wait)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.tool("java"),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledSaveTest.class.getName(),
            file.toString(),
            Float.toString(from));
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Process process = builder.redirectErrorStream(true).start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader reader = process.inputReader()) {
      int done = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
        if (line.equals(SAVED) && ++done == saves) {
          Thread.sleep(wait); // into the next save
          return;
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    throw new AssertionError(output);
  }

  /** Saves models whose weights are all one number, a larger one each time, until it is killed. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    try (Model model = model()) {
      for (float value = Float.parseFloat(args[1]) + 1; ; value++) {
        Map<String, Array> weights = new TreeMap<>(model.getWeights());
        for (Map.Entry<String, Array> weight : weights.entrySet()) {
          float[] all = new float[weight.getValue().size()];
          Arrays.fill(all, value);
          weight.setValue(Array.of(weight.getValue().shape(), all));
        }
        model.setWeights(weights);
        if (file.toString().endsWith(".keras")) {
          model.save(file);
        } else if (file.toString().endsWith(".json")) {
          model.saveWeights(file, SHARD_BYTES);
        } else {
          model.saveWeights(file);
        }
        System.out.println(SAVED);
      }
    }
  }
}
