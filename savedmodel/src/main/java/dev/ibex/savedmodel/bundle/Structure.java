package dev.ibex.savedmodel.bundle;

import dev.ibex.core.TensorSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.Struct.DictValue;
import org.tensorflow.proto.Struct.ListValue;
import org.tensorflow.proto.Struct.NamedTupleValue;
import org.tensorflow.proto.Struct.NoneValue;
import org.tensorflow.proto.Struct.PairValue;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.Struct.TensorSpecProto;
import org.tensorflow.proto.Struct.TupleValue;

/** Python's values as SavedModels describe the arguments and results of functions. */
final class Structure {
  static final StructuredValue NONE =
      StructuredValue.newBuilder().setNoneValue(NoneValue.getDefaultInstance()).build();

  private Structure() {}

  static StructuredValue of(boolean value) {
    return StructuredValue.newBuilder().setBoolValue(value).build();
  }

  static StructuredValue of(String value) {
    return StructuredValue.newBuilder().setStringValue(value).build();
  }

  static StructuredValue tuple(StructuredValue... values) {
    return StructuredValue.newBuilder()
        .setTupleValue(TupleValue.newBuilder().addAllValues(List.of(values)))
        .build();
  }

  static StructuredValue list(Collection<StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setListValue(ListValue.newBuilder().addAllValues(values))
        .build();
  }

  static StructuredValue texts(List<String> values) {
    return list(values.stream().map(Structure::of).toList());
  }

  static StructuredValue dict(Map<String, StructuredValue> values) {
    return StructuredValue.newBuilder()
        .setDictValue(DictValue.newBuilder().putAllFields(values))
        .build();
  }

  static StructuredValue namedTuple(String name, List<Map.Entry<String, StructuredValue>> values) {
    NamedTupleValue.Builder tuple = NamedTupleValue.newBuilder().setName(name);
    values.forEach(
        e -> tuple.addValues(PairValue.newBuilder().setKey(e.getKey()).setValue(e.getValue())));
    return StructuredValue.newBuilder().setNamedTupleValue(tuple).build();
  }

  /** Returns the description of a tensor, with the name that Python calls the argument by. */
  static StructuredValue tensor(String name, TensorSpec spec) {
    return StructuredValue.newBuilder()
        .setTensorSpecValue(
            TensorSpecProto.newBuilder()
                .setName(name)
                .setShape(ShapeProtos.shape(spec.shape()))
                .setDtype(spec.dtype().proto()))
        .build();
  }
}
