package dev.ibex.core;

/** What the name of a path says that is saved there. */
public enum SavedAs {
  /** A file of the whole model. */
  MODEL_FILE,
  /** A file of weights alone. */
  WEIGHTS_FILE,
  /** A directory with a TensorFlow checkpoint, which has weights alone. */
  WEIGHTS_DIRECTORY;

  /** Returns whether layers, compilation and optimizer state go with the weights. */
  public boolean isWhole() {
    return this == MODEL_FILE;
  }

  /** Returns whether it is a file and no directory. */
  public boolean isFile() {
    return this != WEIGHTS_DIRECTORY;
  }
}
