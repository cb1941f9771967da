package dev.ibex.tests.conformance;

/** A value that is not the expected one. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  Mismatch(String text) {
    super(text);
  }
}
