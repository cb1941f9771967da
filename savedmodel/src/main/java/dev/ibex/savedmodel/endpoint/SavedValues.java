package dev.ibex.savedmodel.endpoint;

import dev.ibex.ModelFormatException;
import dev.ibex.core.Initializer;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import dev.ibex.savedmodel.bundle.VariableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The values of a SavedModel's variables. They stay in the directory until a model needs them; that
 * it is still the same directory then, the index of the values tells, which has their checksums.
 */
public final class SavedValues {
  private static final String INDEX = "variables/variables.index";

  private final SavedModelFile file;
  private final ObjectGraph objects;
  private final byte[] index;

  private SavedValues(SavedModelFile file) {
    this.file = file;
    this.index = index(file);
    this.objects = ObjectGraph.of(file);
  }

  /**
   * Reads where the values are.
   *
   * @throws ModelFormatException if their files are missing or damaged
   */
  static SavedValues of(SavedModelFile file) {
    return new SavedValues(file);
  }

  private static byte[] index(SavedModelFile file) {
    try {
      return VariableFiles.exist(file)
          ? Files.readAllBytes(BundleIndex.file(file.variables()))
          : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(file.directory() + ": " + INDEX + " cannot be read: " + e, e);
    }
  }

  /** Returns what sets a variable to its value in the file. */
  public Initializer of(ObjectGraph.Variable variable) {
    return (tf, shape, dtype, seed) -> restore(tf, variable, shape, dtype);
  }

  /** TensorFlow reads when the model is made: until then the files may have been replaced. */
  private Operand<TNumber> restore(
      Ops tf, ObjectGraph.Variable variable, Shape shape, DType dtype) {
    BundleIndex now = VariableFiles.check(file);
    if (!Arrays.equals(index(file), index)) {
      throw file.wrong(
          INDEX,
          "expected the values that were there when the layer was described, found others; describe"
              + " the layer again, so that its functions are those of the same export",
          null);
    }
    TensorBundle.Entry entry = new TensorBundle.Entry(key(variable), dtype, shape);
    VariableFiles.check(file.directory(), now, entry);
    return Numbers.of(TensorBundle.restore(tf, file.variables(), entry));
  }

  private String key(ObjectGraph.Variable variable) {
    return objects
        .variable(variable.node())
        .flatMap(ObjectGraph.Variable::checkpointKey)
        .orElseThrow(
            () -> file.wrong(INDEX, "the checkpoint has no value of " + variable.name(), null));
  }
}
