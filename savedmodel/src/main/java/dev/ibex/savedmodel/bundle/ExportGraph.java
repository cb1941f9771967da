package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFunction;
import dev.ibex.Values;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphSession;
import dev.ibex.savedmodel.checkpoint.TrackableGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * The graph of a SavedModel: variables, a call for each signature, ops that save and restore; and
 * the objects that Python makes of it. Loaders of graphs use the former, Python the latter.
 */
final class ExportGraph {
  private static final String PREDICT = "tensorflow/serving/predict";

  private final Nodes nodes = new Nodes();
  private final ObjectGraphWriter objects = new ObjectGraphWriter();
  private final Map<Variable, ExportedVariable> variables = new LinkedHashMap<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, SignatureDef> signatures = new LinkedHashMap<>();
  private final String producer;

  /**
   * Begins a graph.
   *
   * @param producer what writes it, with its version
   */
  ExportGraph(String producer) {
    this.producer = producer;
  }

  /** What is written into the files. */
  record Written(MetaGraphDef graph, Map<String, Array> checkpoint) {}

  Written write(ExportContent content) {
    add("variables", content.variables());
    add("optimizer_variables", content.optimizer());
    add("other_variables", others(content));
    list("variables", v -> true);
    list("trainable_variables", Variable::trainable);
    list("non_trainable_variables", v -> !v.trainable());
    list("optimizer_variables", v -> true);
    list("other_variables", v -> true);
    define(content.call());
    define(content.training());
    objects.define(content.call(), false, this::captured);
    objects.define(content.training(), true, this::captured);
    List<ModelFunction> byTraining = List.of(content.call(), content.training());
    objects.function("__call__", byTraining, false);
    objects.function("serve", byTraining, false);
    objects.function("serve_training", byTraining, true);
    Map<String, ModelFunction> sorted = new LinkedHashMap<>();
    content.signatures().forEach((key, f) -> sorted.put(key, signature(key, f)));
    objects.signatures(sorted, this::captured);
    SavedObjectGraph graph = objects.build();
    byte[] checkpoint =
        ObjectGraphWriter.checkpoint(graph, List.copyOf(variables.values())).toByteArray();
    saver(checkpoint);
    return new Written(metaGraph(graph), values(checkpoint));
  }

  /** Returns the variables of models that are called by signatures alone. */
  private static List<Variable> others(ExportContent content) {
    return Stream.concat(
            Stream.of(content.call(), content.training()), content.signatures().values().stream())
        .flatMap(f -> f.variables().stream())
        .filter(v -> !content.variables().contains(v) && !content.optimizer().contains(v))
        .distinct()
        .toList();
  }

  private void add(String list, List<Variable> some) {
    for (Variable v : some) {
      String node = nodes.unique(v.path());
      int place = some.indexOf(v);
      ExportedVariable exported = new ExportedVariable(v, node, objects.next(), list, place);
      variables.put(v, exported);
      objects.variable(exported);
      nodes.add(
          Nodes.node("VarHandleOp", node)
              .putAttr("dtype", Nodes.type(v.dtype().proto()))
              .putAttr("shape", Nodes.shape(v.shape()))
              .putAttr("shared_name", Nodes.text(node)));
      nodes.add(
          Nodes.node("ReadVariableOp", exported.read(), exported.handle())
              .putAttr("dtype", Nodes.type(v.dtype().proto())));
    }
  }

  private void list(String name, java.util.function.Predicate<Variable> holds) {
    String from = name.endsWith("trainable_variables") ? "variables" : name;
    List<ExportedVariable> content =
        variables.values().stream()
            .filter(v -> v.list().equals(from) && holds.test(v.variable()))
            .toList();
    if (from.equals("variables") || !content.isEmpty()) {
      objects.list(name, content);
    }
  }

  private ExportedVariable exported(Variable v) {
    return Objects.requireNonNull(variables.get(v), v::path);
  }

  private List<Integer> captured(ModelFunction f) {
    return f.variables().stream().map(v -> exported(v).id()).toList();
  }

  private void define(ModelFunction f) {
    for (FunctionDef inner : f.library()) {
      functions.put(inner.getSignature().getName(), inner);
    }
    functions.put(f.definition().getSignature().getName(), f.definition());
  }

  /** Adds a signature: what is fed, and the call of its function. */
  private ModelFunction signature(String key, ModelFunction given) {
    String name = "__inference_signature_wrapper_" + word(key) + "_" + functions.size();
    ModelFunction f = SignatureFunction.of(given, name);
    define(f);
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
    List<String> inputs = new ArrayList<>();
    List<DataType> in = new ArrayList<>();
    f.inputs()
        .forEach(
            (input, spec) -> {
              String fed = nodes.unique(word(key) + "_" + word(input));
              nodes.add(
                  Nodes.node("Placeholder", fed)
                      .putAttr("dtype", Nodes.type(spec.dtype().proto()))
                      .putAttr("shape", Nodes.shape(spec.shape())));
              signature.putInputs(input, info(fed, 0, spec));
              inputs.add(fed);
              in.add(spec.dtype().proto());
            });
    for (Variable v : f.variables()) {
      inputs.add(exported(v).handle());
      in.add(DataType.DT_RESOURCE);
    }
    String call =
        nodes.add(
            Nodes.node(
                    "StatefulPartitionedCall",
                    nodes.unique("StatefulPartitionedCall"),
                    inputs.toArray(new String[0]))
                .putAttr("Tin", Nodes.types(in))
                .putAttr(
                    "Tout",
                    Nodes.types(f.outputs().values().stream().map(s -> s.dtype().proto()).toList()))
                .putAttr("f", Nodes.function(name)));
    int i = 0;
    for (Map.Entry<String, TensorSpec> output : f.outputs().entrySet()) {
      signature.putOutputs(output.getKey(), info(call, i++, output.getValue()));
    }
    signatures.put(key, signature.build());
    return f;
  }

  private static String word(String text) {
    return text.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static TensorInfo info(String node, int output, TensorSpec spec) {
    return TensorInfo.newBuilder()
        .setName(node + ":" + output)
        .setDtype(spec.dtype().proto())
        .setTensorShape(ShapeProtos.shape(spec.shape()))
        .build();
  }

  private static final String SAVE = "save/";
  private static final String FILE = SAVE + "filename";
  private static final String SAVED = SAVE + "control_dependency";
  private static final String RESTORED = SAVE + "restore_all";

  /** Adds the ops by which loaders of graphs read the values, and write them again. */
  private void saver(byte[] checkpoint) {
    List<ExportedVariable> all = List.copyOf(variables.values());
    List<String> keys = new ArrayList<>(all.stream().map(ExportedVariable::key).toList());
    List<DataType> types =
        new ArrayList<>(all.stream().map(v -> v.variable().dtype().proto()).toList());
    nodes.add(
        Nodes.node("Placeholder", FILE)
            .putAttr("dtype", Nodes.type(DataType.DT_STRING))
            .putAttr("shape", Nodes.shape(Shape.scalar())));
    restore(all, keys, types);
    keys.add(TrackableGraph.KEY);
    types.add(DataType.DT_STRING);
    List<String> values =
        new ArrayList<>(
            List.of(
                FILE,
                nodes.constant(SAVE + "names", keys),
                nodes.constant(SAVE + "slices", keys.stream().map(k -> "").toList())));
    all.forEach(v -> values.add(v.read()));
    values.add(nodes.constant(SAVE + "objects", checkpoint));
    nodes.add(
        Nodes.node("SaveV2", SAVE + "SaveV2", values.toArray(new String[0]))
            .putAttr("dtypes", Nodes.types(types)));
    nodes.add(
        Nodes.node("Identity", SAVED, FILE, "^" + SAVE + "SaveV2")
            .putAttr("T", Nodes.type(DataType.DT_STRING)));
  }

  private void restore(List<ExportedVariable> all, List<String> keys, List<DataType> types) {
    NodeDef.Builder done = Nodes.node("NoOp", RESTORED);
    if (!all.isEmpty()) {
      nodes.add(
          Nodes.node(
                  "RestoreV2",
                  SAVE + "RestoreV2",
                  FILE,
                  nodes.constant(SAVE + "restored_names", keys),
                  nodes.constant(SAVE + "restored_slices", keys.stream().map(k -> "").toList()))
              .putAttr("dtypes", Nodes.types(types)));
    }
    for (int i = 0; i < all.size(); i++) {
      String assign = SAVE + "Assign_" + i;
      nodes.add(
          Nodes.node("AssignVariableOp", assign, all.get(i).handle(), SAVE + "RestoreV2:" + i)
              .putAttr("dtype", Nodes.type(types.get(i))));
      done.addInput("^" + assign);
    }
    nodes.add(done);
  }

  private MetaGraphDef metaGraph(SavedObjectGraph graph) {
    GraphDef.Builder def = GraphDef.newBuilder().addAllNode(nodes.all());
    try (GraphSession empty = new GraphSession()) {
      def.setVersions(empty.graphDef().getVersions());
    }
    def.setLibrary(FunctionDefLibrary.newBuilder().addAllFunction(functions.values()));
    return MetaGraphDef.newBuilder()
        .setMetaInfoDef(
            MetaGraphDef.MetaInfoDef.newBuilder()
                .setMetaGraphVersion(producer)
                .addTags(SavedModelFile.SERVE)
                .setTensorflowVersion(TensorFlow.version()))
        .setGraphDef(def)
        .setSaverDef(
            SaverDef.newBuilder()
                .setFilenameTensorName(FILE + ":0")
                .setSaveTensorName(SAVED + ":0")
                .setRestoreOpName(RESTORED)
                .setVersion(SaverDef.CheckpointFormatVersion.V2))
        .putAllSignatureDef(signatures)
        .setObjectGraphDef(graph)
        .build();
  }

  private Map<String, Array> values(byte[] checkpoint) {
    Map<String, Array> values = new LinkedHashMap<>();
    List<Variable> all = List.copyOf(variables.keySet());
    List<Array> read = Values.of(all);
    for (int i = 0; i < all.size(); i++) {
      values.put(exported(all.get(i)).key(), read.get(i));
    }
    values.put(TrackableGraph.KEY, Array.ofBytes(Shape.scalar(), checkpoint));
    return values;
  }
}
