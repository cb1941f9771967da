package dev.ibex.config;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Reads models: sequential ones here, functional ones in {@link FunctionalReader}. */
final class ModelReader {
  private ModelReader() {}

  /** Returns the model of {@code {class_name, config}}. */
  static Model read(Place place) {
    String className = place.need("class_name").string();
    Place config = place.need("config");
    return className.equals("Sequential") ? sequential(config) : FunctionalReader.read(config);
  }

  private static Sequential sequential(Place config) {
    List<Layer> layers = new ArrayList<>();
    for (Place p : config.need("layers").items()) {
      layers.add((Layer) ObjectReader.read(Family.LAYER, p));
    }
    if (layers.isEmpty() || !(layers.get(0) instanceof Input)) {
      Place shape = config.at("build_input_shape");
      if (shape.none()) {
        throw config.fail("the model has no input shape; build it in Python before it is saved");
      }
      Shape known = ValueReader.shape(shape);
      layers.add(0, Input.of(known.tail().asArray()));
    }
    try {
      return Sequential.of(config.string("name").orElse(""), layers);
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw config.at("layers").fail(String.valueOf(e.getMessage()));
    }
  }
}
