package dev.ibex.config;

import java.util.Set;

/**
 * Keys of Keras's files that Ibex has no option for and may pass over.
 *
 * <p>A key whose value is null or false asks for nothing. The others here say how something works
 * that another key switches on, and that key is refused when it is set.
 */
final class Harmless {
  private static final Set<String> DEPENDENT =
      Set.of(
          "renorm_momentum", // renorm
          "renorm_clipping" // renorm
          );

  private Harmless() {}

  /** Returns whether the key's value changes nothing. */
  static boolean key(Place value) {
    String name = value.pointer().substring(value.pointer().lastIndexOf('/') + 1);
    return value.none() || (value.node().isBoolean() && !value.bool()) || DEPENDENT.contains(name);
  }
}
