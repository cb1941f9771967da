package dev.ibex;

import dev.ibex.core.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** The values of a session's variables in one function, each read anew after it has changed. */
final class VariableReads {
  private final GraphTarget target;
  private final Ops tf;
  private final Map<Variable, List<Operand<?>>> reads = new HashMap<>();
  private final Map<Variable, Op> changed = new HashMap<>();
  private final List<Op> assigned = new ArrayList<>();

  VariableReads(GraphTarget target, Ops tf) {
    this.target = target;
    this.tf = tf;
  }

  /** Returns the value at this point of the function; the same operand until it changes. */
  Operand<?> read(Variable v) {
    List<Operand<?>> all = reads.computeIfAbsent(v, k -> new ArrayList<>());
    Op change = changed.remove(v);
    if (change != null) {
      Ops after = tf.withControlDependencies(List.of(change));
      all.add(after.readVariableOp(target.handle(v).handle(), v.dtype().type()));
    } else if (all.isEmpty()) {
      all.add(target.handle(v).value());
    }
    return all.get(all.size() - 1);
  }

  /** Returns all values that were read so far; the last is that of now. */
  List<Operand<?>> all(Variable v) {
    read(v);
    return List.copyOf(Objects.requireNonNull(reads.get(v)));
  }

  /** Notes that a variable changes. */
  void changed(Variable v, Op by) {
    changed.put(v, by);
  }

  /** Sets a variable at once. The new value depends on all that was read before. */
  void assign(Variable v, Operand<?> value) {
    Ops after = tf.withControlDependencies(List.copyOf(all(v)));
    Op assign = after.assignVariableOp(target.handle(v).handle(), value);
    assigned.add(assign);
    changed(v, assign);
  }

  /** Returns what sets variables at once, which the function has to run. */
  List<Op> assigned() {
    return List.copyOf(assigned);
  }
}
