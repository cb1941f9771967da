package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFunction;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;

/**
 * A function with its inputs and its outputs in the order of their names: so Python flattens the
 * dictionaries that signatures take and return.
 */
final class SignatureFunction {
  private SignatureFunction() {}

  /** Returns the function under another name, in that order. */
  static ModelFunction of(ModelFunction function, String name) {
    FunctionDef definition = function.definition();
    OpDef signature = definition.getSignature();
    List<String> inputs = List.copyOf(function.inputs().keySet());
    List<String> outputs = List.copyOf(function.outputs().keySet());
    Map<String, String> python = PythonNames.of(inputs);
    List<String> sortedInputs =
        inputs.stream().sorted(Comparator.comparing(n -> get(python, n))).toList();
    List<String> sortedOutputs = outputs.stream().sorted().toList();
    FunctionDef.Builder sorted = definition.toBuilder().clearArgAttr();
    sorted.setSignature(
        signature.toBuilder()
            .setName(name)
            .clearInputArg()
            .clearOutputArg()
            .addAllInputArg(reordered(signature.getInputArgList(), inputs, sortedInputs))
            .addAllOutputArg(reordered(signature.getOutputArgList(), outputs, sortedOutputs)));
    for (int i = 0; i < inputs.size(); i++) {
      int before = inputs.indexOf(sortedInputs.get(i));
      if (definition.containsArgAttr(before)) {
        sorted.putArgAttr(i, definition.getArgAttrOrThrow(before));
      }
    }
    return new ModelFunction(
        sorted.build(),
        function.library(),
        sorted(function.inputs(), sortedInputs),
        sorted(function.outputs(), sortedOutputs),
        function.variables());
  }

  /** Reorders the first arguments; the handles behind them stay. */
  private static List<OpDef.ArgDef> reordered(
      List<OpDef.ArgDef> arguments, List<String> names, List<String> sorted) {
    List<OpDef.ArgDef> all = new ArrayList<>();
    sorted.forEach(n -> all.add(arguments.get(names.indexOf(n))));
    all.addAll(arguments.subList(names.size(), arguments.size()));
    return all;
  }

  private static Map<String, TensorSpec> sorted(
      Map<String, TensorSpec> specs, List<String> sorted) {
    Map<String, TensorSpec> all = new LinkedHashMap<>();
    sorted.forEach(n -> all.put(n, get(specs, n)));
    return all;
  }

  private static <V> V get(Map<String, V> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }
}
