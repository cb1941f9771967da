package dev.ibex.savedmodel.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which names a misspelt one may have meant. */
public final class NearNames {
  private static final int SHOWN = 5;

  /** Longer ones are compared up to here. */
  private static final int COMPARED = 200;

  private NearNames() {}

  /** Returns a few names with the fewest letters to change, the nearest first. */
  public static List<String> of(String name, Collection<String> names) {
    Map<String, Integer> distances = new HashMap<>();
    names.forEach(n -> distances.put(n, distance(name, n)));
    return distances.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int distance(String a, String b) {
    int n = Math.min(a.length(), COMPARED);
    int m = Math.min(b.length(), COMPARED);
    int[] above = new int[m + 1];
    for (int j = 0; j <= m; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      int[] row = new int[m + 1];
      row[0] = i;
      for (int j = 1; j <= m; j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[m];
  }
}
