package dev.ibex.pictures;

import dev.ibex.core.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier took for what: how many samples of each class were predicted as each class.
 * Immutable.
 *
 * <pre>{@code
 * ConfusionMatrix.of(classes, model.predict(x).argmax(), "cat", "dog").plot(Path.of("cats.png"));
 * }</pre>
 */
public final class ConfusionMatrix {
  private final List<String> names;
  private final int[][] counts;

  private ConfusionMatrix(List<String> names, int[][] counts) {
    this.names = names;
    this.counts = counts;
  }

  /**
   * Returns the matrix of some samples.
   *
   * @param expected the class of each sample, from 0
   * @param predicted the predicted class of each sample
   * @param names the name of each class; without them there are as many classes as the largest
   *     number says, named by their numbers
   * @throws IllegalArgumentException if there are no samples, not as many of one as of the other, a
   *     class that is negative or has no name, or two of one name
   */
  public static ConfusionMatrix of(int[] expected, int[] predicted, String... names) {
    return of(expected, predicted, List.of(names));
  }

  /** As {@link #of(int[], int[], String...)}. */
  public static ConfusionMatrix of(int[] expected, int[] predicted, List<String> names) {
    Check.that(
        expected.length == predicted.length && expected.length > 0,
        "predicted: expected a class for each sample, got %d for %d samples",
        predicted.length,
        expected.length);
    int largest =
        Math.max(
            Arrays.stream(expected).max().getAsInt(), Arrays.stream(predicted).max().getAsInt());
    List<String> all =
        names.isEmpty()
            ? IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList()
            : List.copyOf(names);
    Check.that(new HashSet<>(all).size() == all.size(), "names: one is there twice: %s", all);
    int[][] counts = new int[all.size()][all.size()];
    for (int i = 0; i < expected.length; i++) {
      counts[in("expected", expected[i], all)][in("predicted", predicted[i], all)]++;
    }
    return new ConfusionMatrix(all, counts);
  }

  private static int in(String what, int index, List<String> names) {
    Check.that(
        index >= 0 && index < names.size(),
        "%s: expected classes from 0 to %d, got %d",
        what,
        names.size() - 1,
        index);
    return index;
  }

  /** Returns the names of the classes. */
  public List<String> names() {
    return names;
  }

  /** Returns the numbers of samples, {@code [expected class][predicted class]}. */
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /**
   * Draws into a file, a row for each expected and a column for each predicted class. The larger a
   * share of its row, the darker is a number's place. Folders that are missing are made.
   *
   * @param file a name that ends with {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends otherwise
   * @throws IllegalStateException if a library is missing; the text names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void plot(Path file) {
    Format format = Format.of(file);
    format.write(file, ConfusionPainter.picture(names, counts));
  }

  /** Returns a table of one row for each expected and one column for each predicted class. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of("rows: expected, columns: predicted"));
    int[] widths = new int[names.size()];
    Arrays.setAll(
        widths,
        c ->
            Math.max(
                names.get(c).length(),
                IntStream.range(0, widths.length)
                    .map(r -> text(counts[r][c]).length())
                    .max()
                    .getAsInt()));
    int margin = names.stream().mapToInt(String::length).max().getAsInt();
    lines.add(line("", margin, names, widths));
    for (int row = 0; row < widths.length; row++) {
      List<String> cells = Arrays.stream(counts[row]).mapToObj(ConfusionMatrix::text).toList();
      lines.add(line(names.get(row), margin, cells, widths));
    }
    return String.join("\n", lines);
  }

  private static String text(int count) {
    return count == 0 ? "." : Integer.toString(count);
  }

  private static String line(String name, int margin, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder(name + " ".repeat(margin - name.length()));
    for (int c = 0; c < widths.length; c++) {
      line.append("  ").append(" ".repeat(widths[c] - cells.get(c).length())).append(cells.get(c));
    }
    return line.toString();
  }
}
