package dev.ibex.core;

import dev.ibex.graph.Array;
import java.util.List;

/**
 * Operations of several tensors; those of one are methods of {@link Symbolic}. Source: {@code
 * keras.ops}.
 */
public final class Operations {
  private Operations() {}

  /** Returns the tensors one after the other along an axis, which may count from the end. */
  public static SymbolicTensor concatenate(List<? extends Symbolic> tensors, int axis) {
    return Operation.of("Concatenate", tensors, axis);
  }

  /** Returns tensors of one shape side by side along a new axis of the result. */
  public static SymbolicTensor stack(List<? extends Symbolic> tensors, int axis) {
    return Operation.of("Stack", tensors, axis);
  }

  /** Returns the tensors one after the other along the axis after the batch. */
  public static SymbolicTensor hstack(List<? extends Symbolic> tensors) {
    return Operation.of("Hstack", tensors);
  }

  /** Returns the tensors one after the other along the first axis. */
  public static SymbolicTensor vstack(List<? extends Symbolic> tensors) {
    return Operation.of("Vstack", tensors);
  }

  /** Returns the tensors one after the other along the third axis, which they may lack. */
  public static SymbolicTensor dstack(List<? extends Symbolic> tensors) {
    return Operation.of("Dstack", tensors);
  }

  /** Returns two tensors one after the other along an axis. */
  public static SymbolicTensor append(Symbolic a, Symbolic b, int axis) {
    return Operation.of("Append", a, b, axis);
  }

  /**
   * Returns each vector repeated along an axis for each of the others: {@code xy} or {@code ij}.
   */
  public static List<SymbolicTensor> meshgrid(List<? extends Symbolic> vectors, String indexing) {
    return Operation.all("Meshgrid", vectors, indexing);
  }

  /** Returns sums of products whose axes are named by letters, as {@code bij,bjk->bik}. */
  public static SymbolicTensor einsum(String subscripts, Symbolic... operands) {
    return Operation.of("Einsum", List.of(operands), subscripts);
  }

  /** Returns a where the condition is true, else b; with broadcasting. */
  public static SymbolicTensor where(Symbolic condition, Symbolic a, Symbolic b) {
    return Operation.of("Where", condition, a, b);
  }

  /** Returns a where the condition is true, else b; with broadcasting. */
  public static SymbolicTensor where(Symbolic condition, Symbolic a, Number b) {
    return Operation.of("Where", condition, a, b);
  }

  /** Returns a where the condition is true, else b; with broadcasting. */
  public static SymbolicTensor where(Symbolic condition, Number a, Symbolic b) {
    return Operation.of("Where", condition, a, b);
  }

  /** Returns a where the condition is true, else b. */
  public static SymbolicTensor where(Symbolic condition, Number a, Number b) {
    return Operation.of("Where", condition, a, b);
  }

  /** Returns a - b. */
  public static SymbolicTensor subtract(Number a, Symbolic b) {
    return Operation.of("Subtract", a, b);
  }

  /** Returns values - b. */
  public static SymbolicTensor subtract(Array values, Symbolic b) {
    return Operation.of("Subtract", values, b);
  }

  /** Returns a / b, floating for whole numbers too. */
  public static SymbolicTensor divide(Number a, Symbolic b) {
    return Operation.of("TrueDivide", a, b);
  }

  /** Returns a to the power of b. */
  public static SymbolicTensor power(Number a, Symbolic b) {
    return Operation.of("Power", a, b);
  }

  /** Returns the angle of the point (x, y), from -π to π. */
  public static SymbolicTensor arctan2(Number y, Symbolic x) {
    return Operation.of("Arctan2", y, x);
  }

  /** Returns a / b, 0 where b is 0. */
  public static SymbolicTensor divideNoNan(Number a, Symbolic b) {
    return Operation.of("DivideNoNan", a, b);
  }

  /** Returns what is left of a / b rounded towards 0. */
  public static SymbolicTensor fmod(Number a, Symbolic b) {
    return Operation.of("Fmod", a, b);
  }

  /**
   * Returns, for each element, that of the first choice whose condition is true, else a number.
   *
   * @param conditions as many as there are choices
   * @param choices tensors of one type
   * @param otherwise a whole number if the choices are
   */
  public static SymbolicTensor select(
      List<? extends Symbolic> conditions, List<? extends Symbolic> choices, Number otherwise) {
    return Operation.of("Select", conditions, choices, otherwise);
  }

  /** Returns -t log(p) - (1 - t) log(1 - p) for each element t of the target, p of the output. */
  public static SymbolicTensor binaryCrossentropy(
      Symbolic target, Symbolic output, boolean fromLogits) {
    return Operation.of("BinaryCrossentropy", target, output, fromLogits);
  }

  /** Returns -sum(t log(p)) along an axis, of probabilities p or of their logits. */
  public static SymbolicTensor categoricalCrossentropy(
      Symbolic target, Symbolic output, boolean fromLogits, int axis) {
    return Operation.of("CategoricalCrossentropy", target, output, fromLogits, axis);
  }

  /** Returns -log(p[t]) along the last axis, for class numbers t. */
  public static SymbolicTensor sparseCategoricalCrossentropy(
      Symbolic target, Symbolic output, boolean fromLogits) {
    return Operation.of("SparseCategoricalCrossentropy", target, output, fromLogits);
  }
}
