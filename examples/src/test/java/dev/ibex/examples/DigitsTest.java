package dev.ibex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Model;
import dev.ibex.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DigitsTest {
  private final Path out;

  DigitsTest(@TempDir Path out) {
    this.out = out;
  }

  private double run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--out";
    all[arguments.length + 1] = out.toString();
    return CommandLine.populateCommand(new Digits(), all).run();
  }

  @Test
  void learns_within_a_few_epochs_and_leaves_a_picture_and_the_model() throws IOException {
    assertThat(run("--epochs", "3")).isGreaterThan(0.85);
    assertThat(ImageIO.read(out.resolve("digits.png").toFile()).getWidth()).isGreaterThan(600);
    try (Model model = Models.load(out.resolve("digits.keras"))) {
      assertThat(model.compilation()).isPresent();
    }
  }

  @Test
  @Tag("slow")
  void reads_97_of_100_test_digits() {
    assertThat(run()).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  @Tag("slow")
  void reads_978_of_1000_test_digits_on_average_over_seeds() {
    double[] accuracies =
        Arrays.stream(new String[] {"0", "1", "2", "3", "4"})
            .mapToDouble(seed -> run("--seed", seed))
            .toArray();
    System.out.println("test accuracy by seed: " + Arrays.toString(accuracies));
    assertThat(Arrays.stream(accuracies).average().orElseThrow()).isGreaterThanOrEqualTo(0.978);
  }
}
