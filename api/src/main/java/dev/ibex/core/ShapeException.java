package dev.ibex.core;

/** An input whose shape does not fit a layer; the text begins with the layer. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public ShapeException(String message) {
    super(message);
  }
}
