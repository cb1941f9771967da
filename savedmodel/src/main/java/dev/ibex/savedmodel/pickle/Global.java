package dev.ibex.savedmodel.pickle;

/**
 * A function or class that a pickle names; a name and nothing more.
 *
 * @param module its module
 * @param name its name there
 */
public record Global(String module, String name) {
  @Override
  public String toString() {
    return module + "." + name;
  }
}
