package dev.ibex.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;

/** Names that users write as text. */
public final class Names {
  private Names() {}

  /**
   * Returns the error for a name that is not among those known; its text offers the nearest one.
   *
   * @param what the kind of thing, such as {@code loss}
   */
  public static IllegalArgumentException unknown(
      String what, String name, Collection<String> known) {
    String nearest =
        known.stream()
            .min(
                Comparator.<String>comparingInt(k -> distance(name, k))
                    .thenComparing(Comparator.naturalOrder()))
            .orElse("");
    return new IllegalArgumentException(
        what
            + ": none is named \""
            + name
            + "\"; the nearest is \""
            + nearest
            + "\". Known are "
            + String.join(", ", new TreeSet<>(known)));
  }

  /** Returns how many letters must be added, dropped or replaced. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
