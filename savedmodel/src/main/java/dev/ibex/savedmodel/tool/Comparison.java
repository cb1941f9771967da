package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How two files differ. Where both load they are compared as models, whatever their formats are;
 * else as they are written.
 */
final class Comparison {
  private final double tolerance;
  private final List<String> lines = new ArrayList<>();
  private boolean equal = true;

  private Comparison(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Compares two files that are open; elements of weights may differ by the tolerance. */
  static Comparison of(
      ModelFile a, Loading loadedA, ModelFile b, Loading loadedB, double tolerance) {
    Comparison comparison = new Comparison(tolerance);
    loadedA.problems().forEach(comparison.lines::add);
    loadedB.problems().forEach(comparison.lines::add);
    Side writtenA = Side.of(a);
    Side writtenB = Side.of(b);
    if (loadedA.model().isPresent() && loadedB.model().isPresent()) {
      Side modelA = Side.of(a, loadedA.model().get());
      Side modelB = Side.of(b, loadedB.model().get());
      boolean whole = loadedA.problems().isEmpty() && loadedB.problems().isEmpty();
      comparison.compare(
          whole ? modelA : modelA.compiledAs(writtenA),
          whole ? modelB : modelB.compiledAs(writtenB));
    } else {
      comparison.compare(writtenA, writtenB);
    }
    return comparison;
  }

  /** Returns what to print. */
  List<String> lines() {
    return lines;
  }

  /** Returns whether all that was compared is equal. */
  boolean equal() {
    return equal;
  }

  private void compare(Side a, Side b) {
    boolean described = a.description().isPresent() && b.description().isPresent();
    part("description", described, json(a, b, Side::description));
    part("compilation", described, json(a, b, Side::compilation));
    weights("weights", a, b, Side::weights);
    if (!described || a.compilation().isPresent() == b.compilation().isPresent()) {
      weights("optimizer", a, b, Side::optimizer);
    }
  }

  private static List<String> json(Side a, Side b, Function<Side, Optional<ObjectNode>> part) {
    return JsonDifferences.of(part.apply(a), part.apply(b));
  }

  /** Compares arrays where both sides have some. */
  private void weights(String title, Side a, Side b, Function<Side, List<Weight>> part) {
    List<Weight> x = part.apply(a);
    List<Weight> y = part.apply(b);
    if (x.isEmpty() && y.isEmpty()) {
      return;
    }
    WeightDifferences differences = WeightDifferences.of(x, y, tolerance);
    part(title, !x.isEmpty() && !y.isEmpty(), differences.lines());
    if (differences.lines().isEmpty() && differences.largest() > 0) {
      lines.add("  largest difference " + WeightDifferences.text(differences.largest()));
    }
  }

  private void part(String title, boolean compared, List<String> differences) {
    if (!compared) {
      lines.add(title + ": not compared, one file has none");
    } else if (differences.isEmpty()) {
      lines.add(title + ": equal");
    } else {
      equal = false;
      lines.add(title + ": different");
      differences.forEach(d -> lines.add("  " + d));
    }
  }
}
