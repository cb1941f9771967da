package dev.ibex.examples;

import dev.ibex.graph.Array;

/** Columns brought to mean 0 and standard deviation 1, as those of some samples have them. */
final class Standardized {
  private final double[] mean;
  private final double[] deviation;

  private Standardized(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** Measures the columns of some samples: those that are trained on. */
  static Standardized by(Array samples) {
    float[][] rows = samples.floats2d();
    double[] mean = new double[rows[0].length];
    double[] deviation = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      for (float[] row : rows) {
        mean[c] += row[c] / (double) rows.length;
      }
      for (float[] row : rows) {
        deviation[c] += Math.pow(row[c] - mean[c], 2) / rows.length;
      }
      deviation[c] = Math.sqrt(deviation[c]);
    }
    return new Standardized(mean, deviation);
  }

  /** Returns samples on that scale. */
  Array of(Array samples) {
    float[][] rows = samples.floats2d();
    for (float[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) ((row[c] - mean[c]) / deviation[c]);
      }
    }
    return Array.of(rows);
  }
}
