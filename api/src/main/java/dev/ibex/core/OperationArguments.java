package dev.ibex.core;

import dev.ibex.core.OperationType.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Binds the arguments of an operation to its parameters. */
final class OperationArguments {
  private final OperationType type;
  private final Map<String, Argument> given = new LinkedHashMap<>();

  private OperationArguments(OperationType type) {
    this.type = type;
  }

  /**
   * Returns a value for each parameter: inputs first, then settings.
   *
   * @throws IllegalArgumentException if one is unknown, missing, given twice or one too many
   */
  static Map<String, Argument> bind(
      OperationType type, Map<String, Argument> settings, Arguments arguments) {
    OperationArguments binding = new OperationArguments(type);
    binding.positional(arguments.positional());
    arguments.named().forEach((name, a) -> binding.named("argument", type.inputs(), name, a));
    settings.forEach((name, a) -> binding.named("setting", type.settings(), name, a));
    return binding.complete();
  }

  private void positional(List<Argument> arguments) {
    List<Parameter> inputs = type.inputs();
    int last = inputs.size() - 1;
    if (last >= 0 && inputs.get(last).rest()) {
      arguments.subList(0, Math.min(last, arguments.size())).forEach(this::next);
      next(new Argument.Items(arguments.subList(given.size(), arguments.size())));
      return;
    }
    Check.that(
        arguments.size() <= inputs.size(),
        "expected at most %d arguments (%s), got %d",
        inputs.size(),
        names(inputs),
        arguments.size());
    arguments.forEach(this::next);
  }

  private void next(Argument argument) {
    given.put(type.inputs().get(given.size()).name(), argument);
  }

  private void named(String kind, List<Parameter> known, String name, Argument argument) {
    Check.that(
        known.stream().anyMatch(p -> p.name().equals(name)),
        "there is no %s \"%s\"; there is %s",
        kind,
        name,
        known.isEmpty() ? "none" : names(known));
    Check.that(given.put(name, argument) == null, "%s \"%s\" is given twice", kind, name);
  }

  private Map<String, Argument> complete() {
    Map<String, Argument> all = new LinkedHashMap<>();
    Stream.concat(type.inputs().stream(), type.settings().stream())
        .forEach(
            p -> {
              Argument value = given.getOrDefault(p.name(), p.fallback().orElse(null));
              Check.that(value != null, "argument \"%s\" is missing", p.name());
              all.put(p.name(), java.util.Objects.requireNonNull(value));
            });
    return all;
  }

  private static String names(List<Parameter> parameters) {
    List<String> names = new ArrayList<>();
    parameters.forEach(p -> names.add(p.name()));
    return String.join(", ", names);
  }
}
