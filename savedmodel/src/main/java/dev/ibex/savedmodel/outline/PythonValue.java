package dev.ibex.savedmodel.outline;

import dev.ibex.savedmodel.bundle.ShapeProtos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.Struct.StructuredValue;

/** Values of Python as SavedModels describe them, in Python's words; tensors as their specs. */
final class PythonValue {
  private PythonValue() {}

  static String text(StructuredValue value) {
    return switch (value.getKindCase()) {
      case NONE_VALUE -> "None";
      case BOOL_VALUE -> value.getBoolValue() ? "True" : "False";
      case INT64_VALUE -> Long.toString(value.getInt64Value());
      case FLOAT64_VALUE -> Double.toString(value.getFloat64Value());
      case STRING_VALUE -> "\"" + value.getStringValue() + "\"";
      case LIST_VALUE -> "[" + all(value.getListValue().getValuesList()) + "]";
      case TUPLE_VALUE -> "(" + all(value.getTupleValue().getValuesList()) + ")";
      case DICT_VALUE -> "{" + fields(value.getDictValue().getFieldsMap(), ": ") + "}";
      case NAMED_TUPLE_VALUE -> {
        Map<String, StructuredValue> fields = new java.util.LinkedHashMap<>();
        value
            .getNamedTupleValue()
            .getValuesList()
            .forEach(p -> fields.put(p.getKey(), p.getValue()));
        yield value.getNamedTupleValue().getName() + "(" + joined(fields, "=") + ")";
      }
      case TENSOR_SPEC_VALUE ->
          Protos.text(value.getTensorSpecValue().getDtype(), value.getTensorSpecValue().getShape());
      case BOUNDED_TENSOR_SPEC_VALUE ->
          Protos.text(
              value.getBoundedTensorSpecValue().getDtype(),
              value.getBoundedTensorSpecValue().getShape());
      case TENSOR_DTYPE_VALUE -> Protos.name(value.getTensorDtypeValue());
      case TENSOR_SHAPE_VALUE ->
          dev.ibex.core.TensorSpec.text(ShapeProtos.shape(value.getTensorShapeValue()));
      case TYPE_SPEC_VALUE ->
          value.getTypeSpecValue().getTypeSpecClassName()
              + text(value.getTypeSpecValue().getTypeState());
      default -> "?";
    };
  }

  private static String all(List<StructuredValue> values) {
    return String.join(", ", values.stream().map(PythonValue::text).toList());
  }

  private static String fields(Map<String, StructuredValue> fields, String between) {
    return joined(new TreeMap<>(fields), between);
  }

  private static String joined(Map<String, StructuredValue> fields, String between) {
    List<String> parts = new ArrayList<>();
    fields.forEach((key, value) -> parts.add(key + between + text(value)));
    return String.join(", ", parts);
  }

  /** Returns the texts of a list of texts; none for anything else. */
  static List<String> texts(StructuredValue list) {
    return list.getListValue().getValuesList().stream()
        .map(StructuredValue::getStringValue)
        .toList();
  }
}
