package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class DiffCommandTest {
  @TempDir Path dir;
  private Path trained = Path.of("");

  @BeforeEach
  void write() {
    trained = Samples.trained(dir.resolve("trained.keras"));
  }

  private void differs(Path other, String expected) {
    ToolRun run = ToolRun.of("diff", trained, other);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(expected);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
  }

  private Path edited(String text, String other) {
    return Samples.edited(trained, dir.resolve("edited.keras"), text, other);
  }

  /** Returns a copy of the model with another value in its last bias. */
  private Path moved(float by) {
    Path copy = dir.resolve("moved.keras");
    try (Model model = Models.load(trained)) {
      Array bias = Array.of(Shape.of(1), model.weight("out/bias").value().floats()[0] + by);
      model.setWeights(Map.of("out/bias", bias));
      model.save(copy);
    }
    return copy;
  }

  @Test
  void a_file_equals_itself() {
    ToolRun run = ToolRun.of("diff", trained, trained);
    assertThat(run.out())
        .isEqualTo("description: equal\ncompilation: equal\nweights: equal\noptimizer: equal\n");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void settings_that_differ_are_named_by_json_pointer() {
    differs(
        edited("\"activation\":\"relu\"", "\"activation\":\"tanh\""),
        """
        description: different
          /config/layers/1/config/activation: "relu" | "tanh"
        compilation: equal
        weights: equal
        optimizer: equal
        """);
    differs(
        edited("\"beta_1\":0.9", "\"beta_1\":0.8"),
        """
        description: equal
        compilation: different
          /optimizer/config/beta_1: 0.9 | 0.8
        weights: equal
        optimizer: equal
        """);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0.24,1", "0.26,0"})
  void elements_may_differ_by_the_tolerance(String tolerance, int exitCode) {
    ToolRun run = ToolRun.of("diff", trained, moved(0.25f), "--tolerance", tolerance);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out())
        .contains(
            exitCode == ExitCode.OK
                ? "weights: equal\n  largest difference 0.250\n"
                : "weights: different\n  out/bias: largest difference 0.250\n");
  }

  @Test
  void not_a_number_differs_by_any_tolerance() {
    Path nan = moved(Float.NaN);
    ToolRun run = ToolRun.of("diff", trained, nan, "--tolerance", "1e9");
    assertThat(run.out()).contains("out/bias: largest difference NaN");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(ToolRun.of("diff", nan, nan).exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void weights_of_one_side_and_other_shapes_are_named() {
    Path other = Samples.branched(dir.resolve("other.keras"));
    ToolRun run = ToolRun.of("diff", other, trained);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run.out())
        .contains("\n  /class_name: \"Functional\" | \"Sequential\"\n")
        .contains("\ncompilation: different\n  /: absent | {\"optimizer\":")
        .contains("\n  last/kernel: only in the first\n")
        .contains("\n  hidden/bias: only in the second\n");
    assertThat(WeightDifferences.of(weights(Shape.of(2)), weights(Shape.of(1, 2)), 0).lines())
        .containsExactly("w: float32(2) | float32(1, 2)");
  }

  private static java.util.List<Weight> weights(Shape shape) {
    Array value = Array.of(shape, 1, 2);
    return java.util.List.of(
        new Weight(
            "w",
            new dev.ibex.core.TensorSpec(shape, dev.ibex.graph.DType.FLOAT32),
            java.util.Optional.empty(),
            () -> value));
  }

  @Test
  void files_that_do_not_load_are_compared_as_they_are_written() {
    Path file = edited("\"class_name\":\"BatchNormalization\"", "\"class_name\":\"Imagined\"");
    ToolRun run = ToolRun.of("diff", trained, file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run.out())
        .startsWith(file + "!config.json at /config/layers/2")
        .endsWith(
            """
            description: different
              /config/layers/2/class_name: "BatchNormalization" | "Imagined"
            compilation: equal
            weights: equal
            optimizer: equal
            """);
  }

  @Test
  void what_one_file_cannot_have_is_not_compared() {
    Path weights = dir.resolve("w.weights.h5");
    assertThat(ToolRun.of("convert", trained, weights).exitCode()).isEqualTo(ExitCode.OK);
    ToolRun run = ToolRun.of("diff", weights, trained);
    assertThat(run.out())
        .isEqualTo(
            """
            description: not compared, one file has none
            compilation: not compared, one file has none
            weights: equal
            optimizer: equal
            """);
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }
}
