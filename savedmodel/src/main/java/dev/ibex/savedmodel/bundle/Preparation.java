package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.NativeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Makes a graph ready to be called: gives its variables their values and fills its tables. */
final class Preparation {
  /** The name of the signature, and of its output, that stands for what is to be run once. */
  static final String INIT = "__saved_model_init_op";

  private static final List<String> INIT_COLLECTIONS =
      List.of("saved_model_main_op", "legacy_init_op");
  private static final Set<String> VARIABLE_OPS = Set.of("VarHandleOp", "VariableV2", "Variable");

  private final SavedModelFile file;
  private final MetaGraphDef graph;
  private final GraphSession session;
  private final Map<String, Path> assets;

  private Preparation(SavedModelFile file, GraphSession session) {
    this.file = file;
    this.graph = file.graph();
    this.session = session;
    this.assets = AssetFiles.of(file);
  }

  /**
   * Runs what the file says is to be run first, in TensorFlow's order.
   *
   * @throws ModelFormatException if files are missing or damaged
   */
  static void run(SavedModelFile file, GraphSession session) {
    new Preparation(file, session).run();
  }

  private void run() {
    SaverDef saver = graph.getSaverDef();
    if (!saver.getRestoreOpName().isEmpty() && (hasVariables() || VariableFiles.exist(file))) {
      VariableFiles.check(file);
      Map<String, Path> feeds = new LinkedHashMap<>(assets);
      feeds.put(saver.getFilenameTensorName(), file.variables().toAbsolutePath());
      run("the restore of the variables", "variables", saver.getRestoreOpName(), feeds);
      new CapturedVariables(file, session).restore();
    }
    initOp().ifPresent(op -> run("the first op", SavedModelFile.NAME, op, assets));
  }

  private boolean hasVariables() {
    return graph.getGraphDef().getNodeList().stream()
        .map(NodeDef::getOp)
        .anyMatch(VARIABLE_OPS::contains);
  }

  private Optional<String> initOp() {
    String signed =
        graph
            .getSignatureDefMap()
            .getOrDefault(INIT, SignatureDef.getDefaultInstance())
            .getOutputsMap()
            .getOrDefault(INIT, TensorInfo.getDefaultInstance())
            .getName();
    List<String> names = new ArrayList<>();
    if (!signed.isEmpty()) {
      names.add(signed);
    }
    for (String c : INIT_COLLECTIONS) {
      names.addAll(
          graph
              .getCollectionDefOrDefault(c, CollectionDef.getDefaultInstance())
              .getNodeList()
              .getValueList());
    }
    return names.stream().findFirst();
  }

  private void run(String what, String place, String op, Map<String, Path> feeds) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      List<Operand<?>> fed = new ArrayList<>();
      for (Map.Entry<String, Path> e : feeds.entrySet()) {
        fed.add(session.tensor(e.getKey()));
        tensors.add(Array.of(Shape.scalar(), e.getValue().toString()).toTensor());
      }
      GraphOperation target = session.operation(op.replaceFirst(":\\d+$", ""));
      session.function(what, fed, List.of(), List.<Op>of(() -> target)).run(tensors).close();
    } catch (NativeException | IllegalArgumentException e) {
      throw file.wrong(
          place,
          what
              + " fails: "
              + e.getMessage()
              + "; the file is damaged or was not completely written; export the model again",
          e);
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
