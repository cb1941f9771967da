package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.GraphSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Reads the signatures of a file over its opened graph. */
final class SignatureReader {
  /**
   * Types of tensors that TensorFlow 1 passes by reference have the number of the type and this.
   */
  private static final int REFERENCE = 100;

  private final SavedModelFile file;
  private final GraphSession session;
  private final Map<String, Integer> positions = new HashMap<>();

  SignatureReader(SavedModelFile file, GraphSession session) {
    this.file = file;
    this.session = session;
    GraphDef graph = file.graph().getGraphDef();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      positions.put(graph.getNode(i).getName(), i);
    }
  }

  /** Says why a signature cannot be called from Java. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String text) {
      super(text);
    }
  }

  /**
   * Reads a signature.
   *
   * @throws ModelFormatException if it names tensors that the graph does not have
   * @throws Refusal if an input or output is of a kind that no array can be
   */
  CallableSignature read(String name, SignatureDef d) throws Refusal {
    List<NamedTensor> inputs = tensors("signature \"" + name + "\", input", d.getInputsMap());
    List<NamedTensor> outputs = tensors("signature \"" + name + "\", output", d.getOutputsMap());
    return new CallableSignature(
        name,
        d.getMethodName(),
        inputs,
        outputs,
        session.function(
            "signature \"" + name + "\"",
            operands(inputs),
            operands(outputs),
            outputs.isEmpty() ? callees(name, d) : List.of()));
  }

  private static List<? extends Operand<?>> operands(List<NamedTensor> tensors) {
    return tensors.stream().map(NamedTensor::tensor).toList();
  }

  /** Without outputs, what is fed the inputs is run for its effect. */
  private List<Op> callees(String name, SignatureDef d) throws Refusal {
    Set<String> fed =
        d.getInputsMap().values().stream()
            .map(i -> nodeName(i.getName()))
            .collect(Collectors.toSet());
    List<Op> callees = new ArrayList<>();
    for (NodeDef n : file.graph().getGraphDef().getNodeList()) {
      if (n.getInputList().stream().anyMatch(i -> fed.contains(nodeName(i)))) {
        callees.add(() -> session.operation(n.getName()));
      }
    }
    if (callees.isEmpty()) {
      throw new Refusal("signature \"" + name + "\" has neither outputs nor inputs");
    }
    return callees;
  }

  private static String nodeName(String tensor) {
    int colon = tensor.lastIndexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }

  /** The order of the map in the file is anyone's, that of the graph is Python's. */
  private List<NamedTensor> tensors(String what, Map<String, TensorInfo> infos) throws Refusal {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, TensorInfo> e : infos.entrySet()) {
      tensors.add(tensor(what + " \"" + e.getKey() + "\"", e.getKey(), e.getValue()));
    }
    tensors.sort(
        Comparator.<NamedTensor>comparingInt(
                t -> positions.getOrDefault(t.tensor().asOutput().op().name(), -1))
            .thenComparingInt(t -> t.tensor().asOutput().index())
            .thenComparing(NamedTensor::name));
    return List.copyOf(tensors);
  }

  private NamedTensor tensor(String what, String name, TensorInfo info) throws Refusal {
    switch (info.getEncodingCase()) {
      case COO_SPARSE -> throw new Refusal(what + " is a sparse tensor; " + DENSE);
      case COMPOSITE_TENSOR ->
          throw new Refusal(what + " is made of several tensors, such as a ragged one; " + DENSE);
      default -> {}
    }
    DataType declared = value(info.getDtype());
    Operand<?> operand = operand(what, info.getName());
    DataType real = value(operand.asOutput().dataType());
    if (real != declared) {
      throw file.wrong(
          SavedModelFile.NAME,
          what
              + ": expected the "
              + real
              + " of the graph's tensor "
              + info.getName()
              + ", got "
              + declared
              + "; the file is damaged; export the model again",
          null);
    }
    return new NamedTensor(
        name, operand, new TensorSpec(shape(what, info.getTensorShape()), dtype(what, declared)));
  }

  private static final String DENSE =
      "arrays are dense: export a function that takes and returns dense tensors";

  private Operand<?> operand(String what, String tensor) {
    try {
      return session.tensor(tensor);
    } catch (IllegalArgumentException e) {
      throw file.wrong(
          SavedModelFile.NAME,
          what + ": " + e.getMessage() + "; the file is damaged; export the model again",
          e);
    }
  }

  private static DataType value(DataType type) {
    int number = type == DataType.UNRECOGNIZED ? -1 : type.getNumber();
    DataType value = number > REFERENCE ? DataType.forNumber(number - REFERENCE) : type;
    return value == null ? type : value;
  }

  private static DType dtype(String what, DataType type) throws Refusal {
    try {
      DType dtype = DType.of(type);
      dtype.type();
      return dtype;
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          what
              + " has the element type "
              + type
              + ", of which no array can be made in Java; "
              + "export a function that converts it");
    }
  }

  private Shape shape(String what, TensorShapeProto proto) {
    try {
      return ShapeProtos.shape(proto);
    } catch (IllegalArgumentException e) {
      throw file.wrong(
          SavedModelFile.NAME, what + ": " + e.getMessage() + "; the file is damaged", e);
    }
  }
}
