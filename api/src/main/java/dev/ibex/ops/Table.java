package dev.ibex.ops;

import dev.ibex.core.OperationType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows by class name, which no two modules share. */
final class Table {
  private final Map<String, OperationType> rows = new LinkedHashMap<>();

  /** Returns what adds the rows of a module of Keras. */
  Rows of(String module) {
    return new Rows(this, module);
  }

  void add(OperationType row) {
    if (rows.put(row.className(), row) != null) {
      throw new IllegalStateException("two operations are named " + row.className());
    }
  }

  List<OperationType> all() {
    return List.copyOf(rows.values());
  }

  Optional<OperationType> find(String className) {
    return Optional.ofNullable(rows.get(className));
  }
}
