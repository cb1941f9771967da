package dev.ibex;

/**
 * How to load a model.
 *
 * @param compile whether the model is compiled, with its optimizer's state, as it was when it was
 *     saved; default true
 */
public record LoadOptions(boolean compile) {
  /** Everything that the file has. */
  public static final LoadOptions DEFAULT = new LoadOptions(true);

  /** Returns these options with or without the compilation. */
  public LoadOptions compile(boolean on) {
    return new LoadOptions(on);
  }
}
