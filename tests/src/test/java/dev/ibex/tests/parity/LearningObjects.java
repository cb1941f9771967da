package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Extra;
import dev.ibex.core.Key;
import dev.ibex.core.Records;
import dev.ibex.core.Reduction;
import dev.ibex.graph.DType;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Makes losses, metrics and optimizers of what Keras serialized, from the components of their
 * records alone.
 */
final class LearningObjects {
  private LearningObjects() {}

  /** Returns whether Ibex has the class. */
  static boolean exists(JsonNode serialized) {
    try {
      Class.forName(className(serialized));
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String className(JsonNode serialized) {
    return serialized.get("module").asText().replace("keras.", "dev.ibex.")
        + "."
        + serialized.get("class_name").asText();
  }

  /** Returns the object with Keras's defaults. */
  static Record defaults(JsonNode serialized) {
    Class<?> type = load(className(serialized));
    for (Object[] arguments : new Object[][] {{}, {0.5}, {3}, {3, new int[] {1}}}) {
      for (Method m : type.getDeclaredMethods()) {
        if (m.getName().equals("of") && fits(m.getParameterTypes(), arguments)) {
          return invoke(m, arguments);
        }
      }
    }
    throw new AssertionError(type + " has no method of()");
  }

  private static boolean fits(Class<?>[] types, Object[] arguments) {
    boolean fits = types.length == arguments.length;
    for (int i = 0; fits && i < types.length; i++) {
      fits = MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i]);
    }
    return fits;
  }

  private static Record invoke(Method factory, Object[] arguments) {
    try {
      return (Record) factory.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(factory.toString(), e);
    }
  }

  /** Returns the object. */
  static Record object(JsonNode serialized) {
    return overlaid(defaults(serialized), serialized.get("config"));
  }

  /** Returns the object of a case: what it was serialized as, and the arguments that this lacks. */
  static Record of(JsonNode entry) {
    return overlaid(object(entry.get("object")), entry.path("arguments"));
  }

  private static Record overlaid(Record record, JsonNode config) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent c : record.getClass().getRecordComponents()) {
      Object old = Records.get(record, c);
      JsonNode value = config.path(key(c));
      if (c.getName().equals("options")) {
        values.add(overlaid((Record) old, config));
      } else {
        values.add(value.isMissingNode() ? old : value(c.getGenericType(), value, old));
      }
    }
    return Records.create(record, values.toArray());
  }

  /** Returns the JSON keys of a record; without those that Keras leaves out. */
  static Set<String> keys(Record record) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent c : record.getClass().getRecordComponents()) {
      if (c.getName().equals("options")) {
        keys.addAll(keys((Record) Records.get(record, c)));
      } else if (!c.isAnnotationPresent(Extra.class)) {
        keys.add(key(c));
      }
    }
    return keys;
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key != null
        ? key.value()
        : component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static Object value(Type type, JsonNode node, Object old) {
    if (type instanceof ParameterizedType p) {
      Type element = p.getActualTypeArguments()[0];
      if (p.getRawType() == Optional.class) {
        return node.isNull() ? Optional.empty() : Optional.of(value(element, node, old));
      }
      if (node.isNull()) {
        return List.of();
      }
      return node.isArray()
          ? StreamSupport.stream(node.spliterator(), false)
              .map(n -> value(element, n, old))
              .toList()
          : List.of(value(element, node, old));
    }
    if (type == double.class || type == Double.class) {
      return node.asDouble();
    } else if (type == int.class || type == Integer.class) {
      return node.asInt();
    } else if (type == boolean.class) {
      return node.asBoolean();
    } else if (type == String.class) {
      return node.asText();
    } else if (type == DType.class) {
      return DType.of(node.asText());
    } else if (type == Reduction.class && node.isNull()) {
      return Reduction.NONE;
    }
    for (Object constant : Objects.requireNonNull(((Class<?>) type).getEnumConstants())) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(node.isNull() ? "none" : node.asText())) {
        return constant;
      }
    }
    throw new AssertionError(type + " of " + node);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("missing class " + name, e);
    }
  }
}
