package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Prediction;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.LoadedModel;
import dev.ibex.savedmodel.SavedModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases that call a signature of a SavedModel. */
final class SavedModelCases {
  private SavedModelCases() {}

  static void predict(Case c) {
    JsonNode info = c.info();
    try (LoadedModel model = SavedModels.load(c.path(info.path("file").asText()))) {
      List<String> names = texts(info.get("signature_inputs"));
      List<Array> arrays = c.loads(info.get("inputs"));
      Map<String, Array> inputs = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        inputs.put(names.get(i), arrays.get(i));
      }
      Prediction computed = model.function(info.path("signature").asText()).call(inputs);
      c.compareAll(
          "output",
          texts(info.get("signature_outputs")).stream().map(computed::get).toList(),
          info.get("outputs"));
    }
  }

  private static List<String> texts(JsonNode list) {
    return Case.elements(list).stream().map(JsonNode::asText).toList();
  }
}
