package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Model;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** What {@code inspect --json} prints; docs/TOOL.md lists the keys. Every key is always there. */
final class InspectionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private InspectionJson() {}

  static ObjectNode of(Inspection found) {
    ObjectNode document = JSON.objectNode();
    document.put("file", found.file().path().toString());
    document.put("format", found.file().format());
    document.put("description", found.file().description());
    ObjectNode about = document.putObject("about");
    found.file().about().forEach(about::put);
    document.put("loads", found.model().isPresent());
    ArrayNode problems = document.putArray("problems");
    found.problems().forEach(problems::add);
    Optional<Model> model = found.model();
    document.set(
        "inputs", model.map(m -> tensors(m.inputNames(), m.inputs())).orElseGet(JSON::arrayNode));
    document.set(
        "outputs",
        model.map(m -> tensors(m.outputNames(), m.outputs())).orElseGet(JSON::arrayNode));
    document.set("parameters", parameters(found));
    document.set("layers", layers(found));
    document.set("weights", weights(found.weights().layers()));
    document.set(
        "compilation",
        found.compilation().<JsonNode>map(c -> compilation(c, found)).orElseGet(JSON::nullNode));
    document.set("optimizer_weights", weights(found.weights().optimizer()));
    document.set(
        "saved_model",
        found.file().savedModel().<JsonNode>map(SavedModelJson::of).orElseGet(JSON::nullNode));
    return document;
  }

  private static ArrayNode tensors(List<String> names, List<SymbolicTensor> tensors) {
    ArrayNode all = JSON.arrayNode();
    for (int i = 0; i < names.size(); i++) {
      all.add(array(JSON.objectNode().put("name", names.get(i)), tensors.get(i).spec()));
    }
    return all;
  }

  /** Adds shape, unknown sizes as null, and type. */
  private static ObjectNode array(ObjectNode to, TensorSpec spec) {
    to.set("shape", sizes(spec.shape()));
    return to.put("dtype", spec.dtype().lowerName());
  }

  /** Returns sizes, unknown ones as null; null where not even their number is known. */
  static JsonNode sizes(Shape shape) {
    if (shape.isUnknown()) {
      return JSON.nullNode();
    }
    ArrayNode sizes = JSON.arrayNode();
    for (long size : shape.asArray()) {
      sizes.add(size < 0 ? JSON.nullNode() : JSON.numberNode(size));
    }
    return sizes;
  }

  private static ObjectNode parameters(Inspection found) {
    long total = found.parameters();
    ObjectNode counts = JSON.objectNode().put("total", total);
    counts.set("trainable", number(found.trainable()));
    counts.set("non_trainable", number(found.trainable().map(n -> total - n)));
    return counts;
  }

  private static ArrayNode layers(Inspection found) {
    ArrayNode all = JSON.arrayNode();
    for (LayerLine layer : found.layers()) {
      all.addObject()
          .put("name", layer.name())
          .put("class_name", layer.className())
          .put("trainable", layer.trainable());
    }
    return all;
  }

  private static ArrayNode weights(List<Weight> weights) {
    ArrayNode all = JSON.arrayNode();
    for (Weight w : weights) {
      ObjectNode one = array(JSON.objectNode().put("path", w.path()), w.spec());
      w.trainable().ifPresentOrElse(t -> one.put("trainable", t), () -> one.putNull("trainable"));
      all.add(one);
    }
    return all;
  }

  private static ObjectNode compilation(Compilation compilation, Inspection found) {
    ObjectNode optimizer = JSON.objectNode().put("class_name", compilation.optimizerClass());
    optimizer.set("config", compilation.settings());
    optimizer.set("iteration", number(found.state("iteration")));
    optimizer.set("learning_rate", number(found.state("learning_rate")));
    ObjectNode all = JSON.objectNode();
    all.set("optimizer", optimizer);
    return all.setAll(compilation.rest());
  }

  private static JsonNode number(Optional<? extends Number> number) {
    return number
        .<JsonNode>map(
            n -> n instanceof Float f ? JSON.numberNode(f) : JSON.numberNode(n.longValue()))
        .orElseGet(JSON::nullNode);
  }
}
