package dev.ibex.core;

import java.util.List;
import java.util.Optional;

/** The operations that there are; the one door to what they compute. Found as a service. */
public interface OperationTable {
  /** Returns the table of this library. */
  static OperationTable get() {
    return InstalledOperations.TABLE;
  }

  /** Returns all operations. */
  List<OperationType> all();

  /** Returns the operation of a class in Keras's files; empty if there is none. */
  Optional<OperationType> find(String className);
}
