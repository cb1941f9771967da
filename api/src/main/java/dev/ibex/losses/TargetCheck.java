package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.OptionalLong;
import org.tensorflow.ndarray.Shape;

/** Checks of targets before training; every text names the output and says what to do. */
final class TargetCheck {
  private TargetCheck() {}

  /** Checks that a target is numbers of the output's shape, the batch left aside. */
  static void sameShape(
      String loss, String output, Array target, Shape outputShape, String advice) {
    numbers(output, target);
    Shape s = target.shape();
    boolean same = s.numDimensions() == outputShape.numDimensions();
    for (int i = 1; same && i < s.numDimensions(); i++) {
      same = outputShape.get(i) < 0 || s.get(i) == outputShape.get(i);
    }
    Check.that(
        same,
        "output \"%s\": %s needs a target of the output's shape %s, got %s; %s",
        output,
        loss,
        TensorSpec.text(outputShape),
        TensorSpec.text(s),
        advice);
  }

  /** Returns whether the shapes differ by a last axis of 1 only, which losses add or drop. */
  static boolean differsByLastOne(Shape a, Shape b) {
    int more = Math.max(a.numDimensions(), b.numDimensions());
    Shape longer = a.numDimensions() == more ? a : b;
    return Math.abs(a.numDimensions() - b.numDimensions()) == 1 && longer.get(more - 1) == 1;
  }

  /** Returns whether a target looks like class numbers for an output of probabilities. */
  static boolean looksSparse(Shape target, Shape outputShape) {
    int rank = outputShape.numDimensions();
    return target.numDimensions() == rank - 1
        || (target.numDimensions() == rank
            && rank > 0
            && target.get(rank - 1) == 1
            && outputShape.get(rank - 1) != 1);
  }

  /** Checks that a target is class numbers for an output with classes along an axis. */
  static void labels(
      String loss, String output, Array target, Shape outputShape, int axis, OptionalLong ignored) {
    numbers(output, target);
    int rank = outputShape.numDimensions();
    int at = Check.axis("axis", axis, rank);
    Shape s = target.shape();
    long classes = outputShape.get(at);
    boolean fits = s.numDimensions() == rank - 1 || (s.numDimensions() == rank && s.get(at) == 1);
    for (int i = 1, j = 1; fits && i < rank; i++) {
      if (i != at) {
        fits = outputShape.get(i) < 0 || s.get(j) == outputShape.get(i);
      }
      j += i == at && s.numDimensions() == rank - 1 ? 0 : 1;
    }
    Check.that(
        fits,
        "output \"%s\": %s needs class numbers of the output's shape %s"
            + " without its axis %d, got a target of shape %s; %s",
        output,
        loss,
        TensorSpec.text(outputShape),
        at,
        TensorSpec.text(s),
        s.numDimensions() == rank && s.get(at) == classes
            ? "it looks one-hot: use CategoricalCrossentropy"
            : "give one whole number for each prediction");
    int width = s.numDimensions() == 0 || s.get(0) == 0 ? 1 : (int) (target.size() / s.get(0));
    for (int i = 0; classes >= 0 && i < target.size(); i++) {
      double v = target.number(i);
      boolean whole = v == Math.rint(v);
      if (whole && ((v >= 0 && v < classes) || (ignored.isPresent() && v == ignored.getAsLong()))) {
        continue;
      }
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "output \"%s\": the target of row %d is %s, but the output has %d classes, so its"
                  + " class numbers are the whole numbers from 0 to %d; %s",
              output,
              i / width,
              whole && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v),
              classes,
              classes - 1,
              whole
                  ? "give the output more units, renumber the classes from 0, or set ignoreClass"
                  : "for probabilities use CategoricalCrossentropy"));
    }
  }

  private static void numbers(String output, Array target) {
    Check.that(
        target.dtype() != DType.STRING,
        "output \"%s\": the target holds strings; turn them into numbers first, for example with"
            + " StringLookup",
        output);
  }
}
