package dev.ibex.savedmodel.outline;

import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.Struct.StructuredValue;

/**
 * A function that Python finds in the loaded object.
 *
 * @param path where it finds it, such as {@code __call__} or {@code encoder/call}
 * @param concreteFunctions what it was traced to, for arguments of one sort each: a graph each
 */
public record FunctionOutline(String path, List<ConcreteFunction> concreteFunctions) {
  private static final String SIGNATURES = "signatures";

  /** What paths may take together: a long chain of objects has very long ones. */
  private static final long MAX_CHARACTERS = 1 << 26;

  /**
   * A function as it was traced once.
   *
   * @param function the name of its graph in the library
   * @param arguments tensors' specs and values of Python by argument
   * @param result what it returns
   */
  public record ConcreteFunction(String function, Map<String, String> arguments, String result) {
    @Override
    public String toString() {
      List<String> all = new ArrayList<>();
      arguments.forEach((name, value) -> all.add(name + ": " + value));
      return "(" + String.join(", ", all) + ") -> " + result;
    }
  }

  /** Returns whether it is one of the loaded object itself, and not of one inside it. */
  public boolean outermost() {
    return path.indexOf('/') < 0;
  }

  /**
   * Returns the functions of a graph's objects, but for those of signatures, by path.
   *
   * @throws dev.ibex.ModelFormatException if the paths are too long to be listed
   */
  static List<FunctionOutline> all(SavedModelFile file) {
    SavedObjectGraph objects = file.graph().getObjectGraphDef();
    Map<Integer, String> paths = paths(file);
    List<FunctionOutline> found = new ArrayList<>();
    paths.forEach(
        (node, path) -> {
          SavedObject object = objects.getNodes(node);
          List<ConcreteFunction> concreteFunctions = concreteFunctions(objects, object);
          if (!concreteFunctions.isEmpty() && !path.startsWith(SIGNATURES + "/")) {
            found.add(new FunctionOutline(path, concreteFunctions));
          }
        });
    return found.stream().sorted(java.util.Comparator.comparing(FunctionOutline::path)).toList();
  }

  /** Returns the shortest path to each object. */
  private static Map<Integer, String> paths(SavedModelFile file) {
    SavedObjectGraph objects = file.graph().getObjectGraphDef();
    long left = MAX_CHARACTERS;
    Map<Integer, String> paths = new LinkedHashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    if (objects.getNodesCount() > 0) {
      paths.put(0, "");
      open.add(0);
    }
    while (!open.isEmpty()) {
      int node = open.remove();
      String path = Objects.requireNonNull(paths.get(node));
      for (var child : objects.getNodes(node).getChildrenList()) {
        int id = child.getNodeId();
        if (id >= 0 && id < objects.getNodesCount() && !paths.containsKey(id)) {
          String name = path.isEmpty() ? child.getLocalName() : path + "/" + child.getLocalName();
          left -= name.length();
          if (left < 0) {
            throw file.wrong(
                SavedModelFile.NAME,
                "the paths of its objects are longer than "
                    + MAX_CHARACTERS
                    + " characters together, and are not listed",
                null);
          }
          paths.put(id, name);
          open.add(id);
        }
      }
    }
    return paths;
  }

  private static List<ConcreteFunction> concreteFunctions(
      SavedObjectGraph objects, SavedObject object) {
    List<ConcreteFunction> concreteFunctions = new ArrayList<>();
    if (object.hasFunction()) {
      for (String name : object.getFunction().getConcreteFunctionsList()) {
        concreteFunctions.add(
            concreteFunction(objects, name, names(object.getFunction().getFunctionSpec())));
      }
    } else if (object.hasBareConcreteFunction()) {
      var bare = object.getBareConcreteFunction();
      concreteFunctions.add(
          concreteFunction(
              objects, bare.getConcreteFunctionName(), bare.getArgumentKeywordsList()));
    }
    return concreteFunctions;
  }

  /** Returns the names of arguments that Python gives by place. */
  private static List<String> names(FunctionSpec spec) {
    List<String> names =
        spec.getFullargspec().getNamedTupleValue().getValuesList().stream()
            .filter(p -> p.getKey().equals("args"))
            .findFirst()
            .map(p -> PythonValue.texts(p.getValue()))
            .orElse(List.of());
    return !names.isEmpty() && names.get(0).equals("self") ? names.subList(1, names.size()) : names;
  }

  private static ConcreteFunction concreteFunction(
      SavedObjectGraph objects, String function, List<String> names) {
    SavedConcreteFunction f =
        objects.getConcreteFunctionsOrDefault(function, SavedConcreteFunction.getDefaultInstance());
    List<StructuredValue> both = f.getCanonicalizedInputSignature().getTupleValue().getValuesList();
    Map<String, String> arguments = new LinkedHashMap<>();
    if (both.size() == 2) {
      List<StructuredValue> placed = both.get(0).getTupleValue().getValuesList();
      for (int i = 0; i < placed.size(); i++) {
        String name = i < names.size() ? names.get(i) : "args_" + i;
        arguments.put(name, PythonValue.text(placed.get(i)));
      }
      new TreeMap<>(both.get(1).getDictValue().getFieldsMap())
          .forEach((name, value) -> arguments.put(name, PythonValue.text(value)));
    }
    return new ConcreteFunction(function, arguments, PythonValue.text(f.getOutputSignature()));
  }
}
