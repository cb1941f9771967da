package dev.ibex.ops;

import dev.ibex.core.OperationTable;
import dev.ibex.core.OperationType;
import java.util.List;
import java.util.Optional;

/**
 * The table of what operations of each Keras class take, infer and emit: one list of groups for
 * each of Keras's modules, which is the module that files name.
 */
public final class KerasOperations implements OperationTable {
  private final Table table = new Table();

  /**
   * Fills the table; called by {@link java.util.ServiceLoader}.
   *
   * @throws IllegalStateException if two rows have one class
   */
  public KerasOperations() {
    add(
        "keras.src.ops.numpy",
        Arithmetic::add,
        Arranging::add,
        Bits::add,
        Choices::add,
        Comparisons::add,
        Contractions::add,
        Copies::add,
        Cumulative::add,
        Diagonals::add,
        EinsumRow::add,
        Elementwise::add,
        Exponents::add,
        Extremes::add,
        Gathering::add,
        Indexing::add,
        Joining::add,
        LinearAlgebra::add,
        Matrices::addNumpy,
        NanReductions::add,
        Padding::add,
        Predicates::add,
        Quantiles::add,
        Reductions::add,
        Repeating::add,
        Rounding::add,
        Segments::addNumpy,
        Selecting::add,
        Shaping::add,
        Sorting::add,
        Splitting::add,
        Spread::add,
        Trigonometry::add,
        Vectors::add);
    add(
        "keras.src.ops.nn",
        ActivationOps::add,
        CrossentropyOps::add,
        Encodings::add,
        Normalizing::add,
        Pixels::add,
        Statistics::add);
    add("keras.src.ops.core", Scattering::add, Slicing::add, Types::add, Unstacking::add);
    add(
        "keras.src.ops.math",
        Matrices::addMath,
        Norms::addMath,
        Segments::add,
        Sorting::addMath,
        SpecialFunctions::add,
        Vectors::addMath);
    add("keras.src.ops.linalg", Decompositions::add, Matrices::add, Norms::add);
    add("keras.src.ops.image", Colors::add, Framing::add, Patches::add, Resizing::add);
  }

  /** Adds rows that belong together. */
  @FunctionalInterface
  private interface Group {
    void add(Rows rows);
  }

  private void add(String module, Group... groups) {
    for (Group group : groups) {
      group.add(table.of(module));
    }
  }

  @Override
  public List<OperationType> all() {
    return table.all();
  }

  @Override
  public Optional<OperationType> find(String className) {
    return table.find(className);
  }
}
