package dev.ibex.callbacks;

/** Which values of a watched figure are better. */
public enum Mode {
  /** What the figure itself says: smaller for losses and errors, larger for accuracies. */
  AUTO,
  /** Smaller ones. */
  MIN,
  /** Larger ones. */
  MAX
}
