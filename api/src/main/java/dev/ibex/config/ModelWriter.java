package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Argument;
import dev.ibex.core.Layer;
import dev.ibex.core.MergeLayer;
import dev.ibex.core.Network;
import dev.ibex.core.Node;
import dev.ibex.core.Operation;
import dev.ibex.core.SymbolicTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes models as Keras does. */
final class ModelWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Network network;
  private final Map<Layer, List<Node>> calls = new HashMap<>();

  private ModelWriter(Network network) {
    this.network = network;
    network.nodes().forEach(n -> calls.computeIfAbsent(n.layer(), l -> new ArrayList<>()).add(n));
  }

  /** Returns a model with all its layers. */
  static ObjectNode model(Model model, String pointer) {
    boolean sequential = model instanceof Sequential;
    ObjectNode written = JSON.objectNode();
    written.put("module", sequential ? "keras" : "keras.src.models.functional");
    written.put("class_name", model.className());
    ObjectNode config = written.putObject("config");
    config.put("name", model.name().isEmpty() ? Layer.snakeCase(model.className()) : model.name());
    config.put("trainable", model.trainable());
    new ModelWriter(model.network()).write(config, sequential, pointer + "/config");
    if (sequential) {
      config.set("dtype", ObjectWriter.policy(model.dtype()));
      config.set("build_input_shape", ObjectWriter.shape(model.input().shape()));
      written.putNull("registered_name");
    } else {
      written.put("registered_name", model.className());
    }
    ObjectNode build = written.putObject("build_config");
    if (sequential) {
      build.set("input_shape", ObjectWriter.shape(model.input().shape()));
    } else {
      build.putNull("input_shape");
    }
    return written;
  }

  private void write(ObjectNode config, boolean sequential, String pointer) {
    ArrayNode layers = config.putArray("layers");
    for (Layer layer : network.layers()) {
      ObjectNode written = layer(layer, pointer + "/layers/" + layers.size());
      if (!sequential) {
        written.put("name", network.name(layer));
        ArrayNode nodes = written.putArray("inbound_nodes");
        if (!(layer instanceof Input)) {
          Objects.requireNonNull(calls.get(layer)).forEach(n -> nodes.add(call(n)));
        }
      }
      layers.add(written);
    }
    if (!sequential) {
      config.set("input_layers", references(network.inputs()));
      config.set("output_layers", references(network.outputs()));
    }
  }

  private ObjectNode layer(Layer layer, String pointer) {
    ObjectNode written;
    if (layer instanceof Operation operation) {
      written = operation(operation);
    } else {
      written = (ObjectNode) ObjectWriter.object(layer, pointer);
    }
    ((ObjectNode) written.get("config")).put("name", network.name(layer));
    return written;
  }

  private ObjectNode operation(Operation operation) {
    Operation.Config config = (Operation.Config) operation.config();
    ObjectNode written =
        JSON.objectNode().put("module", config.module()).put("class_name", config.className());
    ObjectNode settings = written.putObject("config");
    operation.settings().forEach((k, v) -> settings.set(k, argument(v)));
    return written.put("registered_name", config.className());
  }

  private ObjectNode call(Node node) {
    ObjectNode written = JSON.objectNode();
    ArrayNode args = written.putArray("args");
    if (node.layer() instanceof Operation operation) {
      operation.inputs().forEach(a -> args.add(argument(a)));
      written.putObject("kwargs");
      return written;
    }
    List<Argument> positional = node.arguments().positional();
    boolean list = positional.size() > 1 || isMergeOfOne(node);
    ArrayNode into = list ? args.addArray() : args;
    positional.forEach(a -> into.add(argument(a)));
    ObjectNode kwargs = written.putObject("kwargs");
    new TreeMap<>(node.arguments().named()).forEach((k, v) -> kwargs.set(k, argument(v)));
    return written;
  }

  /** Keras calls these on a list, even of one tensor. */
  private static boolean isMergeOfOne(Node node) {
    return node.layer() instanceof MergeLayer
        && node.arguments().positional().get(0) instanceof Argument.Tensor;
  }

  private JsonNode argument(Argument argument) {
    if (argument instanceof Argument.Tensor t) {
      return tensor(t.tensor());
    } else if (argument instanceof Argument.Items list) {
      ArrayNode items = JSON.arrayNode();
      list.items().forEach(i -> items.add(argument(i)));
      return items;
    } else if (argument instanceof Argument.Constant constant) {
      return ArrayJson.writeTyped(constant.array());
    } else if (argument instanceof Argument.Slice slice) {
      return slice(slice);
    } else if (argument instanceof Argument.Ellipsis) {
      return JSON.objectNode().put("class_name", "__ellipsis__").set("config", JSON.objectNode());
    }
    return JSON.pojoNode(((Argument.Literal) argument).value());
  }

  private static ObjectNode slice(Argument.Slice slice) {
    ObjectNode written = JSON.objectNode().put("class_name", "__slice__");
    written
        .putObject("config")
        .put("start", slice.start())
        .put("stop", slice.stop())
        .put("step", slice.step());
    return written;
  }

  private ObjectNode tensor(SymbolicTensor tensor) {
    ObjectNode written = JSON.objectNode().put("class_name", "__keras_tensor__");
    ObjectNode config = written.putObject("config");
    config.set("shape", ObjectWriter.shape(tensor.shape()));
    config.put("dtype", tensor.spec().dtype().lowerName());
    config.set("keras_history", reference(tensor));
    return written;
  }

  private ArrayNode reference(SymbolicTensor tensor) {
    return reference(tensor, 0);
  }

  /** Returns layer, call and output; calls are numbered from {@code first}. */
  private ArrayNode reference(SymbolicTensor tensor, int first) {
    Layer layer = tensor.node().layer();
    int call = first + Objects.requireNonNull(calls.get(layer)).indexOf(tensor.node());
    return JSON.arrayNode().add(network.name(layer)).add(call).add(tensor.index());
  }

  /** A single tensor stands by itself: Keras gives a list back for a list. */
  private ArrayNode references(List<SymbolicTensor> tensors) {
    if (tensors.size() == 1) {
      return reference(tensors.get(0));
    }
    ArrayNode all = JSON.arrayNode();
    for (SymbolicTensor t : tensors) {
      Layer layer = t.node().layer();
      // here, and not in arguments, Keras counts the call by which a functional model was made
      boolean functional = layer instanceof Model && !(layer instanceof Sequential);
      all.add(reference(t, functional ? 1 : 0));
    }
    return all;
  }
}
