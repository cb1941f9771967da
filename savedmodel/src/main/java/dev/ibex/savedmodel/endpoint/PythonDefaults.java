package dev.ibex.savedmodel.endpoint;

import java.util.List;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * The defaults of a Python function's arguments, as its {@code inspect.FullArgSpec} has them.
 *
 * @param names of the arguments, without self
 * @param defaults of the last ones of them
 */
record PythonDefaults(int names, List<StructuredValue> defaults) {
  private static final int ARGS = 0;
  private static final int DEFAULTS = 3;

  static PythonDefaults of(FunctionSpec spec) {
    List<StructuredValue> parts = List.copyOf(Structure.fields(spec.getFullargspec()).values());
    if (parts.size() <= DEFAULTS) {
      return new PythonDefaults(0, List.of());
    }
    int names = Structure.fields(parts.get(ARGS)).size() - (spec.getIsMethod() ? 1 : 0);
    return new PythonDefaults(names, List.copyOf(Structure.fields(parts.get(DEFAULTS)).values()));
  }

  /** Returns whether all arguments but the first have their defaults, tensors having none. */
  boolean areIn(List<StructuredValue> arguments) {
    boolean all = true;
    for (int i = 1; i < arguments.size(); i++) {
      int fromEnd = names - i;
      all &=
          fromEnd > 0
              && fromEnd <= defaults.size()
              && arguments.get(i).equals(defaults.get(defaults.size() - fromEnd));
    }
    return all;
  }
}
