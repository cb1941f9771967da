package dev.ibex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The short examples learn what can be learned, and leave pictures. */
class TablesTest {
  private final Path out;

  TablesTest(@TempDir Path out) {
    this.out = out;
  }

  private <T> T example(T object, String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--out", out.toString()))
            .toArray(String[]::new);
    return CommandLine.populateCommand(object, all);
  }

  private void leaves(String... pictures) throws Exception {
    for (String picture : pictures) {
      assertThat(ImageIO.read(out.resolve(picture).toFile()).getWidth()).isGreaterThan(100);
    }
  }

  @Test
  void iris_knows_nine_of_ten_flowers() throws Exception {
    assertThat(example(new Iris(), "--epochs", "40").run()).isGreaterThan(0.9);
    leaves("curves.png", "confusion.png");
  }

  @Test
  void breast_cancer_puts_nearly_all_tumours_in_order() throws Exception {
    assertThat(example(new BreastCancer(), "--epochs", "15").run()).isGreaterThan(0.98);
    leaves("curves.png", "confusion.png", "roc.png");
  }

  @Test
  void diabetes_errs_less_than_two_thirds_of_what_the_mean_does() throws Exception {
    Diabetes.Result result = example(new Diabetes()).run();
    assertThat(result.model()).isLessThan(result.mean() * 2 / 3);
    leaves("curves.png");
  }

  @Test
  void xor_is_solved() throws Exception {
    float[] answers = example(new Xor()).run();
    assertThat(answers[0]).isLessThan(0.1f);
    assertThat(answers[1]).isGreaterThan(0.9f);
    assertThat(answers[2]).isGreaterThan(0.9f);
    assertThat(answers[3]).isLessThan(0.1f);
    leaves("model.png");
  }

  @Test
  void made_digits_look_like_real_ones_on_the_mean() throws Exception {
    assertThat(example(new Gan(), "--epochs", "15").run()).isGreaterThan(0.9);
    leaves("digits.png");
  }
}
