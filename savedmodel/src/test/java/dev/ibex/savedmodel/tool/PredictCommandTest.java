package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.npy.Npy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir Path dir;

  private Path array(String name, int... dims) {
    Path file = dir.resolve(name);
    Npy.write(file, Samples.inputs(dims));
    return file;
  }

  @Test
  void one_input_and_output_need_no_names() {
    Path model = Samples.trained(dir.resolve("m.keras"));
    Path y = dir.resolve("y.npy");
    ToolRun run =
        ToolRun.of("predict", model, "-i", array("x.npy", 5, 4), "-o", y, "--batch-size", 2);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(y + ": out float32(5, 1)\n");
    try (Model loaded = Models.load(model)) {
      Array expected = loaded.predict(Data.of(Samples.inputs(5, 4)), 2).array();
      assertThat(Npy.read(y)).isEqualTo(expected);
    }
  }

  @Test
  void weights_may_be_in_numpys_format() {
    Path y = dir.resolve("y.npy");
    ToolRun run =
        ToolRun.of(
            "predict", Samples.fixture("npz-3.15.1.keras"), "-i", array("x.npy", 5, 4), "-o", y);
    assertThat(run.err()).isEmpty();
    assertThat(Npy.read(y).shape()).isEqualTo(org.tensorflow.ndarray.Shape.of(5, 2));
  }

  @Test
  void several_are_told_apart_by_name() {
    Path model = Samples.branched(dir.resolve("m.keras"));
    Path left = array("left.npy", 3, 4);
    Path right = array("right.npy", 3, 4);
    Path sum = dir.resolve("sum.npy");
    Path last = dir.resolve("last.npy");
    ToolRun run =
        ToolRun.of(
            "predict",
            model,
            "-i",
            "right=" + right,
            "-i",
            "left=" + left,
            "-o",
            "last=" + last,
            "-o",
            "sum=" + sum);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    try (Model loaded = Models.load(model)) {
      Map<String, Array> expected =
          loaded
              .predict(
                  Data.inputs("left", Samples.inputs(3, 4)).input("right", Samples.inputs(3, 4)))
              .all();
      assertThat(Npy.read(sum)).isEqualTo(expected.get("sum"));
      assertThat(Npy.read(last)).isEqualTo(expected.get("last"));
    }
  }

  @Test
  void arrays_that_do_not_fit_the_model_are_refused() {
    Path model = Samples.trained(dir.resolve("m.keras"));
    Path y = dir.resolve("y.npy");
    ToolRun run = ToolRun.of("predict", model, "-i", array("x.npy", 5, 3), "-o", y);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FILE);
    assertThat(run.err()).startsWith("ibex predict: ").contains("(?, 4)");
    assertThat(y).doesNotExist();
  }
}
