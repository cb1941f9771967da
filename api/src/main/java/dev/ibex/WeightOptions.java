package dev.ibex;

/**
 * How weights of a file find their places in a model.
 *
 * @param byName whether layers are matched by their names; layers that only one side has are then
 *     left as they are. Default false: file and model must have the same layers, in one order
 * @param skipMismatch whether weights that do not fit are left as they are and reported; default
 *     false: they are an error, and nothing is stored
 */
public record WeightOptions(boolean byName, boolean skipMismatch) {
  /** Everything in order, and everything fits. */
  public static final WeightOptions DEFAULT = new WeightOptions(false, false);

  /** Returns these options matching layers by name, or by order. */
  public WeightOptions byName(boolean on) {
    return new WeightOptions(on, skipMismatch);
  }

  /** Returns these options leaving out what does not fit, or refusing it. */
  public WeightOptions skipMismatch(boolean on) {
    return new WeightOptions(byName, on);
  }
}
