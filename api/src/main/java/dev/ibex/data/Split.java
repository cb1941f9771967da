package dev.ibex.data;

import dev.ibex.Data;
import dev.ibex.core.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Divides samples into parts by chance: each sample goes into exactly one part, and the same seed
 * always gives the same parts. Immutable.
 *
 * @param <T> what a part is
 */
public final class Split<T> {
  private final int samples;
  private final long seed;
  private final Function<int[], T> part;

  private Split(int samples, long seed, Function<int[], T> part) {
    this.samples = samples;
    this.seed = seed;
    this.part = part;
  }

  /** Returns a split of numbers of rows. */
  public static Split<int[]> of(int samples, long seed) {
    return new Split<>(Check.positive("samples", samples), seed, rows -> rows);
  }

  /** Returns a split of arrays, not of streams. */
  public static Split<Data> of(Data data, long seed) {
    return new Split<>(data.samples(), seed, data::rows);
  }

  /**
   * Returns the parts, each in an order of chance.
   *
   * @param shares how much of the samples each part gets, such as 0.7, 0.15, 0.15
   * @throws IllegalArgumentException if the shares are not positive, do not add up to 1, or leave a
   *     part empty
   */
  public List<T> parts(double... shares) {
    Check.that(
        Arrays.stream(shares).allMatch(s -> s > 0)
            && Math.abs(Arrays.stream(shares).sum() - 1) < 1e-6,
        "shares: expected positive numbers that add up to 1, got %s",
        Arrays.toString(shares));
    List<Integer> order = new ArrayList<>(IntStream.range(0, samples).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    List<T> parts = new ArrayList<>();
    double sum = 0;
    int from = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i];
      int to = i == shares.length - 1 ? samples : (int) Math.round(samples * sum);
      Check.that(to > from, "shares: %s of %d samples is not even one", shares[i], samples);
      parts.add(part.apply(order.subList(from, to).stream().mapToInt(n -> n).toArray()));
      from = to;
    }
    return parts;
  }
}
