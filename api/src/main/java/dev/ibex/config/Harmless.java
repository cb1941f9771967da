package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.ibex.config.Registry.Row;
import java.util.Map;
import java.util.Set;

/**
 * Keys of Keras's files that Ibex has no option for and may pass over.
 *
 * <p>A key of a built-in class whose value is null or false asks for nothing. Of the others here,
 * some say how something works that another key switches on, and that key is refused when it is
 * set; some say again what is known from elsewhere. What a key of a user's class means only the
 * user knows, so none is passed over that the class itself added.
 */
final class Harmless {
  private static final Set<Key> PASSED_OVER =
      Set.of(
          new Key(Family.OPTIMIZER, "LossScaleOptimizer", "ema_momentum"), // use_ema
          // of Keras 2:
          new Key(Family.LAYER, "Embedding", "input_length"), // what its input has
          new Key(Family.LAYER, "SeparableConv1D", "kernel_initializer"), // it has other kernels
          new Key(Family.LAYER, "SeparableConv2D", "kernel_initializer"), // it has other kernels
          new Key(Family.LOSS, "fn"), // what its class computes
          new Key(Family.OPTIMIZER, "is_legacy_optimizer"), // which of two implementations it was
          new Key(Family.OPTIMIZER, "jit_compile"), // how its step ran
          new Key(Family.INITIALIZER, "dtype") // that of the weight
          );

  /** What Keras 2 wrote for every layer, also those of users: what its input has. */
  private static final String INPUT_SHAPE = "batch_input_shape";

  /** Keras 2's other way to write what is always so here; any other value asks for something. */
  private static final Map<Key, JsonNode> ONLY_SO =
      Map.of(
          new Key(Family.OPTIMIZER, "decay"),
          DoubleNode.valueOf(0), // of the learning rate
          new Key(Family.LAYER, "groups"),
          DoubleNode.valueOf(1), // of a convolution that has none
          new Key(Family.OPTIMIZER, "LossScaleOptimizer", "dynamic"),
          BooleanNode.TRUE);

  /** A key of a class, or of all classes of a family. */
  private record Key(Family family, String className, String name) {
    Key(Family family, String name) {
      this(family, "", name);
    }
  }

  private Harmless() {}

  /** Keras writes these for a layer of a user's that has no constructor, as its base has them. */
  private static boolean isOfBase(String name, Place value) {
    return (name.equals("activity_regularizer") && value.none())
        || (name.equals("autocast") && value.node().equals(BooleanNode.TRUE));
  }

  /** Returns whether the value of a key of a class changes nothing. */
  static boolean key(Row row, String name, Place value) {
    if (row.family() == Family.LAYER && name.equals(INPUT_SHAPE)) {
      return true;
    } else if (row.registeredName().isPresent()) {
      return row.family() == Family.LAYER && isOfBase(name, value);
    }
    Key of = new Key(row.family(), row.className(), name);
    Key ofAll = new Key(row.family(), name);
    JsonNode only = ONLY_SO.getOrDefault(of, ONLY_SO.get(ofAll));
    if (only != null) {
      return value.none() || same(value.node(), only);
    }
    return asksForNothing(value) || PASSED_OVER.contains(of) || PASSED_OVER.contains(ofAll);
  }

  /** Returns whether a value is null, false, or holds nothing else, as one null for each output. */
  static boolean asksForNothing(Place value) {
    return value.missing() || asksForNothing(value.node());
  }

  private static boolean asksForNothing(JsonNode node) {
    if (node.isContainerNode()) {
      return node.valueStream().allMatch(Harmless::asksForNothing);
    }
    return node.isNull() || (node.isBoolean() && !node.booleanValue());
  }

  /** Numbers may be written {@code 0} or {@code 0.0}. */
  private static boolean same(JsonNode a, JsonNode b) {
    boolean numbers = a.isNumber() && b.isNumber();
    return numbers ? a.doubleValue() == b.doubleValue() : a.equals(b);
  }
}
