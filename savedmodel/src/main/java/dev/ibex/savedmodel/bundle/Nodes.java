package dev.ibex.savedmodel.bundle;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The nodes of a graph that is written without being run. */
final class Nodes {
  private final List<NodeDef> all = new ArrayList<>();
  private final Map<String, Integer> taken = new HashMap<>();

  /** Returns the nodes so far. */
  List<NodeDef> all() {
    return all;
  }

  /** Returns a valid name that no earlier call returned. */
  String unique(String wanted) {
    String valid = wanted.replaceAll("[^A-Za-z0-9_.\\\\/-]", "_");
    String name = valid.matches("[A-Za-z0-9.].*") ? valid : "n" + valid;
    String free = name;
    while (taken.putIfAbsent(free, 0) != null) {
      free = name + "_" + taken.merge(name, 1, Integer::sum);
    }
    return free;
  }

  /** Adds a node and returns its name, by which others take its first output. */
  String add(NodeDef.Builder node) {
    all.add(node.build());
    return node.getName();
  }

  static NodeDef.Builder node(String op, String name, String... inputs) {
    return NodeDef.newBuilder().setOp(op).setName(name).addAllInput(List.of(inputs));
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue types(List<DataType> types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(types))
        .build();
  }

  static AttrValue shape(Shape shape) {
    return AttrValue.newBuilder().setShape(ShapeProtos.shape(shape)).build();
  }

  static AttrValue text(String text) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
  }

  static AttrValue function(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  /** Adds a constant of texts. */
  String constant(String name, List<String> texts) {
    TensorShapeProto shape = ShapeProtos.shape(Shape.of(texts.size()));
    return constant(
        name, shape, texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Adds a constant of one string of bytes. */
  String constant(String name, byte[] bytes) {
    return constant(name, ShapeProtos.shape(Shape.scalar()), List.of(bytes));
  }

  private String constant(String name, TensorShapeProto shape, List<byte[]> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shape);
    values.forEach(v -> tensor.addStringVal(ByteString.copyFrom(v)));
    return add(
        node("Const", unique(name))
            .putAttr("dtype", type(DataType.DT_STRING))
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()));
  }
}
