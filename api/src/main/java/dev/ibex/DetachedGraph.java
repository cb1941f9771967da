package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.ResourceVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A graph that is described and never run: its variables have names and no values. */
final class DetachedGraph implements GraphTarget, AutoCloseable {
  private final GraphSession session = new GraphSession();
  private final Map<Variable, ResourceVariable> handles = new HashMap<>();
  private final Map<String, Variable> byName = new HashMap<>();

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public ResourceVariable handle(Variable variable) {
    return handles.computeIfAbsent(
        variable,
        v -> {
          ResourceVariable handle = session.variable(v.path(), v.dtype(), v.shape());
          byName.put(handle.name(), v);
          return handle;
        });
  }

  /** Returns the variables of the given names in the graph. */
  List<Variable> variables(List<String> names) {
    return names.stream().map(n -> Objects.requireNonNull(byName.get(n), n)).toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
