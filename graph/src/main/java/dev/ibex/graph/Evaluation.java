package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;

/** Runs an expression on heap arrays once, in a graph of its own that is freed at once. */
public final class Evaluation {
  private Evaluation() {}

  /** An expression over fed tensors. */
  @FunctionalInterface
  public interface Expression {
    /** Emits the expression's nodes and returns what is to be computed. */
    List<? extends Operand<?>> emit(Ops tf, List<Operand<?>> inputs);
  }

  /** Returns the values of an expression. */
  public static List<Array> of(Expression expression, Array... inputs) {
    return of(expression, List.of(inputs));
  }

  /** Returns the values of an expression. */
  public static List<Array> of(Expression expression, List<Array> inputs) {
    List<Tensor> tensors = new ArrayList<>();
    try (GraphSession session = new GraphSession()) {
      List<Operand<?>> fed = new ArrayList<>();
      for (Array a : inputs) {
        tensors.add(a.toTensor());
        fed.add(session.tf().placeholder(a.dtype().type(), Placeholder.shape(a.shape())));
      }
      List<Operand<?>> fetched = new ArrayList<>();
      for (Operand<?> o : expression.emit(session.tf(), fed)) {
        fetched.add(fed.contains(o) ? session.tf().identity(o) : o); // no run fetches what it feeds
      }
      GraphFunction f = session.function("an expression", fed, fetched, List.of());
      try (Result result = f.run(tensors)) {
        List<Array> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
          values.add(Array.of(result.get(i)));
        }
        return values;
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
