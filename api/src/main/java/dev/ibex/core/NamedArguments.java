package dev.ibex.core;

import java.util.Set;
import java.util.TreeSet;

/** Whether an argument that a call names is one that the layer takes. */
final class NamedArguments {
  private NamedArguments() {}

  /**
   * Checks one argument.
   *
   * @throws IllegalArgumentException if the layer has none of that name, or takes another kind
   */
  static void check(Layer layer, String name, Argument argument) {
    Class<?> type = layer.settingTypes().get(name);
    if (type != null) {
      boolean fits = argument instanceof Argument.Literal l && type.isInstance(l.value());
      expect(layer, name, words(type), fits, argument);
    } else if (layer.takes(name)) {
      expect(layer, name, "a tensor", argument instanceof Argument.Tensor, argument);
    } else {
      throw new IllegalArgumentException(
          "Layer " + layer.label() + " takes no argument \"" + name + "\"" + others(layer));
    }
  }

  private static void expect(Layer layer, String name, String what, boolean fits, Argument got) {
    if (!fits && !got.isNone()) {
      throw new IllegalArgumentException(
          "Layer %s: %s: expected %s, got %s"
              .formatted(layer.label(), name, what, Constants.text(got)));
    }
  }

  private static String words(Class<?> type) {
    return type == Boolean.class ? "true or false" : type == String.class ? "a text" : "a number";
  }

  private static String others(Layer layer) {
    Set<String> known = new TreeSet<>(layer.argumentNames());
    known.addAll(layer.settingTypes().keySet());
    if (layer.takes("mask")) {
      known.add("mask");
    }
    return known.isEmpty() ? "" : "; it takes " + String.join(", ", known);
  }
}
