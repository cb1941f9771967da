package dev.ibex;

import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Emits how figures are read, stored and reset in one target. */
record Figures(GraphTarget target) {
  /** Returns what is gathered so far. */
  List<Operand<TNumber>> read(Tracker t) {
    return t.state().stream().map(v -> Numbers.of(target.handle(v).value())).toList();
  }

  /** Returns the first values of what is gathered. */
  List<Operand<TNumber>> zero(Ops tf, Tracker t) {
    return t.state().stream()
        .map(v -> v.spec().initializer().apply(tf, v.shape(), v.dtype(), 0))
        .toList();
  }

  /** Returns the figure. */
  Operand<TNumber> result(Ops tf, Tracker t, List<Operand<TNumber>> state) {
    return t.metric().isPresent()
        ? t.metric().get().result(tf, state)
        : tf.math.divNoNan(state.get(0), state.get(1));
  }

  List<Op> assign(Ops tf, Tracker t, List<Operand<TNumber>> next) {
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      assigned.add(tf.assignVariableOp(target.handle(t.state().get(i)).handle(), next.get(i)));
    }
    return assigned;
  }

  /** Emits the figures gathered so far. */
  GraphFunction results(Ops tf, List<Tracker> trackers) {
    List<Operand<?>> values = new ArrayList<>();
    trackers.forEach(t -> values.add(result(tf, t, read(t))));
    return target.session().function("results", List.of(), values, List.of());
  }

  /** Emits the return of all figures to their first values. */
  GraphFunction reset(Ops tf, List<Tracker> trackers) {
    List<Op> resets = new ArrayList<>();
    trackers.forEach(t -> resets.addAll(assign(tf, t, zero(tf, t))));
    return target.session().function("reset", List.of(), List.of(), resets);
  }
}
