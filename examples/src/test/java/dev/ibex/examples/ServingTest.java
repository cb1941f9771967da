package dev.ibex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServingTest {
  private static Serving.Result run(Path out) {
    return CommandLine.populateCommand(new Serving(), "--epochs", "4", "--out", out.toString())
        .run();
  }

  @Test
  void what_is_exported_answers_as_the_model_trains_on_and_gets_a_version(@TempDir Path out) {
    Serving.Result first = run(out);
    assertThat(first.version()).isEqualTo(out.resolve("digits").resolve("1"));
    assertThat(first.difference()).isLessThan(1e-6);
    assertThat(first.sameDigit()).isTrue();
    assertThat(first.lossAfter()).isLessThan(first.lossBefore() * 0.8);

    assertThat(run(out).version()).isEqualTo(out.resolve("digits").resolve("2"));
  }
}
