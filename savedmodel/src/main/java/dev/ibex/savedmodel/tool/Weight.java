package dev.ibex.savedmodel.tool;

import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.bundle.VariableFiles;
import dev.ibex.savedmodel.checkpoint.ObjectPath;
import dev.ibex.savedmodel.hdf5.Hdf5Dataset;
import dev.ibex.savedmodel.outline.VariableOutline;
import dev.ibex.savedmodel.weights.StoredArray;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An array of a file or a model.
 *
 * @param path where it is
 * @param spec its shape and type
 * @param trainable whether an optimizer changes it; empty for an optimizer's state, and where the
 *     file does not say
 * @param value reads its elements
 */
record Weight(String path, TensorSpec spec, Optional<Boolean> trainable, Supplier<Array> value) {
  static Weight of(Hdf5Dataset dataset, String path) {
    return new Weight(
        path, new TensorSpec(dataset.shape(), dataset.dtype()), Optional.empty(), dataset::read);
  }

  static Weight of(StoredArray array, String path) {
    return new Weight(
        path, new TensorSpec(array.shape(), array.dtype()), Optional.empty(), array.reader());
  }

  /** Returns a variable of a SavedModel; empty if it is none that an array can be of. */
  static Optional<Weight> of(VariableOutline variable, Path directory) {
    if (variable.dtype().isEmpty() || variable.key().isEmpty() || !variable.isSized()) {
      return Optional.empty();
    }
    String key = variable.key().get();
    TensorSpec spec = new TensorSpec(variable.shape(), variable.dtype().get());
    return Optional.of(
        new Weight(
            ObjectPath.ofKey(key),
            spec,
            variable.trainable(),
            () ->
                VariableFiles.read(
                    directory, new TensorBundle.Entry(key, spec.dtype(), spec.shape()))));
  }

  static Weight of(Variable variable, String path) {
    return new Weight(
        path,
        new TensorSpec(variable.shape(), variable.dtype()),
        variable.owner().map(layer -> variable.trainable()),
        variable::value);
  }

  /** Returns the number of elements. */
  long size() {
    return spec.shape().size();
  }
}
