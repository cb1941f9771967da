package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Models;
import dev.ibex.savedmodel.SavedModels;
import dev.ibex.savedmodel.bundle.KerasFiles;
import dev.ibex.savedmodel.files.Closing;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.Magic;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import dev.ibex.savedmodel.hdf5.Hdf5Group;
import dev.ibex.savedmodel.keras.OpenWeights;
import dev.ibex.savedmodel.outline.SavedModelOutline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens a file of any kind that the tool knows. */
final class ModelFileReader {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";

  private final Path path;
  private final Deque<Closing> open = new ArrayDeque<>();

  ModelFileReader(Path path) {
    this.path = path;
  }

  /** Returns the file; what was opened is closed if it cannot be read. */
  ModelFile open() {
    try {
      return read();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void close() {
    Closing.all(List.copyOf(open));
  }

  private ModelFile read() {
    if (Magic.isHdf5(path)) {
      return hdf5(Hdf5File.open(path));
    } else if (Files.isDirectory(path) || Magic.isZip(path)) {
      Container container = Container.open(path);
      open.push(container::close);
      if (container.names().contains(CONFIG)) {
        return archive(container);
      } else if (SavedModels.isSavedModel(path)) {
        return savedModel();
      }
    } else if (OpenWeights.isSharded(path)) {
      return sharded();
    } else if (isJson()) {
      return json();
    }
    return other();
  }

  private ModelFile file(
      String format,
      String description,
      Map<String, String> about,
      Optional<ObjectNode> config,
      Optional<ObjectNode> compilation,
      Weights weights) {
    return new ModelFile(
        path,
        format,
        description,
        about,
        config,
        compilation,
        weights,
        Optional.empty(),
        this::close);
  }

  /** Returns the arrays of a Keras 3 file. */
  private Weights arrays(OpenWeights weights) {
    open.push(weights::close);
    return Weights.of(weights.stored());
  }

  // ---- .keras -----------------------------------------------------------------------------

  private ModelFile archive(Container container) {
    ObjectNode config = json(container, CONFIG);
    return file(
        "keras",
        "Keras 3 archive" + (Files.isDirectory(path) ? ", as a directory" : ""),
        about(container),
        Optional.of(config),
        Json.object(config, "compile_config"),
        OpenWeights.of(container).map(this::arrays).orElse(Weights.NONE));
  }

  private static ObjectNode json(Container container, String part) {
    return Json.parse(
        container.path(), part, new String(container.bytes(part), StandardCharsets.UTF_8));
  }

  private static Map<String, String> about(Container container) {
    return container.names().contains(METADATA) ? texts(json(container, METADATA)) : Map.of();
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEachEntry((key, value) -> texts.put(key, value.asText()));
    return texts;
  }

  // ---- SavedModel ---------------------------------------------------------------------------

  private ModelFile savedModel() {
    SavedModelOutline outline = SavedModelOutline.read(path);
    Map<String, String> about = new LinkedHashMap<>();
    Optional<ObjectNode> config = Optional.empty();
    if (KerasFiles.areIn(path)) {
      Container described = Container.open(KerasFiles.folder(path));
      open.push(described::close);
      about.putAll(about(described));
      config = Optional.of(json(described, CONFIG));
    }
    return new ModelFile(
        path,
        "savedmodel",
        "SavedModel directory of TensorFlow"
            + (config.isPresent() ? ", with the description of a model" : ""),
        about,
        config,
        config.flatMap(c -> Json.object(c, "compile_config")),
        Weights.of(outline, path),
        Optional.of(outline),
        this::close);
  }

  // ---- HDF5 -------------------------------------------------------------------------------

  private ModelFile hdf5(Hdf5File hdf) {
    open.push(hdf::close);
    Hdf5Group root = hdf.root();
    Map<String, String> about = new LinkedHashMap<>();
    for (String key : new String[] {"keras_version", "backend", "writer"}) {
      root.text(key).ifPresent(text -> about.put(key, text));
    }
    Optional<ObjectNode> config = attribute(root, "model_config");
    if (config.isPresent()) {
      return file(
          "h5",
          "HDF5 file of a whole model, as Keras 2 has them",
          about,
          config,
          attribute(root, "training_config"),
          Weights.of(root));
    }
    boolean former = root.texts("layer_names").isPresent();
    return file(
        "weights.h5",
        "HDF5 file of weights alone, as " + (former ? "Keras 2" : "Keras 3") + " has them",
        about,
        config,
        Optional.empty(),
        former ? Weights.of(root) : Weights.of(OpenWeights.hdf5(hdf, path, "").stored()));
  }

  private Optional<ObjectNode> attribute(Hdf5Group root, String name) {
    return root.text(name).map(text -> Json.parse(path, "@" + name, text));
  }

  // ---- JSON -------------------------------------------------------------------------------

  private boolean isJson() {
    return Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".json");
  }

  private ModelFile json() {
    ObjectNode json = Json.parse(path, "", Json.read(path));
    return file(
        "json",
        "description of a model in JSON, without weights",
        Map.of(),
        Optional.of(json),
        Json.object(json, "compile_config"),
        Weights.NONE);
  }

  private ModelFile sharded() {
    return file(
        "weights.json",
        "weights alone in several HDF5 files, as Keras 3 has them",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        arrays(OpenWeights.sharded(path)));
  }

  // ---- the rest ---------------------------------------------------------------------------

  /** Returns what a format reads that has no parts of its own here; else says what the file is. */
  private ModelFile other() {
    Models.load(path).close();
    return file("other", "model file", Map.of(), Optional.empty(), Optional.empty(), Weights.NONE);
  }
}
