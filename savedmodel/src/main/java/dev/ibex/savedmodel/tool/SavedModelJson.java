package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.savedmodel.outline.FunctionOutline;
import dev.ibex.savedmodel.outline.GraphOutline;
import dev.ibex.savedmodel.outline.OpCounts;
import dev.ibex.savedmodel.outline.SavedModelOutline;
import dev.ibex.savedmodel.outline.SignatureOutline;
import dev.ibex.savedmodel.outline.TensorOutline;
import dev.ibex.savedmodel.outline.VariableOutline;
import java.util.List;

/** What {@code inspect --json} prints of the graphs of a SavedModel. */
final class SavedModelJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SavedModelJson() {}

  static ObjectNode of(SavedModelOutline outline) {
    ObjectNode document = JSON.objectNode();
    ArrayNode graphs = document.putArray("graphs");
    outline.graphs().forEach(g -> graphs.add(graph(g)));
    ObjectNode fingerprint = document.putObject("fingerprint");
    outline.fingerprint().forEach(fingerprint::put);
    return document;
  }

  private static ObjectNode graph(GraphOutline graph) {
    ObjectNode all = JSON.objectNode();
    all.set("tags", texts(graph.tags()));
    all.put("version", graph.version());
    all.put("tensorflow_version", graph.tensorFlow());
    ArrayNode signatures = all.putArray("signatures");
    graph.signatures().forEach(s -> signatures.add(signature(s)));
    ArrayNode functions = all.putArray("functions");
    graph.functions().forEach(f -> functions.add(function(f)));
    ArrayNode variables = all.putArray("variables");
    graph.variables().forEach(v -> variables.add(variable(v)));
    ArrayNode assets = all.putArray("assets");
    graph
        .assets()
        .forEach(
            a ->
                assets
                    .addObject()
                    .put("name", a.name())
                    .put("tensor", a.tensor())
                    .put("missing", !a.there()));
    ops(graph.ops(), all);
    return all;
  }

  private static ArrayNode texts(Iterable<String> texts) {
    ArrayNode all = JSON.arrayNode();
    texts.forEach(all::add);
    return all;
  }

  private static ObjectNode signature(SignatureOutline signature) {
    ObjectNode one = JSON.objectNode();
    one.put("name", signature.name()).put("method", signature.method());
    one.set("inputs", tensors(signature.inputs()));
    one.set("outputs", tensors(signature.outputs()));
    return one;
  }

  private static ArrayNode tensors(List<TensorOutline> tensors) {
    ArrayNode all = JSON.arrayNode();
    for (TensorOutline t : tensors) {
      ObjectNode one = all.addObject().put("name", t.name());
      one.set("shape", InspectionJson.sizes(t.shape()));
      one.put("dtype", t.dtype()).put("tensor", t.tensor());
    }
    return all;
  }

  private static ObjectNode function(FunctionOutline function) {
    ObjectNode one = JSON.objectNode().put("path", function.path());
    ArrayNode traced = one.putArray("concrete_functions");
    for (FunctionOutline.ConcreteFunction f : function.concreteFunctions()) {
      ObjectNode concrete = traced.addObject().put("function", f.function());
      ObjectNode arguments = concrete.putObject("arguments");
      f.arguments().forEach(arguments::put);
      concrete.put("result", f.result());
    }
    return one;
  }

  private static ObjectNode variable(VariableOutline v) {
    ObjectNode one = JSON.objectNode().put("name", v.name());
    v.key().ifPresentOrElse(k -> one.put("key", k), () -> one.putNull("key"));
    one.set("shape", InspectionJson.sizes(v.shape()));
    one.put("dtype", v.dtypeName());
    v.bytes().ifPresentOrElse(b -> one.put("bytes", b), () -> one.putNull("bytes"));
    v.trainable().ifPresentOrElse(t -> one.put("trainable", t), () -> one.putNull("trainable"));
    return one;
  }

  private static void ops(OpCounts ops, ObjectNode to) {
    ObjectNode counts = to.putObject("ops");
    ops.counts().forEach(counts::put);
    to.set("unknown_ops", texts(ops.unknown()));
  }
}
