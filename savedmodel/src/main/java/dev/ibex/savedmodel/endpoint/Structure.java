package dev.ibex.savedmodel.endpoint;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.bundle.ShapeProtos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TensorShapeProto;

/** Nested lists, tuples and maps of Python, taken apart in the order of {@code tf.nest}. */
final class Structure {
  private Structure() {}

  /**
   * A tensor in a structure.
   *
   * @param name the key in a map, else the name that the signature gives it
   */
  record Leaf(String name, TensorSpec spec) {}

  /**
   * Returns the tensors of a structure; what else is in it has none.
   *
   * @throws IllegalArgumentException if it has something other than plain tensors, such as ragged
   *     ones
   */
  static List<Leaf> leaves(StructuredValue value) {
    List<Leaf> leaves = new ArrayList<>();
    collect("", value, leaves);
    return leaves;
  }

  private static void collect(String key, StructuredValue value, List<Leaf> leaves) {
    switch (value.getKindCase()) {
      case TENSOR_SPEC_VALUE -> {
        var spec = value.getTensorSpecValue();
        leaves.add(leaf(key.isEmpty() ? spec.getName() : key, spec.getShape(), spec.getDtype()));
      }
      case BOUNDED_TENSOR_SPEC_VALUE -> {
        var spec = value.getBoundedTensorSpecValue();
        leaves.add(leaf(key.isEmpty() ? spec.getName() : key, spec.getShape(), spec.getDtype()));
      }
      case TYPE_SPEC_VALUE ->
          throw new IllegalArgumentException(
              value.getTypeSpecValue().getTypeSpecClassName()
                  + " is no plain tensor; a layer takes and returns plain tensors alone");
      default -> fields(value).forEach((k, v) -> collect(k.startsWith("#") ? "" : k, v, leaves));
    }
  }

  /** Returns the parts of a list, tuple or map in order; those without a name are numbered. */
  static Map<String, StructuredValue> fields(StructuredValue value) {
    Map<String, StructuredValue> fields = new TreeMap<>();
    switch (value.getKindCase()) {
      case LIST_VALUE -> number(value.getListValue().getValuesList(), fields);
      case TUPLE_VALUE -> number(value.getTupleValue().getValuesList(), fields);
      case NAMED_TUPLE_VALUE ->
          number(
              value.getNamedTupleValue().getValuesList().stream().map(p -> p.getValue()).toList(),
              fields);
      case DICT_VALUE -> fields.putAll(value.getDictValue().getFieldsMap());
      default -> {}
    }
    return fields;
  }

  private static void number(List<StructuredValue> values, Map<String, StructuredValue> fields) {
    for (int i = 0; i < values.size(); i++) {
      fields.put(String.format(java.util.Locale.ROOT, "#%06d", i), values.get(i));
    }
  }

  private static Leaf leaf(String name, TensorShapeProto shape, DataType dtype) {
    return new Leaf(name, new TensorSpec(ShapeProtos.shape(shape), DType.of(dtype)));
  }
}
