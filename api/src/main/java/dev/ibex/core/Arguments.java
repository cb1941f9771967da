package dev.ibex.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The arguments of one layer call: by position, and by name ({@code mask}, {@code initial_state}…).
 */
public record Arguments(List<Argument> positional, Map<String, Argument> named) {
  /** Copies both. */
  public Arguments {
    positional = List.copyOf(positional);
    named = Map.copyOf(named);
  }

  /** Returns tensors by position. */
  public static Arguments of(Symbolic... tensors) {
    return new Arguments(Stream.of(tensors).map(Argument::of).toList(), Map.of());
  }

  /** Returns these arguments and one more, by name. */
  public Arguments with(String name, Symbolic tensor) {
    return with(name, Argument.of(tensor));
  }

  /** Returns these arguments and one more, by name. */
  public Arguments with(String name, Argument argument) {
    Map<String, Argument> more = new LinkedHashMap<>(named);
    more.put(name, argument);
    return new Arguments(positional, more);
  }

  /** Returns the tensors by position, lists flattened: what a layer calls its inputs. */
  public List<SymbolicTensor> inputs() {
    return positional.stream().flatMap(Argument::tensors).toList();
  }

  /** Returns the arguments by name that are no tensors, without those that are Python's None. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    named.forEach(
        (name, a) -> {
          if (a instanceof Argument.Literal literal && literal.value() != null) {
            settings.put(name, literal.value());
          }
        });
    return settings;
  }

  /** Returns these arguments with other tensors. */
  Arguments map(UnaryOperator<SymbolicTensor> tensors) {
    Map<String, Argument> others = new LinkedHashMap<>();
    named.forEach((name, a) -> others.put(name, a.map(tensors)));
    return new Arguments(positional.stream().map(a -> a.map(tensors)).toList(), others);
  }

  /** Returns all tensors. */
  public List<SymbolicTensor> tensors() {
    List<SymbolicTensor> all = new ArrayList<>(inputs());
    named.values().stream().flatMap(Argument::tensors).forEach(all::add);
    return all;
  }
}
