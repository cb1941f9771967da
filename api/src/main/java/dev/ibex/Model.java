package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Network;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Layers joined from inputs to outputs; itself a layer, to be used in other models.
 *
 * <p>Describing a model needs no native library. The first compile, fit, evaluate or predict opens
 * one TensorFlow session for it and all models that share layers with it; {@link #close()} frees
 * it. {@link #predict} may be called from any number of threads, also beside one {@code fit}.
 * Source: {@code keras.Model}.
 */
public class Model extends NetworkLayer implements AutoCloseable {
  private volatile long seed = ThreadLocalRandom.current().nextLong() >>> 1;
  private volatile boolean seeded;
  private final List<String> inputNames;
  private final List<String> outputNames;
  private final ModelWeights weights;
  private volatile String device = "";
  private volatile Optional<Compiled> compiled = Optional.empty();
  private volatile @Nullable ModelRuntime runtime;
  private volatile boolean closed;

  /**
   * The description of a model; its layers are described by themselves.
   *
   * @param options name and trainability
   */
  public record Config(LayerOptions options) implements LayerConfig {}

  /** Creates a model of a network. */
  Model(LayerOptions options, Network network) {
    super(new Config(options), network);
    this.inputNames = names(network.inputs());
    this.outputNames = names(network.outputs());
    this.weights = new ModelWeights(network.weights());
    build(network.inputs().stream().map(SymbolicTensor::spec).toList());
  }

  /**
   * Returns a model with one input and one output.
   *
   * @throws IllegalArgumentException if the output depends on another input, or two layers have one
   *     name
   */
  public static Model of(Symbolic input, Symbolic output) {
    return of(List.of(input), List.of(output));
  }

  /**
   * Returns a model with several inputs or outputs. An input that a layer computes is replaced by a
   * new {@link Input}, and the layers behind it are shared.
   */
  public static Model of(List<? extends Symbolic> inputs, List<? extends Symbolic> outputs) {
    return of("", inputs, outputs);
  }

  /** Returns a model with a name of its own, as a layer of another model needs it. */
  public static Model of(
      String name, List<? extends Symbolic> inputs, List<? extends Symbolic> outputs) {
    return new Model(
        new LayerOptions(name, true, LayerOptions.DEFAULT.dtype()),
        new Network(symbolic(inputs), symbolic(outputs)));
  }

  private static List<SymbolicTensor> symbolic(List<? extends Symbolic> tensors) {
    return tensors.stream().map(Symbolic::symbolic).toList();
  }

  @Override
  public String className() {
    return "Functional";
  }

  // ---- what it is made of -----------------------------------------------------------------

  /** Returns the inputs. */
  public final List<SymbolicTensor> inputs() {
    return network().inputs();
  }

  /** Returns the outputs. */
  public final List<SymbolicTensor> outputs() {
    return network().outputs();
  }

  /** Returns the only input. */
  public final SymbolicTensor input() {
    Check.that(inputs().size() == 1, "the model has %d inputs; see inputs()", inputs().size());
    return inputs().get(0);
  }

  /** Returns the only output. */
  @Override
  public final SymbolicTensor output() {
    Check.that(outputs().size() == 1, "the model has %d outputs; see outputs()", outputs().size());
    return outputs().get(0);
  }

  /** Returns the names of the inputs, by which data is given. */
  public final List<String> inputNames() {
    return inputNames;
  }

  /** Returns the names of the outputs, by which targets are given and predictions returned. */
  public final List<String> outputNames() {
    return outputNames;
  }

  /** Returns layer names; of a layer with several of the tensors, each but the first numbered. */
  private List<String> names(List<SymbolicTensor> tensors) {
    List<String> names = new ArrayList<>();
    for (SymbolicTensor t : tensors) {
      String base = network().name(t.node().layer());
      String name = base;
      for (int i = 1; names.contains(name); i++) {
        name = base + "_" + i;
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /** Returns the layers, inputs and operations included, in Keras's order. */
  public final List<Layer> layers() {
    return network().layers();
  }

  /**
   * Returns a layer by name.
   *
   * @throws IllegalArgumentException if there is none; the text lists the names
   */
  public final Layer layer(String name) {
    return network().layer(name);
  }

  /** Returns the number of elements of all weights. */
  public final long parameterCount() {
    return weights().stream().mapToLong(v -> v.shape().size()).sum();
  }

  /** Freezes the layers whose name begins with a prefix, in models compiled from now on. */
  public final void freeze(String prefix) {
    named(prefix).forEach(Layer::freeze);
  }

  /** Unfreezes the layers whose name begins with a prefix, in models compiled from now on. */
  public final void unfreeze(String prefix) {
    named(prefix).forEach(Layer::unfreeze);
  }

  private List<Layer> named(String prefix) {
    List<Layer> found =
        layers().stream().filter(l -> network().name(l).startsWith(prefix)).toList();
    Check.that(!found.isEmpty(), "prefix: no layer's name begins with \"%s\"", prefix);
    return found;
  }

  /**
   * Returns the description in Keras's JSON, without weights.
   *
   * @throws dev.ibex.core.ConfigException if a layer, or something set in one, has no form in
   *     files; the text says where and what to write
   */
  public final String toJson() {
    return ModelCodec.get().toJson(this);
  }

  /** Hands a table of the layers, their output shapes and weights to a printer, line by line. */
  public final void summary(Consumer<String> printer) {
    Summary.of(this).forEach(printer);
  }

  // ---- weights ----------------------------------------------------------------------------

  /** Returns copies of all weights by path, such as {@code encoder/dense/kernel}. */
  public final Map<String, Array> getWeights() {
    return modelWeights().values();
  }

  /** Returns the weights, their first values bound to the seed. */
  final ModelWeights modelWeights() {
    weights.seed(seed);
    return weights;
  }

  /**
   * Returns a weight by path.
   *
   * @throws IllegalArgumentException if there is none; the text lists the paths
   */
  public final Variable weight(String path) {
    return modelWeights().get(path);
  }

  /**
   * Stores weights by path; the others stay as they are.
   *
   * @throws IllegalArgumentException if a path is unknown or a shape differs; then none is stored
   */
  public final void setWeights(Map<String, Array> values) {
    weights.assign(values);
  }

  /**
   * Writes all weights, and the optimizer's state if the model is compiled: as Keras does into a
   * file {@code *.weights.h5}, or in pieces beside a file {@code *.weights.json}; else as a
   * TensorFlow checkpoint into a directory. What was there is replaced in one step.
   */
  public final void saveWeights(Path path) {
    Optional<WeightsFormat> format = Formats.weightsToWrite(path);
    ModelWeights own = modelWeights();
    format.ifPresentOrElse(f -> f.write(this, path), () -> own.save(path));
  }

  /**
   * Writes all weights as {@link #saveWeights(Path)} does, in several files beside a file {@code
   * *.weights.json}.
   *
   * @param maxShardBytes how many bytes the weights of one file may take; 5 GiB where this is not
   *     given
   * @throws IllegalArgumentException if the path has another name, or if one weight takes more
   */
  public final void saveWeights(Path path, long maxShardBytes) {
    WeightsFormat format =
        Formats.weightsToWrite(path)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "path: weights in several files are named *.weights.json, got " + path));
    modelWeights();
    format.write(this, path, maxShardBytes);
  }

  /**
   * Reads all weights from a file of Keras or a directory that {@link #saveWeights} wrote; with
   * them the optimizer's state, if the model is compiled and the file has that of the same
   * optimizer. Floats of another length than the model's are rounded, as Keras does; integers must
   * fit.
   *
   * @return what was stored; only a state of another optimizer is left out
   * @throws ModelFormatException if a file is damaged, or of another model; the text lists the
   *     weights of both; then none is stored
   * @throws IllegalArgumentException the same, of a directory; or if there is no such file
   * @throws IllegalStateException beside a training or prediction of another thread
   */
  public final WeightReport loadWeights(Path path) {
    return loadWeights(path, WeightOptions.DEFAULT);
  }

  /**
   * Reads weights from a file of Keras. Those of the optimizer come along by order alone.
   *
   * @param options how weights find their places, and what becomes of those that do not fit; a
   *     directory with a TensorFlow checkpoint takes the default alone
   * @return what was stored and what was not
   * @throws ModelFormatException if a file is damaged, or does not fit and the options do not allow
   *     that; then none is stored
   * @throws IllegalArgumentException if there is no such file, or the options do not suit it
   * @throws IllegalStateException beside a training or prediction of another thread
   */
  public final WeightReport loadWeights(Path path, WeightOptions options) {
    Optional<WeightsFormat> format = Formats.weightsToRead(path);
    ModelWeights own = modelWeights();
    if (format.isPresent()) {
      return format.get().read(this, path, options);
    }
    Check.that(
        options.equals(WeightOptions.DEFAULT),
        "options: a TensorFlow checkpoint is read whole, without %s",
        options);
    own.load(path);
    return new WeightReport(
        List.copyOf(own.byPath().keySet()),
        isCompiled() ? List.of("optimizer: a checkpoint has no state of it") : List.of());
  }

  /**
   * Writes the whole model, with its compilation and the optimizer's state if it is compiled: as
   * Keras 3 does into a file {@code *.keras}, or as Keras 2 did into {@code *.h5}. A file that is
   * there is replaced in one step.
   *
   * @throws dev.ibex.core.ConfigException if a part has no form in files, such as a lambda; the
   *     text says where and what to write
   * @throws IllegalArgumentException if no format has such names
   * @throws java.io.UncheckedIOException if the file cannot be written; then what was there still
   *     is
   */
  public final void save(Path path) {
    save(path, SaveOptions.DEFAULT);
  }

  /**
   * Writes the whole model.
   *
   * @throws dev.ibex.core.ConfigException if a part has no form in files
   * @throws IllegalArgumentException if no format has such names, or a file is there that must not
   *     be replaced
   * @throws java.io.UncheckedIOException if the file cannot be written; then what was there still
   *     is
   */
  public final void save(Path path, SaveOptions options) {
    ModelFormat format = Formats.toWrite(path);
    Check.that(
        options.overwrite() || !Files.exists(path),
        "path: %s is there already; save elsewhere, or with overwrite(true)",
        path);
    modelWeights();
    format.write(this, path, options);
  }

  // ---- settings ---------------------------------------------------------------------------

  /** Returns what random numbers of this model are drawn from. */
  public final long seed() {
    return seed;
  }

  /**
   * Sets the seed: of first weights that are not drawn yet, of dropout and of the order of samples.
   * Two models of one seed, machine and thread count do the same; without it each model draws its
   * own.
   *
   * @return this model
   */
  public Model seed(long value) {
    if (value != seed) {
      // functions hold the seed of their random numbers
      dissolve("the seed cannot be set");
    }
    seed = value;
    seeded = true;
    return this;
  }

  /** Returns whether the seed was set and not drawn. */
  final boolean seeded() {
    return seeded;
  }

  /** Takes over the seed of a training that goes on; its functions are emitted for it anew. */
  final void resumeSeed(long value) {
    seed = value;
  }

  /**
   * Puts the model on a device from the next call on.
   *
   * @param name a TensorFlow device string such as {@code GPU:0}; the default leaves the choice to
   *     TensorFlow
   * @return this model
   * @throws IllegalArgumentException if there is none of that name; the text lists those there are
   */
  public Model device(String name) {
    Devices.find(name);
    device = name;
    return this;
  }

  /** Returns the device asked for; empty if none is. */
  final String device() {
    return device;
  }

  // ---- training ---------------------------------------------------------------------------

  /**
   * Sets what to learn, for every output alike. What is frozen is read now.
   *
   * @throws IllegalStateException beside a call from another thread
   */
  public final void compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    compile(Compile.with(optimizer).loss(loss).metrics(metrics));
  }

  /** Sets what to learn for each output. What is frozen is read now. */
  public final void compile(Compile compile) {
    open();
    Compiled next = new Compiled(this, compile, compiled);
    dissolve("compile cannot be called");
    compiled = Optional.of(next);
  }

  /** Lets go of the session that this model runs in; the next use opens another. */
  private void dissolve(String what) {
    ModelRuntime.dissolveAll(weights.variables(), Optional.ofNullable(runtime), what);
  }

  /** Returns the compilation; refuses a model without. */
  final Compiled compiled() {
    return compiled.orElseThrow(
        () ->
            new IllegalStateException(
                label() + " is not compiled; call compile(optimizer, loss, metrics) first"));
  }

  /**
   * Returns the optimizer's state in the order of Keras's files: the number of steps, the learning
   * rate, then for each trained weight its slots.
   *
   * @throws IllegalStateException before compile
   */
  public final List<Variable> optimizerVariables() {
    return compiled().optimizer().variables();
  }

  /** Returns how the model was compiled; empty if it was not. */
  public final Optional<Compile> compilation() {
    return compiled.map(Compiled::compile);
  }

  /**
   * Returns whether the loss is scaled, because the optimizer does so or a layer computes in
   * mixed_float16.
   *
   * @throws IllegalStateException before compile
   */
  public final boolean scalesLoss() {
    return compiled().optimizer().scaling().isPresent();
  }

  /** Returns whether the model is compiled. */
  public final boolean isCompiled() {
    return compiled.isPresent();
  }

  /**
   * Trains. Weights that are drawn, the order of samples and dropout follow from {@link
   * #seed(long)}.
   *
   * @return loss and metrics by epoch
   * @throws IllegalStateException before compile, after close, or beside another fit
   * @throws IllegalArgumentException if the data does not fit the model
   */
  public final History fit(Data data, Fit fit) {
    return exclusively("fit", trainer -> trainer.fit(data, fit));
  }

  /** Runs what only one thread may do at a time. */
  private <R> R exclusively(String what, Function<Trainer, R> work) {
    Compiled c = compiled();
    ModelRuntime r = acquire(c.optimizer().variables());
    return r.exclusively(what, () -> work.apply(new Trainer(new ModelLearner(this, c, r))));
  }

  /** Returns loss and metrics of data by key, in batches of 32. */
  public final Scores evaluate(Data data) {
    return evaluate(data, 32);
  }

  /**
   * Returns loss and metrics of data by key.
   *
   * @throws IllegalStateException before compile, after close, or beside a fit
   */
  public final Scores evaluate(Data data, int batchSize) {
    Check.positive("batchSize", batchSize);
    return exclusively("evaluate", trainer -> new Scores(trainer.evaluate(data, batchSize)));
  }

  /**
   * Does one training step with one batch.
   *
   * @return loss and metrics of this batch alone
   * @throws IllegalStateException as {@link #fit}
   * @throws IllegalArgumentException if the data does not fit the model or is a stream
   */
  public final Scores trainOnBatch(Data batch) {
    return trainOnBatch(batch, Map.of());
  }

  /**
   * Does one training step with one batch.
   *
   * @param classWeights as {@link Fit#classWeights}
   * @return loss and metrics of this batch alone
   */
  public final Scores trainOnBatch(Data batch, Map<Integer, Double> classWeights) {
    return onBatch("trainOnBatch", true, batch, classWeights);
  }

  /**
   * Returns loss and metrics of one batch.
   *
   * @throws IllegalStateException before compile, after close, or beside a fit
   */
  public final Scores testOnBatch(Data batch) {
    return onBatch("testOnBatch", false, batch, Map.of());
  }

  private Scores onBatch(
      String what, boolean training, Data batch, Map<Integer, Double> classWeights) {
    one(what, batch);
    return exclusively(what, t -> new Scores(t.onBatch(training, batch, classWeights)));
  }

  private static void one(String what, Data batch) {
    Check.that(
        batch.stream().isEmpty(), "%s: expected the arrays of one batch, got a stream", what);
  }

  // ---- prediction -------------------------------------------------------------------------

  /** Returns the outputs for vectors. */
  public final Prediction predict(float[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for sequences. */
  public final Prediction predict(float[][][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for images {@code [sample][height][width][channel]}. */
  public final Prediction predict(float[][][][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for vectors, rounded to float32. */
  public final Prediction predict(double[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for sequences of ids. */
  public final Prediction predict(int[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for samples. */
  public final Prediction predict(Array x) {
    return predict(Data.of(x));
  }

  /** Returns the outputs for samples, in batches of 32. */
  public final Prediction predict(Data data) {
    return predict(data, 32);
  }

  /**
   * Returns the outputs for samples.
   *
   * @param batchSize how many are computed at once; changes the memory used, not the result
   */
  public final Prediction predict(Data data, int batchSize) {
    Check.positive("batchSize", batchSize);
    ModelRuntime r = acquire(List.of());
    try {
      return Predictor.of(this, r).predict(data, batchSize);
    } finally {
      r.release();
    }
  }

  /** Returns the outputs for the vectors of one batch. */
  public final Prediction predictOnBatch(float[][] x) {
    return predictOnBatch(Data.of(Array.of(x)));
  }

  /** Returns the outputs for the samples of one batch, computed at once. */
  public final Prediction predictOnBatch(Data batch) {
    one("predictOnBatch", batch);
    return predict(batch, Integer.MAX_VALUE);
  }

  // ---- life time --------------------------------------------------------------------------

  /** Refuses a closed model. */
  final void open() {
    if (closed) {
      throw new IllegalStateException(label() + " is closed; make another model of its layers");
    }
  }

  /** Returns the runtime of this model's weights and more, with its read lock held. */
  private ModelRuntime acquire(List<Variable> more) {
    open();
    ModelRuntime known = runtime;
    if (known != null && known.tryAcquire(device)) {
      known.adopt(more);
      return known;
    }
    List<Variable> needed = new ArrayList<>(modelWeights().variables());
    needed.addAll(more);
    ModelRuntime found = ModelRuntime.acquire(List.of(this), device, needed);
    runtime = found;
    if (closed) {
      // closed by another thread meanwhile
      found.release();
      close();
      open();
    }
    return found;
  }

  /** Returns the number of nodes of the graph this model runs in; 0 before the first use. */
  public final int graphSize() {
    ModelRuntime r = runtime;
    return r == null || r.dissolved() ? 0 : r.session().size();
  }

  /**
   * Ends the use of this model; waits for running calls. The last model of those that share layers
   * frees the session. The layers keep their weights.
   *
   * @throws IllegalStateException inside a call of this model, such as in a callback
   */
  @Override
  public final void close() {
    boolean before = closed;
    closed = true;
    ModelRuntime r = runtime;
    if (r != null) {
      try {
        r.leave(this);
      } catch (IllegalStateException e) {
        closed = before;
        throw e;
      }
      runtime = null;
    }
  }
}
