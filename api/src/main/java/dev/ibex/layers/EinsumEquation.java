package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/**
 * The equation of an {@link EinsumDense}: a letter for each axis, and dots for axes that stay, at
 * one end of input and output.
 *
 * @param before whether the dots stand before the letters
 * @param after whether the dots stand after the letters
 */
record EinsumEquation(String input, String weight, String output, boolean before, boolean after) {
  private static final Pattern PLAIN = Pattern.compile("([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)");
  private static final Pattern BEFORE =
      Pattern.compile("\\.\\.\\.([a-zA-Z]+),([a-zA-Z]+)->\\.\\.\\.([a-zA-Z]+)");
  private static final Pattern AFTER =
      Pattern.compile("([a-zA-Z]{2,})\\.\\.\\.,([a-zA-Z]+)->([a-zA-Z]+)\\.\\.\\.");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /**
   * Returns the parts of an equation.
   *
   * @throws IllegalArgumentException if it is none that a layer can have
   */
  static EinsumEquation of(String text) {
    Matcher plain = PLAIN.matcher(text);
    Matcher before = BEFORE.matcher(text);
    Matcher after = AFTER.matcher(text);
    Matcher found = plain.matches() ? plain : before.matches() ? before : after;
    Check.that(
        found.matches(),
        "equation: expected [X],[Y]->[Z], ...[X],[Y]->...[Z] or [X]...,[Y]->[Z]... with letters for"
            + " axes, got \"%s\"",
        text);
    EinsumEquation e =
        new EinsumEquation(
            found.group(1), found.group(2), found.group(3), found == before, found == after);
    e.check();
    return e;
  }

  private void check() {
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      Check.that(
          output.indexOf(c) == i,
          "equation: expected each axis once in the output, got %s twice in \"%s\"",
          c,
          output);
      Check.that(
          input.indexOf(c) >= 0 || weight.indexOf(c) >= 0,
          "equation: the axis %s of the output \"%s\" is neither in the input \"%s\" nor in the"
              + " weight \"%s\"",
          c,
          output,
          input,
          weight);
    }
    for (int i = 0; i < weight.length(); i++) {
      char c = weight.charAt(i);
      Check.that(
          input.indexOf(c) >= 0 || output.indexOf(c) >= 0,
          "equation: the axis %s of the weight \"%s\" is neither in the input \"%s\" nor in the"
              + " output \"%s\"",
          c,
          weight,
          input,
          output);
    }
  }

  /** Refuses axes of a bias that the output does not have. */
  void checkBias(String axes) {
    Check.that(!axes.isEmpty(), "biasAxes: expected letters of the output \"%s\"", output);
    for (int i = 0; i < axes.length(); i++) {
      char c = axes.charAt(i);
      Check.that(
          output.indexOf(c) >= 0,
          "biasAxes: expected letters of the output \"%s\", got %s",
          output,
          c);
    }
  }

  /** Returns how many axes of an input the dots stand for. */
  private int dots(Shape in) {
    int dots = in.numDimensions() - input.length();
    if (dots < 0 || (dots > 0 && !before && !after)) {
      throw new ShapeException(
          "expected an input of rank "
              + input.length()
              + (before || after ? " or more" : "")
              + " for the axes \""
              + input
              + "\", got "
              + TensorSpec.text(in));
    }
    return dots;
  }

  /**
   * Returns the output's shape: sizes of axes that the input has are those of the input.
   *
   * @param given the sizes after the batch and the dots; -1 where they are the input's
   * @throws ShapeException if the input does not fit, or sizes disagree
   */
  Shape output(Shape in, Shape given) {
    int dots = dots(in);
    List<Long> sizes = new ArrayList<>(List.of(in.get(0)));
    for (long size : given.asArray()) {
      sizes.add(size);
    }
    for (int i = 0; i < dots; i++) {
      if (after) {
        sizes.add(in.get(input.length() + i));
      } else if (i > 0) {
        sizes.add(i, in.get(i));
      }
    }
    if (sizes.size() != output.length() + dots) {
      throw new ShapeException(
          "outputShape: expected "
              + (output.length() + (before && dots > 0 ? 0 : -1))
              + " sizes for the output \""
              + output
              + "\", without the batch"
              + (before || after ? " and what dots stand for" : "")
              + ", got "
              + TensorSpec.text(given));
    }
    for (int i = 0; i < output.length(); i++) {
      int at = i + (before ? dots : 0);
      sizes.set(at, agreed(output.charAt(i), sizes.get(at), in));
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  private long agreed(char axis, long given, Shape in) {
    int at = input.indexOf(axis);
    long size = at < 0 ? -1 : in.get(at + (before ? dots(in) : 0));
    if (size >= 0 && given >= 0 && size != given) {
      throw new ShapeException(
          "outputShape: the axis "
              + axis
              + " is also one of the input, whose size there is "
              + size
              + ", but "
              + given
              + " is given");
    }
    return size >= 0 ? size : given;
  }

  /** Returns the kernel's shape for an input and the output's whole shape. */
  Shape kernel(Shape in, Shape out) {
    int dots = before ? dots(in) : 0;
    long[] sizes = new long[weight.length()];
    for (int i = 0; i < sizes.length; i++) {
      int to = output.indexOf(weight.charAt(i));
      sizes[i] = to >= 0 ? out.get(to + dots) : in.get(input.indexOf(weight.charAt(i)) + dots);
    }
    return Shape.of(sizes);
  }

  /** Returns the kernel's axes that meet the output, or those that meet the input alone. */
  List<Integer> kernelAxes(boolean ofOutput) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < weight.length(); i++) {
      if (output.indexOf(weight.charAt(i)) >= 0 == ofOutput) {
        axes.add(i);
      }
    }
    return axes;
  }

  /** Returns the shape of a bias, which begins at the first of its axes and has 1 elsewhere. */
  Shape bias(String axes, Shape in, Shape out) {
    int dots = dots(in);
    int first = axes.chars().map(output::indexOf).min().orElseThrow();
    List<Long> sizes = new ArrayList<>();
    for (int i = first; i < output.length(); i++) {
      boolean biased = axes.indexOf(output.charAt(i)) >= 0;
      sizes.add(biased ? out.get(i + (before ? dots : 0)) : 1);
    }
    for (int i = 0; after && i < dots; i++) {
      sizes.add(1L);
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Returns how many axes at the input's end are those at the kernel's beginning and sum up, while
   * the others stay in order, as in a product with a matrix; 0 if the equation is another.
   */
  int summed() {
    for (int n = 1; n < input.length() + (before ? 1 : 0); n++) {
      String kept = input.substring(0, input.length() - n);
      boolean product =
          weight.startsWith(input.substring(kept.length()))
              && output.equals(kept + weight.substring(n));
      if (product && !after) {
        return n;
      }
    }
    return 0;
  }

  /** Returns the equation with other letters in place of the dots. */
  String text(Shape in) {
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < LETTERS.length(); i++) {
      char c = LETTERS.charAt(i);
      if (dots.length() < dots(in) && (input + weight + output).indexOf(c) < 0) {
        dots.append(c);
      }
    }
    String left = before ? dots.toString() : "";
    String right = after ? dots.toString() : "";
    return left + input + right + "," + weight + "->" + left + output + right;
  }
}
