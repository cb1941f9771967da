package dev.ibex.savedmodel.weights;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The order of paths in which numbers count as numbers: {@code vars/2} before {@code vars/10}. */
public final class WeightOrder {
  /** The order. */
  public static final Comparator<String> INSTANCE =
      Comparator.comparing(WeightOrder::padded).thenComparing(Comparator.naturalOrder());

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private WeightOrder() {}

  private static String padded(String path) {
    return NUMBER.matcher(path).replaceAll(m -> String.format("%12s", m.group()));
  }
}
