package dev.ibex.regularizers;

/** The penalties by short names, for static import. */
public final class Regularizers {
  private Regularizers() {}

  /** Returns {@code strength · sum(|x|)}. */
  public static L1 l1(double strength) {
    return L1.of(strength);
  }

  /** Returns {@code strength · sum(x²)}. */
  public static L2 l2(double strength) {
    return L2.of(strength);
  }

  /** Returns {@code l1 · sum(|x|) + l2 · sum(x²)}. */
  public static L1L2 l1l2(double l1, double l2) {
    return L1L2.of(l1, l2);
  }

  /** Returns a penalty on rows of a matrix that are not orthogonal, of strength 0.01. */
  public static OrthogonalRegularizer orthogonal() {
    return OrthogonalRegularizer.of();
  }
}
