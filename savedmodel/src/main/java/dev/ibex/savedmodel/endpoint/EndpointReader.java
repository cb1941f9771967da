package dev.ibex.savedmodel.endpoint;

import dev.ibex.core.TensorSpec;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.Struct.StructuredValue;

/** Finds the endpoints of a SavedModel, in the way of Python's loader. */
final class EndpointReader {
  private static final int ROOT = 0;
  private static final String SIGNATURES = "signatures";

  private final ObjectGraph objects;
  private final Map<String, SavedConcreteFunction> described;

  EndpointReader(SavedModelFile file, ObjectGraph objects) {
    this.objects = objects;
    this.described = file.graph().getObjectGraphDef().getConcreteFunctionsMap();
  }

  /** Returns the names of the signatures, sorted. */
  Set<String> signatures() {
    Set<String> names = new TreeSet<>();
    objects
        .child(ROOT, SIGNATURES)
        .flatMap(objects::object)
        .ifPresent(s -> s.getChildrenList().forEach(c -> names.add(c.getLocalName())));
    return names;
  }

  /**
   * Returns an endpoint; empty if there is none of that name.
   *
   * @throws IllegalArgumentException if it takes or returns what a layer cannot
   */
  Optional<Endpoint> find(String name) {
    Optional<SavedObject> attribute =
        objects
            .child(ROOT, name)
            .flatMap(objects::object)
            .filter(o -> o.hasFunction() || o.hasBareConcreteFunction());
    return attribute
        .or(
            () ->
                objects
                    .child(ROOT, SIGNATURES)
                    .flatMap(s -> objects.child(s, name))
                    .flatMap(objects::object))
        .map(o -> new Endpoint(name, concreteFunctions(name, o)));
  }

  private List<ConcreteFunction> concreteFunctions(String name, SavedObject object) {
    List<ConcreteFunction> concreteFunctions = new ArrayList<>();
    if (object.hasBareConcreteFunction()) {
      concreteFunctions.add(keywords(object.getBareConcreteFunction()));
    } else {
      SavedFunction function = object.getFunction();
      for (String traced : function.getConcreteFunctionsList()) {
        positional(traced, function.getFunctionSpec()).ifPresent(concreteFunctions::add);
      }
    }
    if (concreteFunctions.isEmpty()) {
      throw new IllegalArgumentException(
          "the endpoint "
              + name
              + " has no function that takes its tensors in its first argument alone; export one"
              + " with a single argument, or take a signature");
    }
    return concreteFunctions;
  }

  /** A signature takes its arguments by name; a layer takes them in the order of the names. */
  private ConcreteFunction keywords(SavedBareConcreteFunction function) {
    SavedConcreteFunction traced = traced(function.getConcreteFunctionName());
    List<Structure.Leaf> leaves = Structure.leaves(traced.getCanonicalizedInputSignature());
    List<String> order = function.getArgumentKeywordsList();
    List<ConcreteFunction.Slot> slots = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Structure.Leaf leaf = leaves.get(i);
      int named = order.indexOf(leaf.name());
      slots.add(new ConcreteFunction.Slot(leaf.name(), named < 0 ? i : named, leaf.spec()));
    }
    slots.sort(Comparator.comparing(ConcreteFunction.Slot::name));
    return concrete(function.getConcreteFunctionName(), traced, slots);
  }

  /**
   * Returns a function if its tensors are all in the first argument, and its other arguments have
   * their defaults.
   */
  private Optional<ConcreteFunction> positional(String name, FunctionSpec spec) {
    SavedConcreteFunction traced = traced(name);
    List<StructuredValue> parts =
        List.copyOf(Structure.fields(traced.getCanonicalizedInputSignature()).values());
    List<StructuredValue> positions = List.copyOf(Structure.fields(parts.get(0)).values());
    if (positions.isEmpty()
        || !PythonDefaults.of(spec).areIn(positions)
        || !Structure.leaves(parts.get(1)).isEmpty()) {
      return Optional.empty();
    }
    List<Structure.Leaf> leaves = Structure.leaves(positions.get(0));
    List<ConcreteFunction.Slot> slots = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      slots.add(new ConcreteFunction.Slot(leaves.get(i).name(), i, leaves.get(i).spec()));
    }
    return Optional.of(concrete(name, traced, slots));
  }

  private SavedConcreteFunction traced(String name) {
    SavedConcreteFunction function = described.get(name);
    if (function == null) {
      throw new IllegalArgumentException("there is no function " + name + " among the objects");
    }
    return function;
  }

  private static ConcreteFunction concrete(
      String name, SavedConcreteFunction traced, List<ConcreteFunction.Slot> slots) {
    List<TensorSpec> outputs =
        Structure.leaves(traced.getOutputSignature()).stream().map(Structure.Leaf::spec).toList();
    return new ConcreteFunction(name, slots, outputs, traced.getBoundInputsList());
  }
}
