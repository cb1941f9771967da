package dev.ibex.pictures;

import dev.ibex.core.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How well scores tell positive from negative samples: for each threshold, what share of either is
 * taken for positive. Immutable.
 */
public final class RocCurve {
  private final List<Point> points;

  /**
   * What a threshold does.
   *
   * @param threshold samples with this score or a larger one are taken for positive
   * @param falsePositiveRate the share of the negative samples taken for positive
   * @param truePositiveRate the share of the positive samples taken for positive
   */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

  private RocCurve(List<Point> points) {
    this.points = points;
  }

  /**
   * Returns the curve of some samples.
   *
   * @param expected 1 for each positive and 0 for each negative sample
   * @param scores the larger, the likelier is the sample positive, such as what a sigmoid returns
   * @throws IllegalArgumentException if there are not as many of one as of the other, samples of
   *     one kind only, other classes, or scores that are NaN
   */
  public static RocCurve of(int[] expected, float[] scores) {
    Check.that(
        expected.length == scores.length,
        "scores: expected one for each sample, got %d for %d samples",
        scores.length,
        expected.length);
    int positive = 0;
    for (int i = 0; i < expected.length; i++) {
      Check.that(
          expected[i] == 0 || expected[i] == 1,
          "expected: expected 0 or 1 for each sample, got %d",
          expected[i]);
      Check.that(!Float.isNaN(scores[i]), "scores: sample %d has the score NaN", i);
      positive += expected[i];
    }
    int negative = expected.length - positive;
    Check.that(
        positive > 0 && negative > 0,
        "expected: expected positive and negative samples, got %d and %d",
        positive,
        negative);
    return new RocCurve(points(expected, scores, positive, negative));
  }

  /** Lowers the threshold from score to score; equal scores are one step. */
  private static List<Point> points(int[] expected, float[] scores, int positive, int negative) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(i -> i)
            .toArray();
    List<Point> points = new ArrayList<>(List.of(new Point(Double.POSITIVE_INFINITY, 0, 0)));
    int found = 0;
    for (int i = 0; i < order.length; i++) {
      found += expected[order[i]];
      float score = scores[order[i]];
      if (i + 1 == order.length || scores[order[i + 1]] != score) {
        points.add(
            new Point(score, (i + 1 - found) / (double) negative, found / (double) positive));
      }
    }
    return List.copyOf(points);
  }

  /**
   * Returns the points, from the threshold that takes none for positive to that which takes all.
   */
  public List<Point> points() {
    return points;
  }

  /**
   * Returns the area under the curve: the chance that a positive sample has a larger score than a
   * negative one, equal scores counted half. 1 is perfect, 0.5 is guessing.
   */
  public double area() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point a = points.get(i - 1);
      Point b = points.get(i);
      area +=
          (b.falsePositiveRate() - a.falsePositiveRate())
              * (a.truePositiveRate() + b.truePositiveRate())
              / 2;
    }
    return area;
  }

  /**
   * Draws into a file; folders that are missing are made.
   *
   * @param file a name that ends with {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends otherwise
   * @throws IllegalStateException if a library is missing; the text names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void plot(Path file) {
    Format format = Format.of(file);
    Library.XCHART.need();
    format.write(
        file,
        Charts.unitSquare(
            toString(),
            "false positive rate",
            "true positive rate",
            points.stream().mapToDouble(Point::falsePositiveRate).toArray(),
            points.stream().mapToDouble(Point::truePositiveRate).toArray()));
  }

  /** Returns the area, such as {@code ROC curve, area 0.9931}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "ROC curve, area %.4f", area());
  }
}
