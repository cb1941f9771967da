package dev.ibex.core;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The weights that are not decayed.
 *
 * @param names regular expressions that are looked for in the weight's own name, such as {@code
 *     bias}
 * @param weights weights themselves
 */
public record DecayExclusion(List<String> names, List<Variable> weights) {
  /** Every weight decays. */
  public static final DecayExclusion NONE = new DecayExclusion(List.of(), List.of());

  /** Checks the expressions. */
  public DecayExclusion {
    names = List.copyOf(names);
    weights = List.copyOf(weights);
    for (String name : names) {
      try {
        Pattern.compile(name);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "names: \"" + name + "\" is no regular expression: " + e.getDescription(), e);
      }
    }
  }

  /** Returns whether a weight is left as it is. */
  public boolean excludes(Variable weight) {
    return weights.contains(weight)
        || names.stream().anyMatch(n -> Pattern.compile(n).matcher(weight.name()).find());
  }
}
