package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.activations.Activations;
import dev.ibex.core.Activation;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Initializer;
import dev.ibex.core.Key;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Records;
import dev.ibex.core.Regularizer;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/**
 * Makes objects of what Keras serialized, from the components of their records alone. Apart from
 * the codec on purpose: it tells whether names and types of the components are Keras's.
 */
final class GoldenObjects {
  private GoldenObjects() {}

  /** Returns an initializer, regularizer or constraint. */
  static <T> T object(Class<T> type, JsonNode serialized) {
    String module = serialized.get("module").asText().replace("keras.", "dev.ibex.");
    return type.cast(record(load(module + "." + className(serialized)), serialized.get("config")));
  }

  /** Returns a layer with another dtype policy. */
  static Layer layer(JsonNode serialized, DTypePolicy policy) {
    Class<?> type = load("dev.ibex.layers." + className(serialized));
    try {
      Class<?> config = load(type.getName() + "$Config");
      Constructor<?> constructor = type.getDeclaredConstructor(config);
      constructor.setAccessible(true);
      LayerConfig described = (LayerConfig) record(config, serialized.get("config"));
      return (Layer) constructor.newInstance(withPolicy(described, policy));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static LayerConfig withPolicy(LayerConfig config, DTypePolicy policy) {
    LayerOptions o = config.options();
    return (LayerConfig)
        Records.with((Record) config, "options", new LayerOptions(o.name(), o.trainable(), policy));
  }

  private static String className(JsonNode serialized) {
    return serialized.get("class_name").asText();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("missing class " + name, e);
    }
  }

  private static Object record(Class<?> type, JsonNode config) {
    RecordComponent[] components = type.getRecordComponents();
    List<Object> values = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (RecordComponent c : components) {
      types.add(c.getType());
      String key = key(c);
      used.add(key);
      values.add(
          c.getType() == LayerOptions.class
              ? options(config, used)
              : value(c.getGenericType(), config.path(key)));
    }
    config
        .fieldNames()
        .forEachRemaining(
            k -> {
              if (!used.contains(k) && !config.get(k).isNull()) {
                throw new AssertionError(type.getName() + " has no component for " + k);
              }
            });
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + values, e);
    }
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key != null
        ? key.value()
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static LayerOptions options(JsonNode config, Set<String> used) {
    used.addAll(List.of("name", "trainable", "dtype"));
    return new LayerOptions(
        config.get("name").asText(), config.get("trainable").asBoolean(), DTypePolicy.FLOAT32);
  }

  private static Object value(Type type, JsonNode json) {
    boolean absent = json.isNull() || json.isMissingNode();
    if (type instanceof ParameterizedType p && p.getRawType() == Optional.class) {
      return absent ? Optional.empty() : Optional.of(value(p.getActualTypeArguments()[0], json));
    } else if (type instanceof ParameterizedType) {
      List<Integer> list = new ArrayList<>();
      if (json.isInt()) {
        list.add(json.asInt());
      }
      json.forEach(e -> list.add(e.asInt()));
      return list;
    } else if (type == Shape.class) {
      List<Long> sizes = new ArrayList<>();
      json.forEach(e -> sizes.add(e.isNull() ? -1 : e.asLong()));
      return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    } else if (type == Regularizer.class) {
      return absent ? Regularizer.NONE : object(Regularizer.class, json);
    } else if (type == Constraint.class) {
      return absent ? Constraint.NONE : object(Constraint.class, json);
    } else if (type == Initializer.class) {
      return object(Initializer.class, json);
    } else if (type == Activation.class) {
      return Activations.of(json.asText());
    } else if (type == int.class) {
      return json.asInt();
    } else if (type == Long.class) {
      return json.asLong();
    } else if (type == double.class) {
      return absent ? 1.0 : json.asDouble();
    } else if (type == boolean.class) {
      return json.asBoolean();
    } else if (type instanceof Class<?> c && c.isEnum()) {
      for (Object constant : c.getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(json.asText())) {
          return constant;
        }
      }
    }
    throw new AssertionError(type + " from " + json);
  }
}
