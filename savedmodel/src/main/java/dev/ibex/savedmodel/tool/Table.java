package dev.ibex.savedmodel.tool;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns stand below each other. */
final class Table {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /** Adds a row; all have as many columns. */
  void row(String... columns) {
    rows.add(columns);
  }

  List<String> lines() {
    int columns = rows.stream().mapToInt(r -> r.length).max().orElse(0);
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns - 1; i++) { // the last may be as long as it likes
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String fill = " ".repeat(Math.max(0, widths[i] - row[i].length()));
      line.append(GAP).append(row[i]).append(fill);
    }
    return line.toString().stripTrailing();
  }
}
