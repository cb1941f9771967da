package dev.ibex.savedmodel.pickle;

/** A pickle that is damaged, or holds what is not known. */
public final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception. */
  public PickleException(String text) {
    super(text);
  }
}
