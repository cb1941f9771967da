package dev.ibex.savedmodel.pickle;

/** Python's {@code None}. */
public enum None {
  /** The only one. */
  NONE
}
