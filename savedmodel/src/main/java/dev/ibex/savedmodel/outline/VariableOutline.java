package dev.ibex.savedmodel.outline;

import dev.ibex.core.TensorSpec;
import dev.ibex.graph.BundleException;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import dev.ibex.savedmodel.checkpoint.TrackableGraph;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/**
 * A variable.
 *
 * @param name as the graph has it; not always another for each
 * @param key where its value is in the checkpoint; empty if it is not there
 * @param dtype its type; empty for one that no array has
 * @param dtypeName the type's common name
 * @param trainable whether Python made it as one to be trained; empty where files do not say
 */
public record VariableOutline(
    String name,
    Optional<String> key,
    Optional<DType> dtype,
    String dtypeName,
    Shape shape,
    Optional<Boolean> trainable) {
  /** Where Keras's export lists all variables a second time, with values of their own. */
  private static final String AGAIN = "_all_variables/";

  /** Returns the variables of a graph; of TensorFlow 1, all that are in the checkpoint. */
  static List<VariableOutline> all(SavedModelFile file) {
    List<ObjectGraph.Variable> objects = ObjectGraph.of(file).variables();
    if (!objects.isEmpty() || !BundleIndex.exists(file.variables())) {
      return objects.stream().map(VariableOutline::of).toList();
    }
    try {
      return BundleIndex.read(file.variables()).entries().values().stream()
          .filter(e -> !e.key().equals(TrackableGraph.KEY))
          .map(VariableOutline::of)
          .toList();
    } catch (BundleException e) {
      throw file.wrong("variables/" + e.file().getFileName(), e.problem(), e);
    }
  }

  private static VariableOutline of(ObjectGraph.Variable v) {
    return new VariableOutline(
        v.name(),
        v.checkpointKey(),
        Protos.dtype(v.proto()),
        Protos.name(v.proto()),
        v.shape(),
        Optional.of(v.trainable()));
  }

  private static VariableOutline of(BundleIndex.Entry e) {
    return new VariableOutline(
        e.key(), Optional.of(e.key()), e.dtype(), e.typeName(), e.shape(), Optional.empty());
  }

  /** Returns those that are not there a second time. */
  static List<VariableOutline> once(List<VariableOutline> all) {
    Set<String> names =
        all.stream().filter(v -> !v.again()).map(v -> v.name).collect(Collectors.toSet());
    return all.stream().filter(v -> !v.again() || !names.contains(v.name)).toList();
  }

  private boolean again() {
    return key.isPresent() && key.get().startsWith(AGAIN);
  }

  /** Returns type and shape, such as {@code float32(4, 3)}. */
  public String spec() {
    return dtypeName + TensorSpec.text(shape);
  }

  /** Returns whether all sizes are known. */
  public boolean isSized() {
    return !shape.isUnknown() && java.util.Arrays.stream(shape.asArray()).allMatch(d -> d >= 0);
  }

  /** Returns the number of bytes; empty where a size is open, and for texts. */
  public Optional<Long> bytes() {
    return dtype.filter(t -> isSized() && t.bytes() > 0).map(t -> shape.size() * t.bytes());
  }
}
