package dev.ibex;

/**
 * How to save a model.
 *
 * @param overwrite whether a file that is there is replaced; default true
 * @param optimizer whether the compilation is saved too, with the optimizer's state; default true
 */
public record SaveOptions(boolean overwrite, boolean optimizer) {
  /** Everything that the model has, in place of what is there. */
  public static final SaveOptions DEFAULT = new SaveOptions(true, true);

  /** Returns these options replacing a file that is there, or refusing to. */
  public SaveOptions overwrite(boolean on) {
    return new SaveOptions(on, optimizer);
  }

  /** Returns these options with or without the compilation and the optimizer's state. */
  public SaveOptions optimizer(boolean on) {
    return new SaveOptions(overwrite, on);
  }
}
