package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.activations.Activations;
import dev.ibex.core.Activation;
import dev.ibex.core.ConfigCodec;
import java.util.Set;
import java.util.TreeSet;

/** Activations by Keras's names and keyword arguments. */
final class NamedActivations {
  private NamedActivations() {}

  static Activation of(String name, JsonNode kwargs) {
    Set<String> open = new TreeSet<>();
    kwargs.fieldNames().forEachRemaining(open::add);
    Activation f =
        kwargs.isEmpty()
            ? ConfigCodec.get().fromJson(Activation.class, '"' + name + '"')
            : with(name, kwargs, open);
    if (!open.isEmpty()) {
      throw new Missing("option", open.iterator().next());
    }
    return f;
  }

  private static Activation with(String name, JsonNode kwargs, Set<String> open) {
    return switch (name) {
      case "relu" ->
          Activations.relu(
              number(kwargs, open, "negative_slope", 0),
              number(kwargs, open, "max_value", Double.POSITIVE_INFINITY),
              number(kwargs, open, "threshold", 0));
      case "leaky_relu" -> Activations.leakyRelu(number(kwargs, open, "negative_slope", 0.2));
      case "elu" -> Activations.elu(number(kwargs, open, "alpha", 1));
      case "celu" -> Activations.celu(number(kwargs, open, "alpha", 1));
      case "gelu" ->
          Activations.gelu(open.remove("approximate") && kwargs.get("approximate").asBoolean());
      case "softmax" -> Activations.softmax((int) number(kwargs, open, "axis", -1));
      case "log_softmax" -> Activations.logSoftmax((int) number(kwargs, open, "axis", -1));
      case "sparsemax" -> Activations.sparsemax((int) number(kwargs, open, "axis", -1));
      case "glu" -> Activations.glu((int) number(kwargs, open, "axis", -1));
      case "hard_shrink" -> Activations.hardShrink(number(kwargs, open, "threshold", 0.5));
      case "soft_shrink" -> Activations.softShrink(number(kwargs, open, "threshold", 0.5));
      case "squareplus" -> Activations.squareplus(number(kwargs, open, "b", 4));
      case "threshold" ->
          Activations.threshold(
              number(kwargs, open, "threshold", 0), number(kwargs, open, "default_value", 0));
      default -> ConfigCodec.get().fromJson(Activation.class, '"' + name + '"');
    };
  }

  private static double number(JsonNode kwargs, Set<String> open, String key, double otherwise) {
    open.remove(key);
    JsonNode value = kwargs.path(key);
    return value.isNumber() ? value.asDouble() : otherwise;
  }
}
