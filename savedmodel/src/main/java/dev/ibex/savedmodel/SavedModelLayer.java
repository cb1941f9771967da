package dev.ibex.savedmodel;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.FileBacked;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerFiles;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DerivativeStops;
import dev.ibex.graph.FunctionInliner;
import dev.ibex.graph.Inlined;
import dev.ibex.graph.NodeCopy;
import dev.ibex.graph.Numbers;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.endpoint.ConcreteFunction;
import dev.ibex.savedmodel.endpoint.LayerEndpoints;
import dev.ibex.savedmodel.endpoint.SavedFunctions;
import dev.ibex.savedmodel.endpoint.SavedSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;

/**
 * A function of a SavedModel as a layer: the variables it uses are weights, which train, are saved
 * and are exported with the model around them.
 *
 * <pre>{@code
 * SavedModelLayer encoder = SavedModelLayer.of(Path.of("encoder"));
 * Model model = Sequential.of(Input.of(28, 28, 1), encoder, Dense.of(10));
 * }</pre>
 *
 * <p>Inputs and outputs are what the function's signature says, the batch included: several in the
 * order of a list, or of the names of keywords. Numbers are cast to the types of the signature,
 * whatever the dtype policy. Weights are the function's variables, those that train first, and
 * begin with the values of the directory. Masks end here.
 *
 * <p>Nothing of the layers in the SavedModel is known but their ops. Without {@link
 * #trainingEndpoint} training runs the function that serves: dropout drops nothing, and {@code
 * BatchNormalization} uses its moving statistics and leaves them as they are. Loops of exported
 * recurrent layers have no derivatives in TensorFlow's native library: {@code compile} refuses to
 * train their weights, or what stands before them; frozen, at the front of a model, they run.
 *
 * <p>Where Python code set a derivative, as Keras does for {@code silu}, Ibex takes that one; a
 * model exported again has the op {@code IdentityN} there, through which Python takes no
 * derivative.
 *
 * <p>A {@code .keras} file of a model with this layer holds the graph and the weights, so Ibex
 * reads it without the directory. Python's Keras reads it with {@code safe_mode=False} where the
 * directory is there. A file that Python wrote has the path alone; relative ones begin at the
 * working directory. Legacy {@code .h5} files have no place for the graph.
 *
 * <p>Source: {@code keras.layers.TFSMLayer}, which takes functions of one argument alone.
 */
public final class SavedModelLayer extends Layer
    implements Configurable<SavedModelLayer>, FileBacked {
  private static final String SERVE = "serve";

  private final Config config;
  private final SavedSource source;
  private final Set<ConcreteFunction> applied = ConcurrentHashMap.newKeySet();
  private @Nullable LayerEndpoints endpoints;

  /**
   * The description of a {@link SavedModelLayer}.
   *
   * @param filepath the directory
   * @param callEndpoint the function that is called
   * @param callTrainingEndpoint the function that is called instead where the model trains
   */
  public record Config(
      LayerOptions options,
      String filepath,
      String callEndpoint,
      Optional<String> callTrainingEndpoint)
      implements LayerConfig {}

  private SavedModelLayer(Config config, SavedSource source) {
    super(config, (Config c) -> new SavedModelLayer(c, source.at(c.filepath())));
    this.config = config;
    this.source = source;
  }

  /**
   * Returns a layer of what the directory's object calls {@code serve}, as Keras exports it, else
   * of the signature {@code serving_default}.
   *
   * @throws dev.ibex.ModelFormatException if the directory is no SavedModel of TensorFlow 2, has
   *     neither, or the function does what a layer cannot, such as looking up words in tables
   */
  public static SavedModelLayer of(Path directory) {
    SavedModelLayer layer = at(directory.toString(), SERVE);
    return layer.source.functions().has(SERVE)
        ? layer.checked()
        : layer.endpoint(LoadedModel.SERVING_DEFAULT);
  }

  private static SavedModelLayer at(String filepath, String endpoint) {
    return new SavedModelLayer(
        new Config(LayerOptions.DEFAULT, filepath, endpoint, Optional.empty()),
        new SavedSource(filepath));
  }

  /** Returns a layer of no directory: what files are read over. */
  static SavedModelLayer prototype() {
    return at("", SERVE);
  }

  /**
   * Sets the function: an attribute of the directory's object, else a signature.
   *
   * @throws dev.ibex.ModelFormatException as {@link #of}
   */
  public SavedModelLayer endpoint(String name) {
    return this.<SavedModelLayer>with("callEndpoint", name).checked();
  }

  /**
   * Sets the function that is called where the model trains; default the same. It may change
   * variables that do not train, such as moving statistics, also where the layer is frozen: leave
   * it out to keep them.
   *
   * @throws dev.ibex.ModelFormatException as {@link #of}
   */
  public SavedModelLayer trainingEndpoint(String name) {
    return this.<SavedModelLayer>with("callTrainingEndpoint", Optional.of(name)).checked();
  }

  private SavedModelLayer checked() {
    endpoints();
    return this;
  }

  private synchronized LayerEndpoints endpoints() {
    LayerEndpoints found = endpoints;
    if (found == null) {
      found =
          LayerEndpoints.of(source.functions(), config.callEndpoint, config.callTrainingEndpoint);
      endpoints = found;
    }
    return found;
  }

  @Override
  public void open(LayerFiles files) {
    source.open(files);
    checked();
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public String className() {
    return "TFSMLayer";
  }

  @Override
  public Map<String, byte[]> assets() {
    return Map.of(SavedFunctions.fileName(config.filepath), source.functions().content());
  }

  /** Checks that there is nothing else: the layer was described by its file already. */
  @Override
  public void loadAssets(Map<String, byte[]> files) {
    Map<String, byte[]> others = new HashMap<>(files);
    others.remove(SavedFunctions.fileName(config.filepath));
    if (!others.isEmpty()) {
      super.loadAssets(others);
    }
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<WeightSpec> weights(List<TensorSpec> inputs) {
    List<WeightSpec> specs = new ArrayList<>();
    endpoints()
        .weights()
        .forEach(
            (name, v) -> {
              WeightSpec spec = WeightSpec.of(name, v.shape(), first(v)).dtype(v.dtype()).uncast();
              specs.add(v.trainable() ? spec : spec.untrainable());
            });
    return specs;
  }

  /** Looks for the values when they are needed: a model file has values of its own. */
  private Initializer first(ObjectGraph.Variable variable) {
    return (tf, shape, dtype, seed) ->
        source.functions().values().of(variable).apply(tf, shape, dtype, seed);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    ConcreteFunction training = endpoints().concrete(true, inputs);
    List<TensorSpec> outputs = endpoints().concrete(false, inputs).outputs();
    if (training.outputs().size() != outputs.size()) {
      throw new ShapeException(
          "the training endpoint "
              + config.callTrainingEndpoint.orElse("")
              + " has "
              + training.outputs().size()
              + " output(s), but "
              + config.callEndpoint
              + " has "
              + outputs.size());
    }
    applied.add(training);
    return outputs;
  }

  @Override
  protected List<? extends Operand<?>> call(Call call) {
    List<TensorSpec> specs =
        call.inputs().stream().map(x -> new TensorSpec(x.shape(), Numbers.dtype(x))).toList();
    ConcreteFunction concrete = endpoints().concrete(call.training(), specs);
    Map<Integer, String> names = new HashMap<>();
    Map<String, ObjectGraph.Variable> weights = endpoints().weights();
    weights.forEach((name, v) -> names.put(v.node(), name));
    SavedFunctions functions = source.functions();
    return functions.whole(
        concrete.function(),
        () ->
            FunctionInliner.emit(
                call.tf(),
                functions.library(),
                concrete.function(),
                arguments(call, concrete),
                new CallVariables(call, names, weights)));
  }

  private List<Inlined> arguments(Call call, ConcreteFunction concrete) {
    Inlined[] inputs = new Inlined[concrete.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      ConcreteFunction.Slot slot = concrete.inputs().get(i);
      Operand<?> x = call.inputs().get(i);
      inputs[slot.argument()] =
          new Inlined.Tensor(
              Numbers.dtype(x) == slot.spec().dtype()
                  ? x
                  : Numbers.cast(call.tf(), x, slot.spec().dtype()));
    }
    List<Inlined> arguments = new ArrayList<>(List.of(inputs));
    for (int capture : concrete.captures()) {
      arguments.add(
          source
              .functions()
              .constant(capture)
              .<Inlined>map(c -> new Inlined.Tensor(NodeCopy.constant(call.tf(), c)))
              .orElseGet(() -> new Inlined.Variable(capture)));
    }
    return arguments;
  }

  @Override
  public void checkDerivatives(boolean weights, boolean inputs) {
    if (weights || inputs) {
      for (ConcreteFunction concrete : applied) {
        DerivativeStops stops = endpoints().stops(concrete);
        check(
            weights,
            stops.ofWeights(),
            "its weights cannot train; call freeze() on it before compile, or load");
        check(
            inputs,
            stops.ofInputs(),
            "layers before it cannot train; call freeze() on them before compile, or load");
      }
    }
  }

  private void check(boolean needed, Set<String> stops, String consequence) {
    if (needed && !stops.isEmpty()) {
      throw new IllegalArgumentException(
          "Layer "
              + label()
              + ": no derivative passes through the ops "
              + String.join(", ", stops)
              + " of \""
              + config.filepath
              + "\", so "
              + consequence
              + " the .keras or .h5 file of the model that was exported, if Ibex has all its layers");
    }
  }
}
