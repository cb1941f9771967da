package dev.ibex.savedmodel.outline;

import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.util.List;
import org.tensorflow.proto.MetaGraphDef;

/**
 * What is in one graph of a SavedModel.
 *
 * @param tags by which loaders choose it
 * @param version what its writer says of it; often empty
 * @param tensorFlow the TensorFlow that it was written with
 */
public record GraphOutline(
    List<String> tags,
    String version,
    String tensorFlow,
    List<SignatureOutline> signatures,
    List<FunctionOutline> functions,
    List<VariableOutline> variables,
    List<AssetOutline> assets,
    OpCounts ops) {
  static GraphOutline of(SavedModelFile file) {
    MetaGraphDef graph = file.graph();
    return new GraphOutline(
        List.copyOf(graph.getMetaInfoDef().getTagsList()),
        graph.getMetaInfoDef().getMetaGraphVersion(),
        graph.getMetaInfoDef().getTensorflowVersion(),
        SignatureOutline.all(graph.getSignatureDefMap()),
        FunctionOutline.all(file),
        VariableOutline.all(file),
        AssetOutline.all(file),
        OpCounts.of(graph.getGraphDef()));
  }

  /** Returns the variables without those that the checkpoint has a second time. */
  public List<VariableOutline> distinctVariables() {
    return VariableOutline.once(variables);
  }
}
