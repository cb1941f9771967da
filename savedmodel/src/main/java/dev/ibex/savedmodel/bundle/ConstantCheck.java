package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.DType;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Finds constants that TensorFlow does not refuse, but ends the process over. */
final class ConstantCheck {
  /** How many bytes all constants together may take beyond those that the file has of them. */
  private static final long MAX_BYTES = 1L << 28;

  /** What an element of a type that is not listed takes at most: two doubles, or a text. */
  private static final int WIDEST = 24;

  private final SavedModelFile file;
  private long left = MAX_BYTES;

  ConstantCheck(SavedModelFile file) {
    this.file = file;
  }

  /**
   * Checks a node, if it is a constant.
   *
   * @throws ModelFormatException if its value is of another type than it says, its shape is none,
   *     or it repeats a few elements so often that memory would not do
   */
  void check(NodeDef node) {
    if (!node.getOp().equals("Const")) {
      return;
    }
    TensorProto value = attr(node, "value").getTensor();
    DataType declared = attr(node, "dtype").getType();
    if (value.getDtype() != declared) {
      throw wrong(node, "expected a value of " + declared + ", got " + value.getDtype());
    }
    long bytes = size(node, value) * bytes(declared);
    left -= Math.max(0, bytes - value.getSerializedSize());
    if (left < 0) {
      throw wrong(
          node,
          "expected constants that take at most "
              + MAX_BYTES
              + " bytes more than the file has of them, got one of "
              + bytes
              + " bytes, of which the file has "
              + value.getSerializedSize());
    }
  }

  private long size(NodeDef node, TensorProto value) {
    long size = 1;
    for (TensorShapeProto.Dim d : value.getTensorShape().getDimList()) {
      size = d.getSize() < 0 ? Long.MAX_VALUE : multiplied(size, d.getSize());
      if (size > Integer.MAX_VALUE) {
        throw wrong(
            node,
            "expected a shape of at most "
                + Integer.MAX_VALUE
                + " elements, got an axis of "
                + d.getSize());
      }
    }
    return size;
  }

  private static long multiplied(long a, long b) {
    return b > Integer.MAX_VALUE ? Long.MAX_VALUE : a * b;
  }

  private static int bytes(DataType type) {
    return Stream.of(DType.values())
        .filter(t -> t.proto() == type && t.bytes() > 0)
        .findFirst()
        .map(DType::bytes)
        .orElse(WIDEST);
  }

  private static AttrValue attr(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private ModelFormatException wrong(NodeDef node, String text) {
    return file.wrong(
        SavedModelFile.NAME,
        "constant "
            + node.getName()
            + ": "
            + text
            + "; the file is damaged; export the model again",
        null);
  }
}
