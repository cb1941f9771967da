package dev.ibex.core;

import java.util.ServiceLoader;

/** Holds the table of operations once it is found. */
final class InstalledOperations {
  static final OperationTable TABLE =
      ServiceLoader.load(OperationTable.class, OperationTable.class.getClassLoader())
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("no service " + OperationTable.class.getName()));

  private InstalledOperations() {}
}
