package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Model;
import dev.ibex.activations.NamedActivation;
import dev.ibex.config.Registry.Row;
import dev.ibex.core.ByName;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Extra;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.NotWritten;
import dev.ibex.core.Records;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Schedule;
import dev.ibex.core.Single;
import dev.ibex.core.Terse;
import dev.ibex.core.Unwritable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** Writes objects as Keras serializes them. */
final class ObjectWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ObjectWriter() {}

  /**
   * Returns an object as {@code {module, class_name, config, registered_name}}, or as a name or
   * null where Keras writes these.
   *
   * @param pointer where it will stand
   * @throws ConfigException if it is a lambda, or its class is not registered
   */
  static JsonNode object(Object object, String pointer) {
    if (object == Regularizer.NONE || object == Constraint.NONE) {
      return JSON.nullNode();
    }
    if (object instanceof Schedule.Constant constant) {
      return JSON.numberNode(constant.rate());
    }
    if (object instanceof Model model) {
      return ModelWriter.model(model, pointer);
    }
    if (object instanceof NamedActivation activation) {
      if (!activation.settings().isEmpty()) {
        throw new ConfigException(
            pointer,
            "Keras's files name activations without arguments, so "
                + activation
                + " cannot be written; use the layer of that name instead");
      }
      return JSON.textNode(activation.name());
    }
    if (object instanceof ByName named) {
      return byName(named, pointer);
    }
    if (object instanceof Layer layer && layer instanceof Unwritable unwritable) {
      throw new ConfigException(pointer, layer.label() + " " + unwritable.whyUnwritable());
    }
    Row row = Registry.INSTANCE.of(object).orElseThrow(() -> unregistered(object, pointer));
    ObjectNode written = head(row);
    Record config = (Record) (object instanceof Layer layer ? layer.config() : object);
    ObjectNode keys = record(config, row.config(), pointer + "/config");
    if (object instanceof Layer layer) {
      if (!layer.name().isEmpty()) {
        keys.put("name", layer.name());
      }
      if (keys.has("trainable")) {
        keys.put("trainable", layer.trainable());
      }
    }
    written.set("config", keys);
    if (row.registeredName().isPresent()) {
      // what Keras did not register goes by its class alone
      boolean ofNetwork = Family.isKeras(row.module());
      written.put("registered_name", ofNetwork ? row.className() : row.registeredName().get());
    } else {
      written.putNull("registered_name");
    }
    return written;
  }

  /** Returns the name alone, if reading it gives the same object. */
  private static JsonNode byName(ByName object, String pointer) {
    JsonNode written = JSON.textNode(object.name());
    Family family = Family.of(object.getClass()).orElseThrow();
    if (!readable(family, new Place(written, pointer), object)) {
      throw new ConfigException(
          pointer,
          "Keras's files hold this "
              + family.word()
              + " by its name alone, so one that is called \""
              + object.name()
              + "\" cannot be written");
    }
    return written;
  }

  private static boolean readable(Family family, Place written, Object object) {
    try {
      return ObjectReader.read(family, written).equals(object);
    } catch (ConfigException e) {
      return false;
    }
  }

  private static ObjectNode head(Row row) {
    return JSON.objectNode().put("module", row.module()).put("class_name", row.className());
  }

  private static ConfigException unregistered(Object object, String pointer) {
    Class<?> type = object.getClass();
    String family = Family.of(type).map(Family::word).orElse("object");
    boolean lambda = type.isHidden() || type.isSynthetic() || type.isAnonymousClass();
    if (object instanceof Layer layer && !layer.configured()) {
      return new ConfigException(
          pointer,
          layer.label()
              + " has no config record, so the model cannot be written whole; give it one, or save"
              + " the weights alone by saveWeights");
    }
    return new ConfigException(
        pointer,
        lambda
            ? "a lambda cannot be written; make the "
                + family
                + " a public record and register it: ConfigCodec.get().register(\"my_package>MyName\","
                + " new MyName())"
            : "the "
                + family
                + " "
                + type.getName()
                + " is not registered; write ConfigCodec.get().register(\"my_package>"
                + type.getSimpleName()
                + "\", …)");
  }

  private static ObjectNode record(Record record, Record defaults, String pointer) {
    ObjectNode written = JSON.objectNode();
    for (RecordComponent c : record.getClass().getRecordComponents()) {
      Object value = Records.get(record, c);
      if (Keys.flattened(c)) {
        written.setAll(record((Record) value, (Record) Records.get(defaults, c), pointer));
        if (c.isAnnotationPresent(Terse.class)) {
          written.remove("trainable");
          written.put("dtype", ((LayerOptions) value).dtype().kerasName());
        }
      } else if (c.getName().equals("name") && value.equals("")) {
        written.putNull("name");
      } else if (c.isAnnotationPresent(NotWritten.class)) {
        checkDefault(c, value, defaults, pointer);
      } else if (!leftOut(c, value, defaults)) {
        Object held = c.isAnnotationPresent(Single.class) ? single((List<?>) value) : value;
        written.set(Keys.of(c), value(held, pointer + "/" + Keys.of(c)));
      }
    }
    return written;
  }

  private static void checkDefault(
      RecordComponent c, Object value, Record defaults, String pointer) {
    if (!value.equals(Records.get(defaults, c))) {
      throw new ConfigException(
          pointer,
          "Keras's files have no place for "
              + c.getAnnotation(NotWritten.class).value()
              + ", which would be lost");
    }
  }

  /** Returns the element in place of a list of one, and nothing in place of none. */
  private static Object single(List<?> list) {
    return list.size() > 1 ? list : list.stream().findFirst();
  }

  /** Returns whether Keras would not write the component either. */
  private static boolean leftOut(RecordComponent c, Object value, Record defaults) {
    return c.isAnnotationPresent(Extra.class) && value.equals(Records.get(defaults, c));
  }

  private static JsonNode value(Object value, String pointer) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? value(optional.get(), pointer) : JSON.nullNode();
    } else if (value instanceof List<?> list) {
      ArrayNode items = JSON.arrayNode();
      for (Object item : list) {
        items.add(value(item, pointer + "/" + items.size()));
      }
      return items;
    } else if (value instanceof Array array) {
      return ArrayJson.write(array);
    } else if (value instanceof Shape shape) {
      return shape(shape);
    } else if (value instanceof DTypePolicy policy) {
      return policy(policy);
    } else if (value instanceof DType dtype) {
      return JSON.textNode(dtype.lowerName());
    } else if (value instanceof Enum<?> constant) {
      return JSON.textNode(Keys.of(constant));
    } else if (Keys.isSettings(value.getClass())) {
      return settings((Record) value, pointer);
    }
    return scalar(value).orElseGet(() -> object(value, pointer));
  }

  /** Returns the settings that are given, or null for none. */
  private static JsonNode settings(Record settings, String pointer) {
    ObjectNode written = JSON.objectNode();
    for (RecordComponent c : settings.getClass().getRecordComponents()) {
      ((Optional<?>) Records.get(settings, c))
          .ifPresent(v -> written.set(Keys.of(c), value(v, pointer + "/" + Keys.of(c))));
    }
    return written.isEmpty() ? JSON.nullNode() : written;
  }

  private static Optional<JsonNode> scalar(Object value) {
    if (value instanceof Boolean b) {
      return Optional.of(JSON.booleanNode(b));
    } else if (value instanceof Integer i) {
      return Optional.of(JSON.numberNode(i));
    } else if (value instanceof Long l) {
      return Optional.of(JSON.numberNode(l));
    } else if (value instanceof Double d) {
      return Optional.of(JSON.numberNode(d));
    } else if (value instanceof String s) {
      return Optional.of(JSON.textNode(s));
    }
    return Optional.empty();
  }

  /** Returns a shape as a list with null for unknown axes. */
  static ArrayNode shape(Shape shape) {
    ArrayNode dims = JSON.arrayNode();
    for (long d : shape.asArray()) {
      if (d < 0) {
        dims.addNull();
      } else {
        dims.add(d);
      }
    }
    return dims;
  }

  /** Returns a policy as the object Keras writes. */
  static ObjectNode policy(DTypePolicy policy) {
    ObjectNode written = JSON.objectNode().put("module", "keras").put("class_name", "DTypePolicy");
    written.putObject("config").put("name", policy.kerasName());
    return written.putNull("registered_name");
  }
}
