package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is compiled, in Keras's JSON.
 *
 * @param optimizer class and settings
 * @param rest losses, metrics and what else there is
 */
record Compilation(ObjectNode optimizer, ObjectNode rest) {
  /** What Keras calls the optimizer, from 3 on and before. */
  private static final String[] OPTIMIZERS = {"optimizer", "optimizer_config"};

  /** Returns how a file was compiled: as the model says if it could be compiled, else the file. */
  static Optional<Compilation> of(ModelFile file, Loading loading) {
    return loading
        .model()
        .filter(Model::isCompiled)
        .flatMap(model -> written(file.path(), model))
        .or(file::compilation)
        .map(Compilation::of);
  }

  private static Optional<ObjectNode> written(Path path, Model model) {
    String json = ModelCodec.get().toCompiledJson(model);
    return Json.object(Json.parse(path, "", json), "compile_config");
  }

  private static Compilation of(ObjectNode all) {
    ObjectNode rest = all.deepCopy();
    ObjectNode optimizer = JsonNodeFactory.instance.objectNode();
    for (String key : OPTIMIZERS) {
      if (rest.remove(key) instanceof ObjectNode found) {
        optimizer = found;
      }
    }
    return new Compilation(optimizer, rest);
  }

  String optimizerClass() {
    return optimizer.path("class_name").asText();
  }

  JsonNode settings() {
    return optimizer.path("config");
  }
}
