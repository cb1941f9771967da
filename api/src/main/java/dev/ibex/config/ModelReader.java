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
    for (Place p : layers(config).items()) {
      layers.add((Layer) ObjectReader.read(Family.LAYER, p));
    }
    if (layers.isEmpty() || !(layers.get(0) instanceof Input)) {
      layers.add(0, Input.of(inputShape(config, layers).tail().asArray()));
    }
    try {
      Sequential model = Sequential.of(config.string("name").orElse(""), layers);
      if (isFrozen(config)) {
        model.freeze();
      }
      return model;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw config.at("layers").fail(String.valueOf(e.getMessage()));
    }
  }

  /** Returns whether a model's description says that it is frozen. */
  static boolean isFrozen(Place config) {
    Place trainable = config.at("trainable");
    return trainable.node().isBoolean() && !trainable.bool();
  }

  /** Returns the list of layers, which is the whole config in Keras below 2.2.3. */
  private static Place layers(Place config) {
    return config.node().isArray() ? config : config.need("layers");
  }

  /** Returns the shape for a model without an input layer: in Keras 2, its first layer has it. */
  private static Shape inputShape(Place config, List<Layer> layers) {
    Place shape = config.at("build_input_shape");
    if (shape.none() && !layers.isEmpty()) {
      if (layers.get(0) instanceof Model first && first.network().inputs().size() == 1) {
        return first.input().shape();
      }
      shape = layers(config).items().get(0).need("config").at("batch_input_shape");
    }
    if (shape.none()) {
      throw config.fail("the model has no input shape; build it in Python before it is saved");
    }
    return ValueReader.shape(shape);
  }

  /** Returns whether a Sequential of Keras 2 knew its shape before it was called. */
  static boolean startsWithInput(Place config) {
    List<Place> all = layers(config).items();
    return !all.isEmpty()
        && (all.get(0).need("class_name").string().equals("InputLayer")
            || all.get(0).need("config").has("batch_input_shape"));
  }
}
