package dev.ibex.layers;

import java.util.stream.LongStream;

/**
 * Mean and variance of numbers that come one after the other, in several places at once; each
 * number is looked at once, by Welford's update.
 */
final class RunningMoments {
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  RunningMoments(int places) {
    counts = new long[places];
    means = new double[places];
    squares = new double[places];
  }

  void add(int place, double x) {
    counts[place]++;
    double off = x - means[place];
    means[place] += off / counts[place];
    squares[place] += off * (x - means[place]);
  }

  /** Returns how many numbers came in all. */
  long count() {
    return LongStream.of(counts).sum();
  }

  /** Returns the mean of each place. */
  double[] means() {
    return means.clone();
  }

  /** Returns the biased variance of each place. */
  double[] variances() {
    double[] variances = new double[squares.length];
    for (int i = 0; i < squares.length; i++) {
      variances[i] = squares[i] / counts[i];
    }
    return variances;
  }
}
