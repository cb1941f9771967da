package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.tensorflow.ndarray.Shape;

/** Settings that are a number or a list of numbers, nested as deep as the rank. */
final class ArrayJson {
  /** How Keras wraps NumPy's arrays and tensors. */
  static final Set<String> WRAPPED = Set.of("__numpy__", "__tensor__");

  private ArrayJson() {}

  /** Reads an array of doubles. */
  static Array read(Place place) {
    if (place.node().isObject() && WRAPPED.contains(place.need("class_name").string())) {
      return read(place.need("config").need("value"));
    }
    List<Double> values = new ArrayList<>();
    Shape shape = collect(place, p -> values.add(p.number()));
    return Array.of(shape, values.stream().mapToDouble(d -> d).toArray());
  }

  /** Reads an array that Keras wrapped, in the type that it says. */
  static Array readTyped(Place place) {
    Place dtype = place.need("config").need("dtype");
    if (dtype.string().equals("bool")) {
      return truths(place.need("config").need("value"));
    }
    try {
      DType type = DType.of(dtype.string());
      Array values = type == DType.INT64 ? longs(place.need("config").need("value")) : read(place);
      return values.cast(type);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw dtype.fail(String.valueOf(e.getMessage()));
    }
  }

  /** Whole numbers beyond 2^53 are altered as doubles. */
  private static Array longs(Place place) {
    List<Long> values = new ArrayList<>();
    Shape shape = collect(place, p -> values.add(p.integer(Long.MIN_VALUE, Long.MAX_VALUE)));
    return Array.of(shape, values.stream().mapToLong(l -> l).toArray());
  }

  private static Array truths(Place place) {
    List<Boolean> values = new ArrayList<>();
    Shape shape = collect(place, p -> values.add(p.bool()));
    return Array.generate(DType.BOOL, shape, i -> values.get(i) ? 1 : 0);
  }

  /** Returns an array as Keras wraps NumPy's. */
  static ObjectNode writeTyped(Array array) {
    ObjectNode written = JsonNodeFactory.instance.objectNode().put("class_name", "__numpy__");
    ObjectNode config = written.putObject("config");
    config.set("value", write(array));
    config.put("dtype", array.dtype().lowerName());
    return written;
  }

  private static Shape collect(Place place, Consumer<Place> values) {
    if (!place.node().isArray()) {
      values.accept(place);
      return Shape.scalar();
    }
    List<Place> items = place.items();
    Shape inner = Shape.scalar();
    for (int i = 0; i < items.size(); i++) {
      Shape one = collect(items.get(i), values);
      if (i > 0 && !one.equals(inner)) {
        throw place.expected("rows of one length");
      }
      inner = one;
    }
    return Shape.of(items.size()).append(inner);
  }

  /** Returns the numbers as JSON. */
  static JsonNode write(Array array) {
    return write(array, 0, 0, array.size());
  }

  private static JsonNode write(Array array, int axis, int from, int size) {
    if (axis == array.shape().numDimensions()) {
      return number(array, from);
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    int count = (int) array.shape().get(axis);
    for (int i = 0; i < count; i++) {
      items.add(write(array, axis + 1, from + i * (size / count), size / count));
    }
    return items;
  }

  private static JsonNode number(Array array, int i) {
    double value = array.number(i);
    return switch (array.dtype()) {
      case INT64 -> JsonNodeFactory.instance.numberNode(array.longs()[i]);
      case BOOL -> JsonNodeFactory.instance.booleanNode(value != 0);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> JsonNodeFactory.instance.numberNode(value);
      default -> JsonNodeFactory.instance.numberNode((long) value);
    };
  }
}
