package dev.ibex.constraints;

/** The projections by short names, for static import. */
public final class Constraints {
  private Constraints() {}

  /** Returns a bound on the norms of vectors along axis 0. */
  public static MaxNorm maxNorm(double maxValue) {
    return MaxNorm.of(maxValue);
  }

  /** Returns a range for the norms of vectors along axis 0. */
  public static MinMaxNorm minMaxNorm(double minValue, double maxValue) {
    return MinMaxNorm.of(minValue, maxValue);
  }

  /** Returns norm 1 for vectors along axis 0. */
  public static UnitNorm unitNorm() {
    return UnitNorm.of();
  }

  /** Returns no negative values. */
  public static NonNeg nonNeg() {
    return NonNeg.of();
  }
}
