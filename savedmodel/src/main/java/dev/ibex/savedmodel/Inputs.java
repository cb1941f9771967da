package dev.ibex.savedmodel;

import dev.ibex.core.Exact;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.ndarray.Shape;

/** Matches arrays to what a signature takes. */
final class Inputs {
  /** How {@link dev.ibex.Data} calls the only input. */
  private static final String ONLY = "";

  private Inputs() {}

  /**
   * Returns the arrays in the signature's order and types.
   *
   * @throws IllegalArgumentException if names, shapes or types do not fit
   */
  static List<Array> match(Signature signature, Map<String, Array> given) {
    Map<String, Array> named = named(signature, given);
    List<Array> arrays = new ArrayList<>();
    signature.inputs().forEach((name, spec) -> arrays.add(fit(signature, name, spec, named)));
    return arrays;
  }

  private static Map<String, Array> named(Signature signature, Map<String, Array> given) {
    Set<String> names = signature.inputs().keySet();
    Map<String, Array> named = given;
    if (given.size() == 1
        && given.containsKey(ONLY)
        && !names.contains(ONLY)
        && names.size() == 1) {
      named = Map.of(names.iterator().next(), given.values().iterator().next());
    }
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(named.keySet());
    Set<String> extra = new TreeSet<>(named.keySet());
    extra.removeAll(names);
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new IllegalArgumentException(
          "signature \""
              + signature.name()
              + "\" takes the inputs "
              + names
              + ", but "
              + (extra.isEmpty() ? "" : extraText(extra) + " given")
              + (extra.isEmpty() || missing.isEmpty() ? "" : " and ")
              + (missing.isEmpty() ? "" : missing + " were not"));
    }
    return named;
  }

  private static String extraText(Set<String> extra) {
    return extra.contains(ONLY) ? "an array without a name was" : extra + " were";
  }

  private static Array fit(
      Signature signature, String name, TensorSpec spec, Map<String, Array> named) {
    Array a = Objects.requireNonNull(named.get(name), name);
    String what = "signature \"" + signature.name() + "\", input \"" + name + "\"";
    if (!fits(a.shape(), spec.shape())) {
      throw new IllegalArgumentException(
          what
              + ": expected the shape "
              + TensorSpec.text(spec.shape())
              + ", got "
              + TensorSpec.text(a.shape()));
    }
    return Exact.cast(what, a, spec.dtype());
  }

  private static boolean fits(Shape given, Shape expected) {
    if (expected.isUnknown()) {
      return true;
    }
    boolean fits = given.numDimensions() == expected.numDimensions();
    for (int i = 0; fits && i < given.numDimensions(); i++) {
      fits = expected.get(i) < 0 || expected.get(i) == given.get(i);
    }
    return fits;
  }
}
