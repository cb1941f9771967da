package dev.ibex.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfusionMatrixTest {
  private static final int WHOLE_ROW = 0x1f5f99;

  private final Path dir;

  ConfusionMatrixTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void counts_predictions_by_expected_class() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0, 1, 2}, new int[] {0, 2, 1, 2});
    assertThat(matrix.counts()).isDeepEqualTo(new int[][] {{1, 0, 1}, {0, 1, 0}, {0, 0, 1}});
    assertThat(matrix.names()).containsExactly("0", "1", "2");
    assertThat(matrix)
        .hasToString(
            """
            rows: expected, columns: predicted
               0  1  2
            0  1  .  1
            1  .  1  .
            2  .  .  1\
            """);
  }

  @Test
  void columns_are_as_wide_as_names_and_counts() {
    assertThat(ConfusionMatrix.of(new int[120], new int[120], "a", "yeti"))
        .hasToString(
            """
            rows: expected, columns: predicted
                    a  yeti
            a     120     .
            yeti    .     .\
            """);
  }

  @Test
  void counts_are_a_copy() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0}, new int[] {0});
    matrix.counts()[0][0] = 7;
    assertThat(matrix.counts()[0][0]).isEqualTo(1);
  }

  @Test
  void a_class_that_is_always_found_is_the_darkest() {
    Path file = dir.resolve("matrix.png");
    ConfusionMatrix.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 0, 1}, "no", "yes").plot(file);
    BufferedImage image = Drawn.png(file);
    assertThat(Drawn.colors(image)).isGreaterThan(30);
    assertThat(Drawn.count(image, WHOLE_ROW)).isBetween(4000L, 88L * 88);
    assertThat(Drawn.count(image, 0x8fafcc)).as("half of a row").isBetween(8000L, 2 * 88L * 88);
  }

  @Test
  void an_svg_file_is_xml_with_all_names_and_counts_in_it() {
    Path file = dir.resolve("matrix.svg");
    List<String> names = List.of("Egyptian cat", "a class with a long name", "<&>");
    ConfusionMatrix.of(new int[] {0, 1, 2, 2}, new int[] {0, 1, 1, 2}, names).plot(file);
    assertThat(Drawn.svgTexts(file))
        .contains("expected", "predicted")
        .filteredOn(names::contains)
        .hasSize(6);
    assertThat(Drawn.svgTexts(file)).filteredOn("1"::equals).hasSize(4);
    assertThat(Drawn.svgTexts(file)).filteredOn("0"::equals).hasSize(5);
  }

  static Stream<Arguments> mistakes() {
    int[] two = {0, 1};
    return Stream.of(
        Arguments.of(
            two,
            new int[] {0},
            List.of(),
            "predicted: expected a class for each sample, got 1 for 2 samples"),
        Arguments.of(
            new int[0],
            new int[0],
            List.of(),
            "predicted: expected a class for each sample, got 0 for 0 samples"),
        Arguments.of(
            two, new int[] {0, -1}, List.of(), "predicted: expected classes from 0 to 1, got -1"),
        Arguments.of(
            new int[] {0, 2},
            two,
            List.of("a", "b"),
            "expected: expected classes from 0 to 1, got 2"),
        Arguments.of(two, two, List.of("a", "a"), "names: one is there twice: [a, a]"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakes_are_named(int[] expected, int[] predicted, List<String> names, String message) {
    assertThatThrownBy(() -> ConfusionMatrix.of(expected, predicted, names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
