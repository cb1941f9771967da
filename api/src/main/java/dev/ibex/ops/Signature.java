package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.OperationType.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of an operation, as {@code "Sum(x; axis=None, keepdims=False)"}: what a call
 * takes, then what it is created with. A star is before what takes all further arguments.
 */
record Signature(String name, List<Parameter> inputs, List<Parameter> settings) {
  static Signature of(String text) {
    int open = text.indexOf('(');
    String[] parts = text.substring(open + 1, text.length() - 1).split(";", 2);
    return new Signature(
        text.substring(0, open),
        parameters(parts[0]),
        parameters(parts.length > 1 ? parts[1] : ""));
  }

  private static List<Parameter> parameters(String text) {
    return Stream.of(text.split(",(?![^(]*\\))"))
        .map(String::strip)
        .filter(p -> !p.isEmpty())
        .map(Signature::parameter)
        .toList();
  }

  private static Parameter parameter(String text) {
    int equals = text.indexOf('=');
    boolean rest = text.startsWith("*");
    if (equals < 0) {
      return new Parameter(text.substring(rest ? 1 : 0), Optional.empty(), rest);
    }
    return new Parameter(
        text.substring(0, equals), Optional.of(literal(text.substring(equals + 1))), false);
  }

  private static Argument literal(String text) {
    if (text.equals("None")) {
      return new Argument.Literal(null);
    } else if (text.equals("True") || text.equals("False")) {
      return Argument.of(text.equals("True"));
    } else if (text.startsWith("(")) {
      return new Argument.Items(
          Stream.of(text.substring(1, text.length() - 1).split(","))
              .map(item -> literal(item.strip()))
              .toList());
    } else if (text.startsWith("'")) {
      return new Argument.Literal(text.substring(1, text.length() - 1));
    } else if (text.matches("-?\\d+")) {
      return Argument.of(Long.parseLong(text));
    }
    return Argument.of(Double.parseDouble(text));
  }
}
