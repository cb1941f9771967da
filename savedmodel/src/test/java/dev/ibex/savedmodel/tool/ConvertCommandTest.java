package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
  @TempDir Path dir;
  private Path trained = Path.of("");

  @BeforeEach
  void write() {
    trained = Samples.trained(dir.resolve("trained.keras"));
  }

  private static void done(Object... args) {
    ToolRun run = ToolRun.of(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "keras,weights",
    "keras,optimizer",
    "weights.h5,weights",
    "weights.json,weights",
    "json,description",
    "h5,description",
    "h5,compilation",
    "h5,weights",
    "h5,optimizer"
  })
  void what_is_converted_equals_what_it_was(String format, String part) {
    Path out = dir.resolve("out." + format);
    assertThat(ToolRun.of("convert", trained, out).out()).isEqualTo(out + ": " + format + "\n");
    assertThat(ToolRun.of("diff", trained, out).out()).contains(part + ": equal\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz-3.15.1.keras", "npz-2.13.1.keras", "shards.weights.json"})
  void what_keras_wrote_otherwise_is_converted_and_equal(String name) {
    Path file = Samples.fixture(name);
    Path out = dir.resolve("out.keras");
    if (name.startsWith("npz")) {
      done("convert", file, out);
      assertThat(ToolRun.of("diff", file, out).out()).doesNotContain("different");
    } else {
      done("convert", file, out, "--config", Samples.fixture("shards.keras"));
    }
    assertThat(ToolRun.of("diff", file, out).out())
        .contains("weights: equal\n", "optimizer: equal\n");
  }

  @Test
  void a_format_is_given_where_the_name_has_none() {
    Path out = dir.resolve("out");
    done("convert", "--to", "keras", trained, out);
    done("diff", trained, out);
  }

  @Test
  void weights_become_a_model_with_the_description_that_they_belong_to() {
    Path weights = dir.resolve("w.weights.h5");
    Path json = dir.resolve("d.json");
    Path plain = dir.resolve("plain.keras");
    Path built = dir.resolve("built.keras");
    Path rebuilt = dir.resolve("rebuilt.keras");
    done("convert", trained, weights);
    done("convert", trained, json);
    done("convert", "--no-compile", trained, plain);
    done("convert", "--no-compile", weights, built, "--config", json);
    done("diff", built, plain);
    done("convert", weights, rebuilt, "--config", trained);
    done("diff", rebuilt, trained);
  }

  @Test
  void weights_without_state_get_none_of_another_training() {
    Path weights = dir.resolve("plain.keras");
    Path out = dir.resolve("out.keras");
    done("convert", "--no-compile", trained, weights);
    done("convert", weights, out, "--config", trained);
    try (Model model = Models.load(out);
        Model other = Models.load(trained)) {
      assertThat(other.optimizerVariables().get(0).value().longs()).containsExactly(1);
      assertThat(model.optimizerVariables().get(0).value().longs()).containsExactly(0);
      assertThat(model.optimizerVariables().get(1).value()).isEqualTo(Array.scalar(0.5f));
      assertThat(model.optimizerVariables()).hasSameSizeAs(other.optimizerVariables());
      assertThat(model.optimizerVariables().stream().skip(2))
          .isNotEmpty()
          .allSatisfy(v -> assertThat(v.value().floats()).containsOnly(0));
    }
    assertThat(ToolRun.of("diff", out, trained).out()).contains("compilation: equal\n");
  }

  @Test
  void a_file_that_is_there_is_replaced_on_demand_alone() throws IOException {
    Path out = Files.writeString(dir.resolve("out.json"), "mine");
    ToolRun refused = ToolRun.of("convert", trained, out);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FILE);
    assertThat(refused.err())
        .isEqualTo("ibex convert: " + out + " is there already; --force replaces it\n");
    assertThat(out).hasContent("mine");
    done("convert", "--force", trained, out);
    assertThat(Files.readString(out)).contains("\"Sequential\"");
  }

  @Test
  void a_compilation_that_is_unknown_here_is_left_out_on_demand_alone() {
    Path file =
        Samples.edited(
            trained,
            dir.resolve("unknown.keras"),
            "\"class_name\":\"Adam\"",
            "\"class_name\":\"Imagined\"");
    Path out = dir.resolve("out.keras");
    ToolRun refused = ToolRun.of("convert", file, out);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FILE);
    assertThat(refused.err())
        .contains("Imagined")
        .endsWith("\n--no-compile converts the model without its compilation\n");
    assertThat(out).doesNotExist();
    done("convert", "--no-compile", file, out);
  }

  @Test
  void weights_of_another_model_are_refused() {
    Path other = Samples.branched(dir.resolve("other.keras"));
    ToolRun refused = ToolRun.of("convert", trained, dir.resolve("o.keras"), "--config", other);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FILE);
    assertThat(refused.err()).contains("the weights do not fit the model; nothing was loaded");
  }
}
