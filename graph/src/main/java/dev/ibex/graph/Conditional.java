package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TBool;

/**
 * Ops that run for their effect under a condition, in the graph itself: TensorFlow's switch and
 * merge, which XLA turns into a conditional of its own.
 */
public final class Conditional {
  private Conditional() {}

  /**
   * Emits two sets of ops, of which a run executes one.
   *
   * @param then emits ops, with the emitter that it is given, for where the condition holds
   * @param otherwise emits those for where it does not
   * @return an op that has run when either set has
   */
  public static Op of(
      Ops tf,
      Operand<TBool> condition,
      Function<Ops, List<Op>> then,
      Function<Ops, List<Op>> otherwise) {
    SwitchCond<TBool> branch = tf.switchCond(condition, condition);
    List<Operand<TBool>> ends = new ArrayList<>();
    ends.add(end(tf, branch.outputTrue(), then));
    ends.add(end(tf, branch.outputFalse(), otherwise));
    return tf.merge(ends);
  }

  /** What waits for one side of a switch runs only if that side does. */
  private static Operand<TBool> end(Ops tf, Operand<TBool> side, Function<Ops, List<Op>> emit) {
    Ops live = tf.withControlDependencies(List.of(tf.identity(side)));
    return live.withControlDependencies(emit.apply(live)).identity(side);
  }
}
