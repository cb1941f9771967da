package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import java.util.List;
import java.util.Optional;

/**
 * One side of a comparison.
 *
 * @param description the layers in Keras's JSON; empty where the file has weights alone
 * @param compilation how it is compiled; empty if it is not
 * @param weights the weights of layers
 * @param optimizer the state of the optimizer
 */
record Side(
    Optional<ObjectNode> description,
    Optional<ObjectNode> compilation,
    List<Weight> weights,
    List<Weight> optimizer) {
  private static final String COMPILATION = "compile_config";

  /** Returns what a file has, as it is written. */
  static Side of(ModelFile file) {
    return new Side(
        file.config().map(ObjectNode::deepCopy).map(c -> c.without(COMPILATION)),
        file.compilation(),
        file.weights().layers(),
        file.weights().optimizer());
  }

  /** Returns what the model of a file has, which is the same for every format. */
  static Side of(ModelFile file, Model model) {
    ObjectNode json = Json.parse(file.path(), "", ModelCodec.get().toCompiledJson(model));
    Weights weights = Weights.of(model);
    return new Side(
        Optional.of(json.deepCopy().without(COMPILATION)),
        Json.object(json, COMPILATION),
        weights.layers(),
        weights.optimizer());
  }

  /** Returns this side with compilation and optimizer of another. */
  Side compiledAs(Side other) {
    return new Side(description, other.compilation, weights, other.optimizer);
  }
}
