package dev.ibex.savedmodel.weights;

import java.util.Comparator;

/** The order of paths in which numbers count as numbers: {@code vars/2} before {@code vars/10}. */
public final class WeightOrder {
  /** The order. */
  public static final Comparator<String> INSTANCE =
      ((Comparator<String>) WeightOrder::compare).thenComparing(Comparator.naturalOrder());

  private WeightOrder() {}

  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = number(a, i);
      int endB = number(b, j);
      boolean numbers = endA > i && endB > j;
      int order =
          numbers && endA - i != endB - j // without leading zeros the longer one is larger
              ? Integer.compare(endA - i, endB - j)
              : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i++;
      j++;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** Returns where the number ends that begins at a place; the place itself if none does. */
  private static int number(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
