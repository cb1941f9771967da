package dev.ibex.savedmodel.files;

import dev.ibex.core.ConfigException;

/** What all formats of Keras's files say alike. */
public final class Conventions {
  /** The Keras whose form the files have that are written. */
  public static final String KERAS_VERSION = "3.15.1";

  /** What to do about a model whose compilation cannot be read; follows the text of an error. */
  public static final String UNCOMPILED =
      "; to load the model without its compilation, for predicting or to compile it yourself, pass"
          + " LoadOptions.DEFAULT.compile(false)";

  private Conventions() {}

  /** Returns an error of a compilation that cannot be written, with what to do about it. */
  public static ConfigException withoutCompilation(ConfigException e) {
    return new ConfigException(
        e.pointer(),
        e.text()
            + "; or save the model without its compilation: model.save(path,"
            + " SaveOptions.DEFAULT.optimizer(false))");
  }
}
