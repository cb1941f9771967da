package dev.ibex;

import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.GraphSession;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;

/**
 * One function of a model, callable in two ways.
 *
 * @param indexed takes order, start, count and whole arrays
 * @param direct takes the arrays of one batch
 */
record StepFunction(GraphFunction indexed, GraphFunction direct) {
  static StepFunction of(
      GraphSession session,
      String name,
      Feeds feeds,
      List<? extends Operand<?>> fetches,
      List<? extends Op> targets) {
    return new StepFunction(
        session.function(name, feeds.indexed(), fetches, targets),
        session.function(name, feeds.batch(), fetches, targets));
  }
}
