package dev.ibex.savedmodel.checkpoint;

import dev.ibex.Model;
import dev.ibex.Values;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a checkpoint is to hold of a model: its weights, and its optimizer's state. */
public final class ModelCheckpoint {
  private final TrackableGraph graph = new TrackableGraph();
  private final Map<String, Array> values = new LinkedHashMap<>();

  /**
   * Takes what a model has now.
   *
   * @throws IllegalArgumentException if Python's checkpoints of such a model are not known
   */
  public ModelCheckpoint(Model model) {
    Map<String, Variable> variables = ModelGraph.add(model, graph);
    List<Array> arrays = Values.of(variables.values());
    variables.keySet().forEach(path -> values.put(path, arrays.get(values.size())));
  }

  /** Writes it as {@link CheckpointFiles#save}. */
  public Path save(Path prefix) {
    return CheckpointFiles.save(prefix, graph, values);
  }

  /** Writes it as {@link CheckpointFiles#write}. */
  public void write(Path prefix) {
    CheckpointFiles.write(prefix, graph, values);
  }
}
