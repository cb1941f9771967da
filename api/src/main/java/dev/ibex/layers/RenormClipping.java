package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import java.util.Optional;

/**
 * Bounds of the correction that batch renormalization makes; see {@link
 * BatchNormalization#renormClipping}.
 *
 * @param rmax the upper bound of r; none by default
 * @param rmin the lower bound of r; none by default
 * @param dmax the bound of d's size; none by default
 */
public record RenormClipping(Optional<Double> rmax, Optional<Double> rmin, Optional<Double> dmax) {
  /** Returns no bounds. */
  public static RenormClipping of() {
    return new RenormClipping(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Sets the upper bound of r. */
  public RenormClipping rmax(double max) {
    return Records.with(this, "rmax", Optional.of(max));
  }

  /** Sets the lower bound of r. */
  public RenormClipping rmin(double min) {
    return Records.with(this, "rmin", Optional.of(min));
  }

  /** Sets the bound of d's size. */
  public RenormClipping dmax(double max) {
    return Records.with(this, "dmax", Optional.of(max));
  }

  /**
   * Refuses bounds that leave nothing.
   *
   * @throws IllegalArgumentException if rmax is below rmin, or dmax below 0
   */
  void check() {
    if (rmax.isPresent() && rmin.isPresent()) {
      Check.that(
          rmax.get() >= rmin.get(),
          "renormClipping: expected an rmax of at least rmin, got rmax %s and rmin %s",
          rmax.get(),
          rmin.get());
    }
    dmax.ifPresent(
        d -> Check.that(d >= 0, "renormClipping: expected a dmax of at least 0, got %s", d));
  }
}
