package dev.ibex.savedmodel.bundle;

import com.google.protobuf.BoolValue;
import dev.ibex.ModelFunction;
import dev.ibex.core.TensorSpec;
import dev.ibex.savedmodel.checkpoint.ObjectPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedUserObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.SerializedTensor;
import org.tensorflow.proto.VersionDef;

/**
 * The objects that Python finds in an exported model: lists of variables, functions to call and the
 * signatures. Node 0 is the model itself.
 */
final class ObjectGraphWriter {
  private static final VersionDef VERSION =
      VersionDef.newBuilder().setProducer(1).setMinConsumer(1).build();

  private final SavedObjectGraph.Builder graph = SavedObjectGraph.newBuilder();
  private final List<ObjectReference> root = new ArrayList<>();

  ObjectGraphWriter() {
    graph.addNodes(SavedObject.getDefaultInstance()); // the root is known in the end
  }

  /** Returns the number of the next object. */
  int next() {
    return graph.getNodesCount();
  }

  private int add(SavedObject.Builder node) {
    graph.addNodes(node);
    return next() - 1;
  }

  private static SavedObject.Builder user(String identifier) {
    return SavedObject.newBuilder()
        .setUserObject(SavedUserObject.newBuilder().setIdentifier(identifier).setVersion(VERSION));
  }

  private static ObjectReference reference(String name, int id) {
    return ObjectReference.newBuilder().setLocalName(name).setNodeId(id).build();
  }

  /** Adds a variable, whose number is the next. */
  void variable(ExportedVariable v) {
    add(
        SavedObject.newBuilder()
            .setVariable(
                SavedVariable.newBuilder()
                    .setDtype(v.variable().dtype().proto())
                    .setShape(ShapeProtos.shape(v.variable().shape()))
                    .setTrainable(v.variable().trainable())
                    .setName(v.node())));
  }

  /** Adds a list to the model, such as {@code trainable_variables}. */
  void list(String name, List<ExportedVariable> content) {
    SavedObject.Builder list = user("trackable_list_wrapper");
    for (int i = 0; i < content.size(); i++) {
      list.addChildren(reference(Integer.toString(i), content.get(i).id()));
    }
    root.add(reference(name, add(list)));
  }

  /** Describes a function of a tensor, or of a list of them, and of the argument training. */
  void define(ModelFunction f, boolean training, Function<ModelFunction, List<Integer>> captured) {
    graph.putConcreteFunctions(
        name(f),
        SavedConcreteFunction.newBuilder()
            .addAllBoundInputs(captured.apply(f))
            .setCanonicalizedInputSignature(
                Structure.tuple(
                    Structure.tuple(structure(arguments(f)), Structure.of(training)),
                    Structure.dict(Map.of())))
            .setOutputSignature(structure(f.outputs()))
            .build());
  }

  /**
   * Adds a function to the model, which Python calls with inputs and the argument training.
   *
   * @param training what the argument is where it is not given
   */
  void function(String name, List<ModelFunction> byTraining, boolean training) {
    SavedFunction.Builder function = SavedFunction.newBuilder();
    byTraining.forEach(f -> function.addConcreteFunctions(name(f)));
    StructuredValue defaults = Structure.tuple(Structure.of(training));
    function.setFunctionSpec(spec(List.of("inputs", "training"), List.of(), defaults));
    root.add(reference(name, add(SavedObject.newBuilder().setFunction(function))));
  }

  private static String name(ModelFunction f) {
    return f.definition().getSignature().getName();
  }

  private static StructuredValue structure(Map<String, TensorSpec> specs) {
    List<StructuredValue> tensors = List.copyOf(byName(specs).values());
    return tensors.size() == 1 ? tensors.get(0) : Structure.list(tensors);
  }

  /** Adds the signatures. */
  void signatures(
      Map<String, ModelFunction> signatures, Function<ModelFunction, List<Integer>> captured) {
    SavedObject.Builder map = user("signature_map");
    signatures.forEach(
        (key, f) -> {
          graph.putConcreteFunctions(
              name(f),
              SavedConcreteFunction.newBuilder()
                  .addAllBoundInputs(captured.apply(f))
                  .setCanonicalizedInputSignature(
                      Structure.tuple(Structure.tuple(), Structure.dict(byName(arguments(f)))))
                  .setOutputSignature(Structure.dict(byName(f.outputs())))
                  .build());
          List<String> names = List.copyOf(arguments(f).keySet());
          int id =
              add(
                  SavedObject.newBuilder()
                      .setBareConcreteFunction(
                          SavedBareConcreteFunction.newBuilder()
                              .setConcreteFunctionName(name(f))
                              .addAllArgumentKeywords(names)
                              .setAllowedPositionalArguments(names.size() == 1 ? 1 : 0)
                              .setFunctionSpec(spec(List.of(), names, Structure.NONE))));
          map.addChildren(reference(key, id));
        });
    root.add(reference("signatures", add(map)));
  }

  /** Returns the inputs by the names that Python calls them by. */
  private static Map<String, TensorSpec> arguments(ModelFunction f) {
    Map<String, TensorSpec> arguments = new LinkedHashMap<>();
    PythonNames.of(f.inputs().keySet())
        .forEach((name, python) -> arguments.put(python, get(f.inputs(), name)));
    return arguments;
  }

  private static <V> V get(Map<String, V> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  private static Map<String, StructuredValue> byName(Map<String, TensorSpec> specs) {
    Map<String, StructuredValue> tensors = new LinkedHashMap<>();
    specs.forEach((name, spec) -> tensors.put(name, Structure.tensor(name, spec)));
    return tensors;
  }

  private static FunctionSpec spec(
      List<String> names, List<String> keywords, StructuredValue defaults) {
    StructuredValue arguments =
        Structure.namedTuple(
            "FullArgSpec",
            List.of(
                Map.entry("args", Structure.texts(names)),
                Map.entry("varargs", Structure.NONE),
                Map.entry("varkw", Structure.NONE),
                Map.entry("defaults", defaults),
                Map.entry("kwonlyargs", Structure.texts(keywords)),
                Map.entry("kwonlydefaults", Structure.NONE),
                Map.entry("annotations", Structure.dict(Map.of()))));
    return FunctionSpec.newBuilder()
        .setFullargspec(arguments)
        .setInputSignature(Structure.NONE)
        .build();
  }

  SavedObjectGraph build() {
    graph.setNodes(0, user("_generic_user_object").addAllChildren(root));
    return graph.build();
  }

  /** Returns the same objects as checkpoints describe them, with the keys of the values. */
  static TrackableObjectGraph checkpoint(
      SavedObjectGraph objects, List<ExportedVariable> variables) {
    Map<Integer, ExportedVariable> byId = new LinkedHashMap<>();
    variables.forEach(v -> byId.put(v.id(), v));
    TrackableObjectGraph.Builder graph = TrackableObjectGraph.newBuilder();
    for (int i = 0; i < objects.getNodesCount(); i++) {
      TrackableObject.Builder node =
          TrackableObject.newBuilder().addAllChildren(objects.getNodes(i).getChildrenList());
      ExportedVariable v = byId.get(i);
      if (v != null) {
        node.addAttributes(
                SerializedTensor.newBuilder()
                    .setName(ObjectPath.ATTRIBUTE)
                    .setFullName(v.node())
                    .setCheckpointKey(v.key()))
            .setHasCheckpointValues(BoolValue.of(true));
      }
      graph.addNodes(node);
    }
    return graph.build();
  }
}
