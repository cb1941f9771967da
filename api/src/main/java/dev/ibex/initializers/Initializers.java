package dev.ibex.initializers;

/**
 * The initializers by short names, for static import.
 *
 * <p>Each is random by the model's seed and the weight's place, until {@code seed(...)} fixes it.
 */
public final class Initializers {
  private Initializers() {}

  /** Returns zeros. */
  public static Zeros zeros() {
    return Zeros.of();
  }

  /** Returns ones. */
  public static Ones ones() {
    return Ones.of();
  }

  /** Returns one value everywhere. */
  public static Constant constant(double value) {
    return Constant.of(value);
  }

  /** Returns the identity matrix. */
  public static Identity identity() {
    return Identity.of();
  }

  /** Returns normal numbers of deviation 0.05. */
  public static RandomNormal randomNormal() {
    return RandomNormal.of();
  }

  /** Returns uniform numbers within ±0.05. */
  public static RandomUniform randomUniform() {
    return RandomUniform.of();
  }

  /** Returns truncated normal numbers of deviation 0.05. */
  public static TruncatedNormal truncatedNormal() {
    return TruncatedNormal.of();
  }

  /** Returns Glorot's normal numbers. */
  public static GlorotNormal glorotNormal() {
    return GlorotNormal.of();
  }

  /** Returns Glorot's uniform numbers. */
  public static GlorotUniform glorotUniform() {
    return GlorotUniform.of();
  }

  /** Returns He's normal numbers. */
  public static HeNormal heNormal() {
    return HeNormal.of();
  }

  /** Returns He's uniform numbers. */
  public static HeUniform heUniform() {
    return HeUniform.of();
  }

  /** Returns LeCun's normal numbers. */
  public static LecunNormal lecunNormal() {
    return LecunNormal.of();
  }

  /** Returns LeCun's uniform numbers. */
  public static LecunUniform lecunUniform() {
    return LecunUniform.of();
  }

  /** Returns a random orthogonal matrix. */
  public static Orthogonal orthogonal() {
    return Orthogonal.of();
  }

  /** Returns truncated normal numbers of variance 1 / fan in. */
  public static VarianceScaling varianceScaling() {
    return VarianceScaling.of();
  }
}
