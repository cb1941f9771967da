package dev.ibex.examples;

import java.util.Locale;

/** A table of what a model took for what. */
final class ConfusionMatrix {
  private ConfusionMatrix() {}

  /** Returns a table of one row for each actual and one column for each predicted class. */
  static String of(int classes, int[] actual, int[] predicted) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < actual.length; i++) {
      counts[actual[i]][predicted[i]]++;
    }
    StringBuilder text = new StringBuilder("rows: actual, columns: predicted\n     ");
    for (int c = 0; c < classes; c++) {
      text.append(format("%4d", c));
    }
    for (int r = 0; r < classes; r++) {
      text.append(format("\n%4d ", r));
      for (int count : counts[r]) {
        text.append(count == 0 ? "   ." : format("%4d", count));
      }
    }
    return text.toString();
  }

  private static String format(String format, int number) {
    return String.format(Locale.ROOT, format, number);
  }
}
