package dev.ibex.savedmodel.legacy;

import dev.ibex.savedmodel.weights.NadamProduct;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an array of an optimizer's state is, by its name.
 *
 * @param kind the slot, such as {@code momentum}, or a scalar, such as {@code iteration}
 * @param weight the name of the weight that a slot belongs to; empty for a scalar
 */
record StateName(String kind, String weight) {
  /** What Keras 3 numbers for want of a name: the product that Nadam keeps. */
  private static final Pattern UNNAMED = Pattern.compile("variable(_\\d+)?");

  /** What Keras 2 calls slots and scalars; where there are several, the optimizer has but one. */
  private static final Map<String, List<String>> FORMERLY =
      Map.ofEntries(
          Map.entry("iter", List.of("iteration")),
          Map.entry("m", List.of("momentum")),
          Map.entry("v", List.of("velocity", "norm")),
          Map.entry("vhat", List.of("velocity_hat")),
          Map.entry("u", List.of("norm")),
          Map.entry("rms", List.of("velocity")),
          Map.entry("mg", List.of("average_gradient")),
          Map.entry("accum_grad", List.of("accumulated_grad")),
          Map.entry("accum_var", List.of("accumulated_delta_var")),
          Map.entry("momentum_cache", List.of(NadamProduct.NAME)),
          Map.entry("current_loss_scale", List.of("dynamic_scale")),
          Map.entry("good_steps", List.of("step_counter")));

  /** What there is once, and not for each weight. */
  private static final Set<String> SCALARS =
      Set.of("iteration", "learning_rate", "step_counter", "dynamic_scale", NadamProduct.NAME);

  /** How a program wrote the names. */
  enum Dialect {
    /** Keras 3: {@code adam/dense_kernel_momentum}. */
    KERAS_3,
    /** Keras 2.11 and later: {@code Adam/m/dense/kernel:0}. */
    KERAS_2,
    /** Keras 2 before: {@code Adam/dense/kernel/m:0}. */
    FORMER;

    /** Returns the dialect of a file. */
    static Dialect of(List<String> names) {
      if (names.stream().noneMatch(n -> n.matches(".*:\\d+"))) {
        return KERAS_3;
      }
      return names.stream().anyMatch(n -> last(plain(n)).equals("iter")) ? FORMER : KERAS_2;
    }

    /** Returns a weight's name as names of slots have it. */
    String weight(String name) {
      return this == KERAS_3 ? name.replace('/', '_') : plain(name);
    }
  }

  /**
   * Returns what an array is.
   *
   * @param kinds those that the model's optimizer has
   * @return empty if the name says nothing that is known
   */
  static Optional<StateName> of(String written, Dialect dialect, Set<String> kinds) {
    String name = plain(written);
    Optional<String> scalar = kind(last(name), kinds).filter(SCALARS::contains);
    if (scalar.isPresent()) {
      return scalar.map(k -> new StateName(k, ""));
    }
    return switch (dialect) {
      case KERAS_3 ->
          UNNAMED.matcher(last(name)).matches() && kinds.contains(NadamProduct.NAME)
              ? Optional.of(new StateName(NadamProduct.NAME, ""))
              : keras3(last(name), kinds);
      case KERAS_2 -> keras2(name.split("/"), kinds);
      case FORMER ->
          kind(last(name), kinds)
              .map(k -> new StateName(k, name.substring(0, Math.max(0, name.lastIndexOf('/')))));
    };
  }

  /**
   * Returns whether it is the rate that a schedule gave last; the number of steps gives the next.
   */
  static boolean isDerived(String written) {
    return last(plain(written)).equals("current_learning_rate");
  }

  boolean isScalar() {
    return weight.isEmpty();
  }

  private static Optional<StateName> keras3(String name, Set<String> kinds) {
    return kinds.stream()
        .filter(k -> name.endsWith("_" + k))
        .max(Comparator.comparingInt(String::length))
        .map(k -> new StateName(k, name.substring(0, name.length() - k.length() - 1)));
  }

  private static Optional<StateName> keras2(String[] parts, Set<String> kinds) {
    for (int i = 1; i >= 0; i--) { // the optimizer's name stands before it, if it has one
      if (i < parts.length - 1) {
        Optional<String> kind = kind(parts[i], kinds);
        if (kind.isPresent()) {
          String weight = String.join("/", Arrays.asList(parts).subList(i + 1, parts.length));
          return Optional.of(new StateName(kind.get(), weight));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> kind(String part, Set<String> kinds) {
    return kinds.contains(part)
        ? Optional.of(part)
        : FORMERLY.getOrDefault(part, List.of()).stream().filter(kinds::contains).findFirst();
  }

  /** Returns a name without the number of an op's output, which Keras 2 writes. */
  private static String plain(String name) {
    return name.replaceFirst(":\\d+$", "");
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
