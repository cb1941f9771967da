package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.OptionalLong;
import org.tensorflow.ndarray.Shape;

/** Checks of targets before training; every text names the output and says what to do. */
final class TargetCheck {
  private TargetCheck() {}

  /** Checks that a target is numbers of the output's shape, the batch left aside. */
  static void sameShape(String loss, String output, Array target, Shape outputShape) {
    numbers(output, target);
    Check.that(
        Shapes.alike(target.shape(), outputShape),
        "output \"%s\": %s needs a target of the output's shape %s, got %s; %s",
        output,
        loss,
        TensorSpec.text(outputShape),
        TensorSpec.text(target.shape()),
        looksSparse(target.shape(), outputShape)
            ? "if it holds class numbers, use SparseCategoricalCrossentropy or turn them into"
                + " one-hot rows"
            : "give one number for each number of the output, or change the output");
  }

  /** Returns whether a target looks like class numbers for an output of probabilities. */
  static boolean looksSparse(Shape target, Shape outputShape) {
    int rank = outputShape.numDimensions();
    return rank > 0
        && outputShape.get(rank - 1) != 1
        && (target.numDimensions() == rank - 1
            || (target.numDimensions() == rank && target.get(rank - 1) == 1));
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

  /** Checks that a target is one class number for each row of an output of embeddings. */
  static void groups(String loss, String output, Array target, Shape outputShape) {
    numbers(output, target);
    Shape s = target.shape();
    int rank = s.numDimensions();
    Check.that(
        outputShape.numDimensions() == 2 && (rank == 1 || (rank == 2 && s.get(1) == 1)),
        "output \"%s\": %s needs an output of shape (?, n) and a target of one class number for"
            + " each row, got the shapes %s and %s",
        output,
        loss,
        TensorSpec.text(outputShape),
        TensorSpec.text(s));
    for (int i = 0; i < target.size(); i++) {
      double v = target.number(i);
      Check.that(
          v == Math.rint(v),
          "output \"%s\": the target of row %d is %s, but %s compares whole numbers",
          output,
          i,
          v,
          loss);
    }
  }

  /**
   * Checks that a target is sequences of class numbers from 1, with 0 after their end, each short
   * enough for the output's steps.
   */
  static void sequences(String loss, String output, Array target, Shape outputShape) {
    numbers(output, target);
    Shape s = target.shape();
    Check.that(
        s.numDimensions() == 2 && outputShape.numDimensions() == 3,
        "output \"%s\": %s needs an output of shape (?, steps, classes) and a target of shape (?,"
            + " labels), got the shapes %s and %s",
        output,
        loss,
        TensorSpec.text(outputShape),
        TensorSpec.text(s));
    int width = (int) s.get(1);
    for (int row = 0; row < s.get(0); row++) {
      sequence(output, target, row * width, width, outputShape);
    }
  }

  private static void sequence(
      String output, Array target, int from, int width, Shape outputShape) {
    long steps = outputShape.get(1);
    long classes = outputShape.get(2);
    double last = -1;
    int needed = 0;
    for (int i = from; i < from + width; i++) {
      double v = target.number(i);
      Check.that(
          v == Math.rint(v) && v >= 0 && (classes < 0 || v < classes) && (last != 0 || v == 0),
          "output \"%s\": the target of row %d holds %s, but its labels are whole numbers from 1"
              + " to %s, filled up with 0 at the end only, for 0 is the blank",
          output,
          from / width,
          v,
          classes < 0 ? "the last class" : Long.toString(classes - 1));
      needed += v == 0 ? 0 : v == last ? 2 : 1;
      last = v;
    }
    Check.that(
        steps < 0 || needed <= steps,
        "output \"%s\": the target of row %d needs %d steps, one for each label and one more for"
            + " each repeated label, but the output has %d; give shorter targets or more steps",
        output,
        from / width,
        needed,
        steps);
  }

  private static void numbers(String output, Array target) {
    Check.that(
        target.dtype() != DType.STRING,
        "output \"%s\": the target holds strings; turn them into numbers first, for example with"
            + " StringLookup",
        output);
  }
}
