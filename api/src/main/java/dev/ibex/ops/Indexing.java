package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Parts of tensors, and choices among them. */
final class Indexing {
  private Indexing() {}

  static void add(Rows rows) {
    rows.one("GetItem(x, key)", c -> IndexKey.of(c).spec(), c -> IndexKey.of(c).emit(c));
    rows.one("Where(condition, x1=None, x2=None)", Indexing::chosen, Indexing::where);
  }

  private static TensorSpec chosen(OperationCall c) {
    for (String name : new String[] {"x1", "x2"}) {
      if (c.isNone(name)) {
        throw c.expected(name, "a tensor or a number, for a result of a known shape");
      }
    }
    return Specs.broadcast(c, c.promoted("x1", "x2"), "condition", "x1", "x2");
  }

  private static Operand<TNumber> where(OperationCall c) {
    var type = c.promoted("x1", "x2");
    return c.tf().select(c.bool("condition"), c.operand("x1", type), c.operand("x2", type));
  }
}
