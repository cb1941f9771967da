package dev.ibex;

import dev.ibex.core.Emission;
import dev.ibex.core.Layer;
import dev.ibex.core.Variable;
import java.util.List;
import java.util.function.Predicate;
import org.tensorflow.Operand;

/**
 * A function of a runtime that layers are emitted into.
 *
 * @param reads the session's variables, each read anew after it has changed
 * @param trains whether a layer's weights train
 */
record EmissionTarget(GraphTarget graph, VariableReads reads, Predicate<Layer> trains)
    implements Emission.Target {
  @Override
  public Operand<?> read(Variable variable) {
    return reads.read(variable);
  }

  @Override
  public List<Operand<?>> reads(Variable variable) {
    return reads.all(variable);
  }

  @Override
  public void assign(Variable variable, Operand<?> value) {
    reads.assign(variable, value);
  }

  @Override
  public Operand<?> handle(Variable variable) {
    return graph.handle(variable).handle();
  }

  @Override
  public boolean trainable(Layer layer) {
    return trains.test(layer);
  }

  @Override
  public void place(String scope, String place) {
    graph.session().place(scope, place);
  }
}
