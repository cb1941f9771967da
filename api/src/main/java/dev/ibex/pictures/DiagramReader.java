package dev.ibex.pictures;

import dev.ibex.core.Activation;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Network;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Node;
import dev.ibex.core.Records;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.TensorSpec;
import dev.ibex.pictures.DiagramGraph.Arrow;
import dev.ibex.pictures.DiagramGraph.Box;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes boxes and arrows of models. */
final class DiagramReader {
  private final DiagramOptions options;
  private final List<Arrow> arrows = new ArrayList<>();
  private int boxes;

  private DiagramReader(DiagramOptions options) {
    this.options = options;
  }

  static DiagramGraph read(NetworkLayer model, DiagramOptions options) {
    DiagramReader reader = new DiagramReader(options);
    Part all = reader.part(model.network());
    return new DiagramGraph(all.boxes, List.copyOf(reader.arrows), all.inputs, all.outputs);
  }

  /**
   * The boxes of a network.
   *
   * @param inputs the box of each of its inputs
   * @param outputs the box that makes each of its outputs
   */
  private record Part(List<Box> boxes, List<Integer> inputs, List<Integer> outputs) {}

  private Part part(Network network) {
    List<Box> all = new ArrayList<>();
    Map<Layer, Integer> numbers = new HashMap<>();
    Map<Layer, Part> parts = new HashMap<>();
    for (Layer layer : network.layers()) {
      int number = boxes++;
      numbers.put(layer, number);
      if (options.expanded() && layer instanceof NetworkLayer nested) {
        parts.put(layer, part(nested.network()));
      }
      Part inside = parts.get(layer);
      all.add(
          new Box(
              number,
              network.name(layer),
              type(layer),
              details(layer, network.nodes().stream().filter(n -> n.layer() == layer).toList()),
              inside == null ? List.of() : inside.boxes));
    }
    Map<SymbolicTensor, Integer> makers = new HashMap<>();
    for (Node node : network.nodes()) {
      int number = Objects.requireNonNull(numbers.get(node.layer()));
      Part inside = parts.get(node.layer());
      List<SymbolicTensor> inputs = node.arguments().inputs();
      for (int i = 0; i < inputs.size(); i++) {
        int to = inside == null ? number : inside.inputs.get(i);
        arrows.add(new Arrow(maker(makers, inputs.get(i)), to, ""));
      }
      node.arguments()
          .named()
          .forEach(
              (name, argument) ->
                  argument
                      .tensors()
                      .forEach(t -> arrows.add(new Arrow(maker(makers, t), number, name))));
      for (SymbolicTensor output : node.outputs()) {
        makers.put(output, inside == null ? number : inside.outputs.get(output.index()));
      }
    }
    return new Part(
        all,
        network.inputs().stream().map(t -> maker(makers, t)).toList(),
        network.outputs().stream().map(t -> maker(makers, t)).toList());
  }

  private static int maker(Map<SymbolicTensor, Integer> makers, SymbolicTensor tensor) {
    return Objects.requireNonNull(makers.get(tensor));
  }

  /** Returns the class, and for a wrapper that of the layer inside. */
  private static String type(Layer layer) {
    boolean wrapper = !(layer instanceof NetworkLayer) && layer.children().size() == 1;
    return wrapper
        ? layer.className() + "(" + type(layer.children().get(0)) + ")"
        : layer.className();
  }

  private List<String> details(Layer layer, List<Node> calls) {
    List<String> details =
        new ArrayList<>(
            calls.stream()
                .flatMap(call -> call.outputs().stream())
                .map(SymbolicTensor::spec)
                .map(s -> options.dtypes() ? s.toString() : TensorSpec.text(s.shape()))
                .distinct()
                .toList());
    if (options.activations()) {
      activations(layer.config()).forEach(details::add);
    }
    if (calls.size() > 1) {
      details.add("used " + calls.size() + " times");
    }
    return List.copyOf(details);
  }

  private static Stream<String> activations(LayerConfig config) {
    RecordComponent[] components = config.getClass().getRecordComponents();
    return Stream.of(components)
        .filter(c -> c.getType() == Activation.class)
        .map(c -> (Activation) Records.get((Record) config, c))
        .map(a -> a.getClass().isHidden() ? "a lambda" : a.toString());
  }
}
