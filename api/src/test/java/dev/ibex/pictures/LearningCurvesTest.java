package dev.ibex.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurvesTest {
  private static final int TRAINING = 0x1f77b4;
  private static final int VALIDATION = 0xff7f0e;

  private final Path dir;

  LearningCurvesTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private static LearningCurves curves(int epochs, String... keys) {
    LearningCurves curves = LearningCurves.of();
    List<Integer> numbers = IntStream.range(0, epochs).boxed().toList();
    for (String key : keys) {
      int shift = key.hashCode() % 7;
      curves = curves.with(key, numbers, numbers.stream().map(e -> shift + 1.0 / (e + 1)).toList());
    }
    return curves;
  }

  private BufferedImage png(LearningCurves curves) {
    Path file = dir.resolve("curves.png");
    curves.plot(file);
    return Drawn.png(file);
  }

  @Test
  void loss_and_validation_loss_are_two_lines_of_one_panel() {
    BufferedImage image = png(curves(5, "loss", "val_loss"));
    assertThat(Drawn.size(image)).isEqualTo("1120x800");
    assertThat(Drawn.count(image, TRAINING)).isGreaterThan(500);
    assertThat(Drawn.count(image, VALIDATION)).isGreaterThan(500);
    assertThat(Drawn.colors(image)).isGreaterThan(30);
  }

  @Test
  void without_validation_there_is_no_second_line() {
    assertThat(Drawn.count(png(curves(5, "loss")), VALIDATION)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "loss;val_loss;mae;val_mae, 2240x800",
    "loss;a;b, 3360x800",
    "loss;a;b;c, 2240x1600",
    "loss;a;b;c;d, 3360x1600"
  })
  void each_metric_has_a_panel(String keys, String size) {
    assertThat(Drawn.size(png(curves(3, keys.split(";"))))).isEqualTo(size);
  }

  @Test
  void an_svg_file_is_xml_with_the_names_in_it() {
    Path file = dir.resolve("in/a/folder/Curves.SVG");
    curves(3, "loss", "accuracy", "val_loss", "val_accuracy").plot(file);
    assertThat(Drawn.svgSize(file)).isEqualTo("svg 1120x400");
    assertThat(Drawn.svgTitle(file))
        .isEqualTo("Learning curves: loss (training, validation), accuracy (training, validation)");
  }

  @Test
  void one_epoch_is_a_dot() {
    assertThat(Drawn.count(png(curves(1, "loss")), TRAINING)).isGreaterThan(50);
  }

  @Test
  void values_that_are_not_finite_leave_gaps() {
    List<Integer> epochs = List.of(0, 1, 2);
    LearningCurves diverged =
        LearningCurves.of()
            .with("loss", epochs, List.of(1.0, Double.POSITIVE_INFINITY, Double.NaN));
    assertThat(Drawn.count(png(diverged), TRAINING)).isBetween(50L, 500L);
    LearningCurves never =
        LearningCurves.of().with("loss", epochs, Collections.nCopies(3, Double.NaN));
    assertThat(Drawn.count(png(never), TRAINING)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"curves.jpg", "curves", "png", "curves.png.txt"})
  void other_endings_are_refused(String name) {
    Path file = dir.resolve(name);
    assertThatThrownBy(() -> curves(2, "loss").plot(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file: expected a name that ends with .png or .svg, got " + file);
    assertThat(file).doesNotExist();
  }

  @Test
  void nothing_to_draw_is_said() {
    assertThatThrownBy(() -> LearningCurves.of().plot(dir.resolve("curves.png")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "there is no epoch to draw; plot the history of a training that ran for one or more");
  }

  @Test
  void a_place_that_cannot_be_written_is_named() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "").resolve("curves.png");
    assertThatThrownBy(() -> curves(2, "loss").plot(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + ": the picture cannot be written here; choose another place");
  }

  @Test
  void each_epoch_needs_a_value() {
    assertThatThrownBy(() -> LearningCurves.of().with("loss", List.of(0, 1), List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss: expected a value for each epoch, got 2 epochs and 1 values");
  }
}
