package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TNumber;

/** A tensor for each place of an axis. */
final class Unstacking {
  private Unstacking() {}

  static void add(Rows rows) {
    rows.several("Unstack(x; num=None, axis=0)", Unstacking::infer, Unstacking::unstack);
  }

  private static int axis(OperationCall c) {
    return c.axis("axis", c.rank("x"));
  }

  private static int count(OperationCall c) {
    if (c.isNone("num")) {
      return Specs.known(c, "x", axis(c));
    } else if (!Specs.agree(c.integer("num"), c.shape("x").get(axis(c)))) {
      throw c.expected("num", "the size of axis " + axis(c) + " of " + c.spec("x"));
    }
    return c.integer("num");
  }

  private static List<TensorSpec> infer(OperationCall c) {
    TensorSpec one = c.spec("x").withShape(Specs.without(c.shape("x"), new int[] {axis(c)}, false));
    return Collections.nCopies(count(c), one);
  }

  private static List<Operand<TNumber>> unstack(OperationCall c) {
    List<Operand<TNumber>> all = new ArrayList<>();
    c.tf().unstack(c.operand("x"), (long) count(c), Unstack.axis((long) axis(c))).forEach(all::add);
    return all;
  }
}
