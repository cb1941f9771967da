package dev.ibex.graph;

import java.util.List;

/**
 * The derivative that Python code set for a part of a function by {@code tf.custom_gradient}. An
 * {@code IdentityN} at the part's end names its type.
 *
 * @param type the name
 * @param function what computes it, of the derivatives by the op's outputs and of what it captures
 * @param computed for each input of the op whether the function has a result for it
 * @param captures what the function captures
 */
public record CustomGradient(
    String type, String function, List<Boolean> computed, List<Capture> captures) {
  /** Copies the lists. */
  public CustomGradient {
    computed = List.copyOf(computed);
    captures = List.copyOf(captures);
  }

  /**
   * A tensor in the function that is derived.
   *
   * @param function that function
   * @param tensor the name of an argument or a node, a colon, and the number of the output
   */
  public record Capture(String function, String tensor) {
    /** Returns the argument or node. */
    String node() {
      return tensor.substring(0, colon());
    }

    /** Returns the number of the output. */
    int output() {
      return Integer.parseInt(tensor.substring(colon() + 1));
    }

    private int colon() {
      return tensor.lastIndexOf(':');
    }
  }
}
