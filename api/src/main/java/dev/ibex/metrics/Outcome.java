package dev.ibex.metrics;

import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** What a yes-or-no decision about one element can turn out to be. */
public enum Outcome {
  /** Yes was said, and is right. */
  TRUE_POSITIVES(true, true),
  /** Yes was said, and is wrong. */
  FALSE_POSITIVES(false, true),
  /** No was said, and is right. */
  TRUE_NEGATIVES(false, false),
  /** No was said, and is wrong. */
  FALSE_NEGATIVES(true, false);

  /** All outcomes. */
  static final List<Outcome> ALL = List.of(values());

  /** What the target says. */
  final boolean label;

  /** What the output says. */
  final boolean decision;

  Outcome(boolean label, boolean decision) {
    this.label = label;
    this.decision = decision;
  }

  /** Returns the count of this outcome from a state with the counts of all. */
  Operand<TNumber> in(List<Operand<TNumber>> state) {
    return state.get(ALL.indexOf(this));
  }

  /** Returns the name of a variable that counts these. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
