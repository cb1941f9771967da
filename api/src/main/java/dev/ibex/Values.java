package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Values of several variables, read or stored together: what formats of files work with. */
public final class Values {
  private Values() {}

  /** Returns copies of the values, all of one finished step; first ones are drawn where none is. */
  public static List<Array> of(Collection<Variable> variables) {
    return ModelRuntime.values(variables);
  }

  /**
   * Stores values, wherever the variables are.
   *
   * @throws IllegalArgumentException if a shape differs
   * @throws IllegalStateException beside a training or prediction of another thread
   */
  public static void assign(Map<Variable, Array> values) {
    ModelRuntime.assignAll(values);
  }
}
