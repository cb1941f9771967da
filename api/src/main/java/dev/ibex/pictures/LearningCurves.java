package dev.ibex.pictures;

import dev.ibex.core.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How loss and metrics change from epoch to epoch: one panel for each key, in which {@code loss}
 * and {@code val_loss} are two lines. {@code History.plot} draws them.
 */
public final class LearningCurves {
  private static final String VALIDATION = "val_";
  private final Map<String, Curve> curves;

  /**
   * The values of one key.
   *
   * @param name what the legend says
   * @param epochs the numbers of the epochs, from 0
   * @param values one for each epoch; those that are not finite leave a gap
   */
  record Curve(String name, List<Integer> epochs, List<Double> values) {
    int lastEpoch() {
      return epochs.get(epochs.size() - 1);
    }

    /** Returns whether no two values can be joined by a line. */
    boolean isDot() {
      return values.stream().filter(Double::isFinite).count() <= 1;
    }
  }

  /** What is drawn in one system of axes. */
  record Panel(String title, List<Curve> curves) {}

  private LearningCurves(Map<String, Curve> curves) {
    this.curves = curves;
  }

  /** Returns a picture without curves. */
  public static LearningCurves of() {
    return new LearningCurves(Map.of());
  }

  /**
   * Returns this picture with the curve of one more key.
   *
   * @param epochs the numbers of the epochs, from 0
   * @param values one for each epoch; those that are not finite leave a gap
   * @throws IllegalArgumentException if there are none, or not as many of one as of the other
   */
  public LearningCurves with(String key, List<Integer> epochs, List<Double> values) {
    Check.that(
        !epochs.isEmpty() && epochs.size() == values.size(),
        "%s: expected a value for each epoch, got %d epochs and %d values",
        key,
        epochs.size(),
        values.size());
    List<Double> drawn = values.stream().map(v -> Double.isFinite(v) ? v : Double.NaN).toList();
    Map<String, Curve> more = new LinkedHashMap<>(curves);
    String name = key.startsWith(VALIDATION) ? "validation" : "training";
    more.put(key, new Curve(name, List.copyOf(epochs), drawn));
    return new LearningCurves(more);
  }

  /** Returns the keys by panel, in the order in which they came. */
  List<Panel> panels() {
    Map<String, List<Curve>> byTitle = new LinkedHashMap<>();
    curves.forEach(
        (key, curve) -> {
          String title = key.startsWith(VALIDATION) ? key.substring(VALIDATION.length()) : key;
          byTitle.computeIfAbsent(title, t -> new ArrayList<>()).add(curve);
        });
    return byTitle.entrySet().stream().map(e -> new Panel(e.getKey(), e.getValue())).toList();
  }

  /**
   * Draws into a file; folders that are missing are made.
   *
   * @param file a name that ends with {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends otherwise
   * @throws IllegalStateException if there is nothing to draw, or a library is missing; the text
   *     names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void plot(Path file) {
    Format format = Format.of(file);
    Library.XCHART.need();
    if (curves.isEmpty()) {
      throw new IllegalStateException(
          "there is no epoch to draw; plot the history of a training that ran for one or more");
    }
    format.write(file, Charts.panels(toString(), panels()));
  }

  /** Returns the keys by panel, such as {@code Learning curves: loss (training, validation)}. */
  @Override
  public String toString() {
    return panels().stream()
        .map(
            panel ->
                panel.curves().stream()
                    .map(Curve::name)
                    .collect(Collectors.joining(", ", panel.title() + " (", ")")))
        .collect(Collectors.joining(", ", "Learning curves: ", ""));
  }
}
