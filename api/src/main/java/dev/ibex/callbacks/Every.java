package dev.ibex.callbacks;

import dev.ibex.graph.Array;
import java.util.Map;

/** Counts steps over epochs, and says when some number of them is full. */
final class Every {
  private final int steps;
  private int seen;
  private int last = -1;

  /**
   * Begins to count.
   *
   * @param steps the number; 0 for one that is never full
   */
  Every(int steps) {
    this.steps = steps;
  }

  /** Counts the steps up to a batch of the running epoch, and those before it not seen yet. */
  boolean full(int batch) {
    if (steps == 0) {
      return false;
    }
    seen += batch > last ? batch - last : batch + 1;
    last = batch;
    if (seen < steps) {
      return false;
    }
    seen = 0;
    return true;
  }

  /** Notes the end of an epoch. */
  void epochEnd() {
    last = -1;
  }

  Map<String, Array> state() {
    return new State().put("seen", seen).put("last", last).arrays();
  }

  void restore(Map<String, Array> state) {
    seen = new State(state).integer("seen");
    last = new State(state).integer("last");
  }
}
