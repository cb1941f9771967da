package dev.ibex.savedmodel.bundle;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.DType;
import dev.ibex.graph.NativeException;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.checkpoint.ObjectPath;
import dev.ibex.savedmodel.checkpoint.TrackableGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;

/**
 * The objects of Python that a file of TensorFlow 2 was made of: what functions capture, and under
 * which keys the values lie in the checkpoint. Files of TensorFlow 1 have none.
 */
public final class ObjectGraph {
  /**
   * A variable.
   *
   * @param node its object's number
   * @param name its name, not always a different one for each
   * @param proto its element type
   * @param shape its shape; -1 or of unknown rank where it may change
   * @param trainable whether Python made it as one to be trained
   * @param checkpointKey where its value lies in the checkpoint; empty if that leaves it out
   */
  public record Variable(
      int node,
      String name,
      DataType proto,
      Shape shape,
      boolean trainable,
      Optional<String> checkpointKey) {
    /**
     * Returns the element type.
     *
     * @throws IllegalArgumentException if there is no counterpart, as for complex numbers
     */
    public DType dtype() {
      return DType.of(proto);
    }
  }

  private final SavedObjectGraph objects;
  private final List<TrackableObject> stored;
  private final Map<Integer, Variable> variables;

  private ObjectGraph(SavedObjectGraph objects, List<TrackableObject> stored) {
    this.objects = objects;
    this.stored = stored;
    Map<Integer, Variable> found = new LinkedHashMap<>();
    for (int i = 0; i < objects.getNodesCount(); i++) {
      if (objects.getNodes(i).hasVariable()) {
        found.put(i, variable(i, objects.getNodes(i).getVariable()));
      }
    }
    this.variables = Collections.unmodifiableMap(found);
  }

  /**
   * Reads the objects of a file, and of its checkpoint if it has one.
   *
   * @throws ModelFormatException if the checkpoint's list of objects is missing or damaged
   */
  public static ObjectGraph of(SavedModelFile file) {
    SavedObjectGraph objects = file.graph().getObjectGraphDef();
    boolean none =
        objects.getNodesList().stream().noneMatch(SavedObject::hasVariable)
            && !Files.exists(index(file));
    return of(file, objects.getNodesCount() == 0 || none ? List.of() : stored(file).getNodesList());
  }

  /** Returns the objects of a file without their keys in a checkpoint, which may be gone. */
  public static ObjectGraph described(SavedModelFile file) {
    return of(file, List.of());
  }

  private static ObjectGraph of(SavedModelFile file, List<TrackableObject> stored) {
    try {
      return new ObjectGraph(file.graph().getObjectGraphDef(), stored);
    } catch (IllegalArgumentException e) {
      throw file.wrong(
          SavedModelFile.NAME,
          "a variable: " + e.getMessage() + "; the file is damaged; export the model again",
          e);
    }
  }

  private static Path index(SavedModelFile file) {
    return BundleIndex.file(file.variables());
  }

  private static TrackableObjectGraph stored(SavedModelFile file) {
    TensorBundle.Entry entry =
        new TensorBundle.Entry(TrackableGraph.KEY, DType.STRING, Shape.scalar());
    try {
      Array bytes = VariableFiles.read(file.directory(), entry);
      return TrackableObjectGraph.parseFrom(
          bytes.bytes()[0], ExtensionRegistryLite.getEmptyRegistry());
    } catch (NativeException | InvalidProtocolBufferException e) {
      throw new ModelFormatException(
          file.directory(),
          "variables/variables.index",
          "the list of objects "
              + TrackableGraph.KEY
              + " cannot be read: "
              + e.getMessage()
              + "; export the model again",
          e);
    }
  }

  private Variable variable(int node, SavedVariable v) {
    return new Variable(
        node,
        v.getName(),
        v.getDtype(),
        ShapeProtos.shape(v.getShape()),
        v.getTrainable(),
        checkpointKey(node, ObjectPath.ATTRIBUTE));
  }

  /** Returns all variables, in the order of their numbers. */
  public List<Variable> variables() {
    return new ArrayList<>(variables.values());
  }

  /** Returns the variable of a number; empty if another object has it. */
  public Optional<Variable> variable(int node) {
    return Optional.ofNullable(variables.get(node));
  }

  /** Returns the object of a number; empty if there is none. */
  public Optional<SavedObject> object(int node) {
    return node < 0 || node >= objects.getNodesCount()
        ? Optional.empty()
        : Optional.of(objects.getNodes(node));
  }

  /** Returns the number of the object that another one calls so; empty if it calls none so. */
  public Optional<Integer> child(int node, String name) {
    return object(node).stream()
        .flatMap(o -> o.getChildrenList().stream())
        .filter(c -> c.getLocalName().equals(name))
        .map(c -> c.getNodeId())
        .findFirst();
  }

  /**
   * Returns the numbers of the objects that a function captures, in the order of its inputs after
   * the arguments; empty if there is no function of that name.
   */
  public Optional<List<Integer>> captures(String function) {
    return Optional.ofNullable(objects.getConcreteFunctionsMap().get(function))
        .map(f -> f.getBoundInputsList());
  }

  /** Returns the key of a part of an object's state in the checkpoint. */
  public Optional<String> checkpointKey(int node, String part) {
    return node >= stored.size()
        ? Optional.empty()
        : stored.get(node).getAttributesList().stream()
            .filter(a -> a.getName().equals(part))
            .map(a -> a.getCheckpointKey())
            .findFirst();
  }
}
