package dev.ibex.savedmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tensorflow.ndarray.Shape;

/** SavedModels of Python as layers: see tests/src/test/python/savedmodels/write_layers.py. */
final class LayerFixtures {
  /** Where Python had them when it wrote its file, seen from the working directory. */
  private static final Path PLACE = unpacked(Path.of("target", "test-layers"));

  private LayerFixtures() {}

  /** What Python's layer is and computes. */
  record Case(
      String name,
      String endpoint,
      Optional<String> training,
      List<Array> inputs,
      List<Array> outputs,
      List<Weight> weights,
      Array targets,
      List<Fit> fits) {
    SavedModelLayer layer() {
      SavedModelLayer layer = SavedModelLayer.of(folder(name)).endpoint(endpoint);
      return training.map(layer::trainingEndpoint).orElse(layer);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A weight of Python's layer. */
  record Weight(Shape shape, boolean trainable) {}

  /** How a model of the layer and a Dense learned. */
  record Fit(
      String optimizer,
      boolean frozen,
      List<Double> losses,
      Array prediction,
      List<Array> weights) {}

  static Path folder(String name) {
    return PLACE.resolve(name);
  }

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(LayerFixtures.class.getResource("/layers/" + name)).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path unpacked(Path to) {
    try (InputStream in = Files.newInputStream(file("layers.zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path target = to.resolve(e.getName());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Case of(String name) {
    JsonNode c = json(name);
    return new Case(
        name,
        c.get("endpoint").asText(),
        Optional.of(c.get("training")).filter(JsonNode::isTextual).map(JsonNode::asText),
        arrays(c.get("inputs")),
        arrays(c.get("outputs")),
        elements(c.get("weights")).stream()
            .map(w -> new Weight(shape(w), w.get("trainable").asBoolean()))
            .toList(),
        array(c.get("targets")),
        elements(c.get("fits")).stream().map(LayerFixtures::fit).toList());
  }

  private static Fit fit(JsonNode f) {
    return new Fit(
        f.get("optimizer").asText(),
        f.get("frozen").asBoolean(),
        elements(f.get("losses")).stream().map(JsonNode::asDouble).toList(),
        array(f.get("prediction")),
        arrays(f.get("weights")));
  }

  static JsonNode json(String name) {
    try {
      return new JsonMapper().readTree(file(name + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Array> arrays(JsonNode list) {
    return elements(list).stream().map(LayerFixtures::array).toList();
  }

  static Array array(JsonNode a) {
    return Array.generate(
        DType.of(a.get("dtype").asText()), shape(a), i -> a.get("data").get(i).asDouble());
  }

  private static Shape shape(JsonNode a) {
    return Shape.of(elements(a.get("shape")).stream().mapToLong(JsonNode::asLong).toArray());
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
