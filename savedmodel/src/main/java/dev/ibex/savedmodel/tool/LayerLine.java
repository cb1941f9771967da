package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Model;
import java.util.ArrayList;
import java.util.List;

/** A layer of a model as a list shows it. */
record LayerLine(String name, String className, boolean trainable) {
  static List<LayerLine> of(Model model) {
    return model.layers().stream()
        .map(l -> new LayerLine(model.network().name(l), l.className(), l.trainable()))
        .toList();
  }

  /** Returns the layers of Keras's JSON, whatever their classes are. */
  static List<LayerLine> described(ObjectNode json) {
    JsonNode config = json.path("config");
    List<LayerLine> layers = new ArrayList<>();
    // the first Kerases kept the layers of a Sequential without anything around them
    for (JsonNode layer : config.isArray() ? config : config.path("layers")) {
      String inside = layer.path("config").path("name").asText("");
      layers.add(
          new LayerLine(
              layer.path("name").asText(inside),
              layer.path("class_name").asText(),
              layer.path("config").path("trainable").asBoolean(true)));
    }
    return layers;
  }
}
