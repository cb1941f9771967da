package dev.ibex.graph;

/**
 * An error that TensorFlow's native runtime reported, with the place in the model in front.
 *
 * <p>The cause is the original exception; {@link #node()} is the graph node it names.
 */
public final class NativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String node;

  NativeException(String message, String node, Throwable cause) {
    super(message, cause);
    this.node = node;
  }

  /** Returns the name of the failing graph node; empty where TensorFlow names none. */
  public String node() {
    return node;
  }
}
