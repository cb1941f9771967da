package dev.ibex.savedmodel.hdf5;

/** What is wrong with a file; whoever knows the place makes a ModelFormatException of it. */
final class Damage extends RuntimeException {
  private static final long serialVersionUID = 1;

  Damage(String text) {
    super(text);
  }
}
