package dev.ibex.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.pictures.RocCurve.Point;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RocCurveTest {
  private final Path dir;

  RocCurveTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void each_score_is_a_threshold() {
    RocCurve curve = RocCurve.of(new int[] {0, 0, 1, 1}, new float[] {0.125f, 0.5f, 0.25f, 0.75f});
    assertThat(curve.points())
        .containsExactly(
            new Point(Double.POSITIVE_INFINITY, 0, 0),
            new Point(0.75, 0, 0.5),
            new Point(0.5, 0.5, 0.5),
            new Point(0.25, 0.5, 1),
            new Point(0.125, 1, 1));
    assertThat(curve.area()).isEqualTo(0.75);
    assertThat(curve).hasToString("ROC curve, area 0.7500");
  }

  @Test
  void equal_scores_are_one_step_in_any_order() {
    RocCurve curve = RocCurve.of(new int[] {1, 0, 1, 0}, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
    assertThat(curve.points())
        .containsExactly(new Point(Double.POSITIVE_INFINITY, 0, 0), new Point(0.5, 1, 1));
    assertThat(curve.area()).isEqualTo(0.5);
  }

  @Test
  void the_area_is_the_share_of_pairs_in_the_right_order() {
    Random random = new Random(3);
    int[] expected = random.ints(200, 0, 2).toArray();
    float[] scores = new float[200];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(20) + 5 * expected[i];
    }
    double right = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (expected[i] == 1 && expected[j] == 0) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(RocCurve.of(expected, scores).area()).isCloseTo(right / pairs, within(1e-12));
  }

  @Test
  void is_drawn_in_a_square() {
    RocCurve curve = RocCurve.of(new int[] {0, 1, 0, 1}, new float[] {0, 1, 2, 3});
    curve.plot(dir.resolve("roc.png"));
    BufferedImage image = Drawn.png(dir.resolve("roc.png"));
    assertThat(Drawn.size(image)).isEqualTo("960x960");
    assertThat(Drawn.count(image, 0x1f77b4)).isGreaterThan(2000);
    curve.plot(dir.resolve("roc.svg"));
    assertThat(Drawn.svgSize(dir.resolve("roc.svg"))).isEqualTo("svg 480x480");
    assertThat(Drawn.svgTitle(dir.resolve("roc.svg"))).isEqualTo("ROC curve, area 0.7500");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            new int[] {0, 1},
            new float[1],
            "scores: expected one for each sample, got 1 for 2 samples"),
        Arguments.of(
            new int[] {0, 2}, new float[2], "expected: expected 0 or 1 for each sample, got 2"),
        Arguments.of(
            new int[] {1, 1},
            new float[2],
            "expected: expected positive and negative samples, got 2 and 0"),
        Arguments.of(
            new int[] {0, 1}, new float[] {0, Float.NaN}, "scores: sample 1 has the score NaN"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakes_are_named(int[] expected, float[] scores, String message) {
    assertThatThrownBy(() -> RocCurve.of(expected, scores))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
