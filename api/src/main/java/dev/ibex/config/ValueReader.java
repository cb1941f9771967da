package dev.ibex.config;

import dev.ibex.activations.Activations;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Reduction;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Schedule;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/** Reads a JSON value as the type of a record component. */
final class ValueReader {
  /** Names of the class of dtype policies in Keras 3, and in Keras 2. */
  private static final Set<String> POLICIES = Set.of("DTypePolicy", "Policy", "PolicyV1");

  private ValueReader() {}

  /**
   * Returns the value of a component.
   *
   * @param before what a file that says nothing would get
   */
  static Object read(RecordComponent component, Object before, Place place) {
    if (Keys.isSettings(component.getType())) {
      return place.none() ? before : RecordReader.settings((Record) before, place);
    }
    if (place.node().isNull()) {
      if (component.getType() == Reduction.class) {
        return Reduction.NONE;
      }
      if (before instanceof Enum<?> || component.getName().equals("dtype")) {
        return before; // Python's None asks for the default here
      }
      if (component.getName().equals("name")) {
        return "";
      }
    }
    return read(component.getGenericType(), place);
  }

  static Object read(Type type, Place place) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      // Python's False stands for no number as well as None
      boolean off = place.node().isBoolean() && !place.bool() && argument(type) != Boolean.class;
      return place.none() || off ? Optional.empty() : Optional.of(read(argument(type), place));
    } else if (raw == List.class) {
      return list(argument(type), place);
    } else if (Family.of(raw).isPresent()) {
      return polymorphic(Family.of(raw).get(), place);
    } else if (raw == Shape.class) {
      return shape(place);
    } else if (raw == Array.class) {
      return ArrayJson.read(place);
    } else if (raw == DType.class) {
      return dtype(place);
    } else if (raw == DTypePolicy.class) {
      return policy(place);
    } else if (raw.isEnum()) {
      return constant(raw, place);
    }
    return scalar(raw, place);
  }

  private static Object scalar(Class<?> raw, Place place) {
    if (place.node().isObject() && place.has("class_name")) {
      String name = place.need("class_name").string();
      if (name.equals("__numpy__")) {
        return scalar(raw, place.need("config").need("value")); // as Keras 2.12 wrote numbers
      }
      throw new UnsupportedConfigException(
          place.pointer(), Kind.CLASS, name, "an object of class " + name + " cannot be used here");
    }
    Place p = place;
    if (place.node().isArray() && place.node().size() == 1 && raw != String.class) {
      p = place.items().get(0); // Keras 2 wrote [3] for the axis of BatchNormalization
    }
    if (raw == int.class || raw == Integer.class) {
      return p.integer();
    } else if (raw == long.class || raw == Long.class) {
      return p.integer(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (raw == double.class || raw == Double.class) {
      return p.number();
    } else if (raw == boolean.class || raw == Boolean.class) {
      return p.bool();
    } else if (raw == String.class) {
      return p.string();
    }
    throw new IllegalStateException("no JSON form for a component of type " + raw.getName());
  }

  private static List<Object> list(Type element, Place place) {
    if (place.node().isObject() && "__tensor__".equals(place.string("class_name").orElse(""))) {
      return list(element, place.need("config").need("value"));
    }
    List<Object> all = new ArrayList<>();
    if (place.node().isArray()) {
      // None in a list of sizes leaves the size open, as -1 does
      place
          .items()
          .forEach(i -> all.add(element == Integer.class && i.none() ? -1 : read(element, i)));
    } else if (!place.none()) {
      all.add(read(element, place)); // a tuple of one is often written as its element
    }
    return List.copyOf(all);
  }

  static Shape shape(Place place) {
    return Shape.of(
        place.items().stream()
            .mapToLong(i -> i.none() ? -1 : i.integer(0, Long.MAX_VALUE))
            .toArray());
  }

  static DType dtype(Place place) {
    try {
      return DType.of(place.node().isObject() ? policyName(place) : place.string());
    } catch (UnsupportedConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw place.fail(String.valueOf(e.getMessage()));
    }
  }

  private static DTypePolicy policy(Place place) {
    String name = place.node().isObject() ? policyName(place) : place.string();
    try {
      return DTypePolicy.of(name);
    } catch (IllegalArgumentException e) {
      throw place.fail(String.valueOf(e.getMessage()));
    }
  }

  private static String policyName(Place place) {
    String name = place.need("class_name").string();
    if (!POLICIES.contains(name)) {
      throw new UnsupportedConfigException(
          place.pointer(), Kind.CLASS, name, "dtype policies of this class are not supported");
    }
    return place.need("config").need("name").string();
  }

  private static Object constant(Class<?> type, Place place) {
    String text = place.string();
    Object[] constants = type.getEnumConstants();
    for (Object c : constants) {
      if (Keys.names(text, (Enum<?>) c)) {
        return c;
      }
    }
    throw new UnsupportedConfigException(
        place.pointer(),
        Kind.OPTION,
        text,
        "expected one of "
            + Stream.of(constants)
                .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + ", got "
            + place.shortText());
  }

  private static Object polymorphic(Family family, Place place) {
    if (place.none()) {
      if (family == Family.REGULARIZER) {
        return Regularizer.NONE;
      } else if (family == Family.CONSTRAINT) {
        return Constraint.NONE;
      } else if (family == Family.ACTIVATION) {
        return Activations.LINEAR;
      }
    }
    if (family == Family.SCHEDULE && place.node().isNumber()) {
      try {
        return new Schedule.Constant(place.number());
      } catch (IllegalArgumentException e) {
        throw place.fail(String.valueOf(e.getMessage()).replace("learningRate: ", ""));
      }
    }
    return ObjectReader.read(family, place);
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
