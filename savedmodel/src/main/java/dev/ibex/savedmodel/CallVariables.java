package dev.ibex.savedmodel;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.graph.Inlined;
import dev.ibex.graph.Numbers;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The variables of a function as the weights of the layer that is called.
 *
 * @param call the call
 * @param names the weights' names by the numbers of the variables' objects
 * @param weights the variables by these names
 */
record CallVariables(
    Call call, Map<Integer, String> names, Map<String, ObjectGraph.Variable> weights)
    implements Inlined.Variables {
  private String name(int variable) {
    return Objects.requireNonNull(names.get(variable));
  }

  private ObjectGraph.Variable weight(int variable) {
    return Objects.requireNonNull(weights.get(name(variable)));
  }

  @Override
  public Operand<?> read(int variable) {
    return call.weight(name(variable));
  }

  @Override
  public Operand<?> lookup(int variable, Operand<?> ids) {
    Operand<TNumber> rows = Numbers.of(ids);
    return weight(variable).shape().numDimensions() == 2
        ? call.lookup(name(variable), rows)
        : call.tf().gather(call.weight(name(variable)), rows, call.tf().constant(0));
  }

  @Override
  public void assign(int variable, Operand<?> value) {
    Check.that(
        !weight(variable).trainable(),
        "the function changes \"%s\", which is trainable and thus the optimizer's; name another"
            + " training endpoint",
        name(variable));
    call.update(name(variable), Numbers.of(value));
  }

  @Override
  public Operand<?> handle(int variable) {
    return call.handle(name(variable));
  }
}
