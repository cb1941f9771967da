package dev.ibex.layers;

/** What windows find beyond the edges of an input. */
public enum Padding {
  /** Nothing: windows stay inside, so the output is smaller. */
  VALID,
  /** Zeros, evenly on both sides, so that stride 1 keeps the size; an odd one at the end. */
  SAME,
  /** Zeros before the first step alone, so that nothing sees what comes later; in Conv1D alone. */
  CAUSAL
}
