package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Settings that are a number or a list of numbers, nested as deep as the rank. */
final class ArrayJson {
  /** How Keras wraps NumPy's arrays and tensors. */
  private static final Set<String> WRAPPED = Set.of("__numpy__", "__tensor__");

  private ArrayJson() {}

  /** Reads an array of doubles. */
  static Array read(Place place) {
    if (place.node().isObject() && WRAPPED.contains(place.need("class_name").string())) {
      return read(place.need("config").need("value"));
    }
    List<Double> values = new ArrayList<>();
    Shape shape = collect(place, values);
    return Array.of(shape, values.stream().mapToDouble(d -> d).toArray());
  }

  private static Shape collect(Place place, List<Double> values) {
    if (!place.node().isArray()) {
      values.add(place.number());
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
      return JsonNodeFactory.instance.numberNode(array.number(from));
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    int count = (int) array.shape().get(axis);
    for (int i = 0; i < count; i++) {
      items.add(write(array, axis + 1, from + i * (size / count), size / count));
    }
    return items;
  }
}
