package dev.ibex.savedmodel;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightReport;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.checkpoint.CheckpointContent;
import dev.ibex.savedmodel.checkpoint.CheckpointFiles;
import dev.ibex.savedmodel.checkpoint.CheckpointMatch;
import dev.ibex.savedmodel.checkpoint.CheckpointReader;
import dev.ibex.savedmodel.checkpoint.CheckpointState;
import dev.ibex.savedmodel.checkpoint.ModelCheckpoint;
import dev.ibex.savedmodel.checkpoint.TrackableGraph;
import dev.ibex.savedmodel.checkpoint.TrackableNodes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * A checkpoint of TensorFlow 2: the files {@code PREFIX.index} and {@code PREFIX.data-…} that
 * Python's {@code tf.train.Checkpoint} writes and restores, with the ways that lead from a root
 * object to each variable, such as {@code model/_functional/_operations/1/_kernel}.
 *
 * <p>The names on a way are those of the Python objects' attributes; in lists they are numbers.
 * What a checkpoint holds is known after {@link #read}; values are read when they are asked for.
 * Checkpoints without objects, as TensorFlow 1 wrote them, are read by the names of variables.
 *
 * <p>{@link #save(Path, Map)} and {@link #write(Path, Map)} do what the Python methods of these
 * names do. Safe for use by several threads.
 */
public final class TrackableCheckpoint {
  private final CheckpointContent content;

  /**
   * A variable, or what else a checkpoint has of an object.
   *
   * @param path the shortest way to it; by no way but under {@code
   *     VARIABLE/.OPTIMIZER_SLOT/OPTIMIZER/NAME} what optimizers of Keras 2 keep
   * @param fullName what it was called in Python, such as {@code sequential/dense/kernel}; may be
   *     empty
   * @param type of elements, such as {@code float32}
   */
  public record Entry(String path, String fullName, String type, Shape shape) {
    /** Returns the type of elements; empty for those that arrays cannot have, as resources. */
    public Optional<DType> dtype() {
      return Stream.of(DType.values()).filter(t -> t.lowerName().equals(type)).findFirst();
    }
  }

  /**
   * What an optimizer of Keras 2 keeps beside a variable.
   *
   * @param optimizer the optimizer's path
   * @param name what the optimizer calls it, such as {@code m}
   * @param variable the path of the variable
   * @param path its own path
   */
  public record Slot(String optimizer, String name, String variable, String path) {}

  private TrackableCheckpoint(CheckpointContent content) {
    this.content = content;
  }

  /**
   * Reads what a checkpoint holds.
   *
   * @param path what the names of its files begin with, such as {@code dir/ckpt-1}; or a directory,
   *     whose newest checkpoint is read
   * @throws ModelFormatException if a file is missing or damaged; the text says which and where
   */
  public static TrackableCheckpoint read(Path path) {
    return new TrackableCheckpoint(new CheckpointContent(CheckpointState.prefix(path)));
  }

  /**
   * Returns the prefix of a directory's newest checkpoint, as {@code tf.train.latest_checkpoint}
   * does; empty if it has none.
   *
   * @throws ModelFormatException if the directory's file {@code checkpoint} is damaged
   */
  public static Optional<Path> latest(Path directory) {
    return CheckpointState.read(directory).map(state -> state.latest(directory));
  }

  /** Returns what the names of the files begin with. */
  public Path prefix() {
    return content.prefix();
  }

  /** Returns whether variables are reached from object to object, and not by name. */
  public boolean hasObjects() {
    return content.hasObjects();
  }

  /** Returns what there is, the nearest objects first. */
  public List<Entry> entries() {
    return content.values().stream().map(this::entry).toList();
  }

  private Entry entry(TrackableNodes.Value value) {
    BundleIndex.Entry entry = content.entry(value);
    return new Entry(value.path(), value.fullName(), entry.typeName(), entry.shape());
  }

  /** Returns what optimizers keep in the way of Keras 2; empty for those of Keras 3. */
  public List<Slot> slots() {
    Map<Integer, String> paths = content.paths();
    return content.slots().stream()
        .map(
            s ->
                new Slot(
                    s.optimizer(),
                    s.name(),
                    paths.getOrDefault(s.variable(), ""),
                    paths.getOrDefault(s.slot(), "")))
        .toList();
  }

  /** Returns whether a path leads to a variable, be it the shortest or not. */
  public boolean contains(String path) {
    return content.contains(path);
  }

  /**
   * Returns the value of the variable that a path leads to, be it the shortest or not.
   *
   * @throws IllegalArgumentException if it leads to none; the text names near ones
   * @throws ModelFormatException if the value is damaged, or of a type that arrays cannot have
   */
  public Array get(String path) {
    return content.get(path);
  }

  /**
   * Returns all values by path.
   *
   * @throws ModelFormatException as {@link #get}
   */
  public Map<String, Array> getAll() {
    return content.getAll();
  }

  // ---- writing ----------------------------------------------------------------------------

  /**
   * Writes the next checkpoint {@code PREFIX-N}, counted from 1, and notes it as the newest in the
   * directory's file {@code checkpoint}: what Python's {@code tf.train.Checkpoint.save} does. It
   * restores it.
   *
   * <p>The variable {@code save_counter} becomes N. Others are never touched: a process killed at
   * any point leaves the directory's newest checkpoint whole.
   *
   * @param prefix such as {@code dir/ckpt}; directories are made
   * @param values by path, such as {@code model/w}
   * @return the new checkpoint's prefix, such as {@code dir/ckpt-1}
   * @throws IllegalArgumentException if a path is empty or has an empty name in it
   * @throws ModelFormatException if the directory's file {@code checkpoint} is damaged; then
   *     nothing is written
   * @throws UncheckedIOException if it cannot be written
   */
  public static Path save(Path prefix, Map<String, Array> values) {
    return CheckpointFiles.save(prefix, graph(values), values);
  }

  /**
   * Writes a checkpoint under just this name and changes nothing else: what Python's {@code
   * tf.train.Checkpoint.write} does. Files of that name are replaced when the new ones are whole;
   * who wants the old checkpoint to last if the process is killed in between writes to another name
   * or uses {@link #save(Path, Map)}.
   *
   * @throws IllegalArgumentException if a path is empty or has an empty name in it
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path prefix, Map<String, Array> values) {
    CheckpointFiles.write(prefix, graph(values), values);
  }

  private static TrackableGraph graph(Map<String, Array> values) {
    TrackableGraph graph = new TrackableGraph();
    values.keySet().forEach(path -> graph.variable(path, path));
    return graph;
  }

  // ---- models -----------------------------------------------------------------------------

  /**
   * Writes a model's weights, and its optimizer's state if it is compiled, as {@link #save(Path,
   * Map)} does. Python restores it into the same model of Keras 3:
   *
   * <pre>{@code
   * checkpoint = tf.train.Checkpoint(model=model, optimizer=model.optimizer)
   * checkpoint.restore("dir/ckpt-1").assert_existing_objects_matched()
   * }</pre>
   *
   * @return the new checkpoint's prefix
   */
  public static Path save(Path prefix, Model model) {
    return new ModelCheckpoint(model).save(prefix);
  }

  /** Writes a model as {@link #save(Path, Model)}, under just this name and nothing else. */
  public static void write(Path prefix, Model model) {
    new ModelCheckpoint(model).write(prefix);
  }

  /**
   * Stores a checkpoint's values in a model: its weights, and the state of its optimizer where both
   * have one. The model may be the checkpoint's root or whatever the root has, such as {@code
   * model}. Checkpoints of other origin fit if each weight's name is that of one variable.
   *
   * @param path as {@link #read} takes it
   * @return what was stored, and why the optimizer's state was not
   * @throws ModelFormatException if a weight is missing, left over or of another shape; the text
   *     lists both sides; then nothing is stored
   */
  public static WeightReport load(Path path, Model model) {
    return CheckpointMatch.load(new CheckpointReader(CheckpointState.prefix(path)), model);
  }
}
