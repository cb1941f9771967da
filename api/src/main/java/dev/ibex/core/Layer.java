package dev.ibex.core;

import dev.ibex.graph.DType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

/**
 * A function of tensors with weights. The object is what shares: applied twice, its weights are
 * used twice, also in different models.
 *
 * <p>To write your own, extend {@link UnaryLayer} (one tensor in, one out) or {@link MergeLayer}
 * (several in, one out) and give it
 *
 * <ol>
 *   <li>{@code weights}: what variables it has, in a fixed order;
 *   <li>{@code call}: the TensorFlow ops;
 *   <li>{@code outputShape}, where it differs from the input's;
 *   <li>a {@link LayerConfig} record, if whole models that hold it are to be saved.
 * </ol>
 *
 * <p>The base class does the rest: types and casts, masks, names, sharing, freezing, errors. Layers
 * hold no native memory. Describing models with a layer is for one thread; its weights' values may
 * be read by any.
 */
public abstract class Layer {
  private final LayerConfig config;
  private final Optional<Function<LayerConfig, Layer>> copy;
  private boolean trainable;
  private String name;
  private boolean used;
  private List<TensorSpec> builtFor = List.of();
  private List<Variable> variables = List.of();
  private final List<Node> nodes = new ArrayList<>();

  /** What a layer without a {@link LayerConfig} of its own has. */
  private record Plain(LayerOptions options) implements LayerConfig {}

  /** Creates a layer without a config: it trains, but models that hold it cannot be saved whole. */
  protected Layer() {
    this(new Plain(LayerOptions.DEFAULT), Optional.empty());
  }

  /**
   * Creates a layer that is described by a config.
   *
   * @param config the layer's record
   * @param copy creates the layer of another record, such as {@code Dense::new}
   */
  @SuppressWarnings("unchecked")
  protected <C extends LayerConfig> Layer(C config, Function<C, ? extends Layer> copy) {
    this(config, Optional.of((Function<LayerConfig, Layer>) (Function<?, ?>) copy));
  }

  private Layer(LayerConfig config, Optional<Function<LayerConfig, Layer>> copy) {
    this.config = config;
    this.copy = copy;
    this.trainable = config.options().trainable();
    this.name = config.options().name();
  }

  // ---- what a layer defines ---------------------------------------------------------------

  /** Declares the variables for the given inputs; the order is file format. Default: none. */
  protected List<WeightSpec> weights(List<TensorSpec> inputs) {
    return List.of();
  }

  /**
   * Returns weights of layers inside this one that count among its own, too, before them, in files
   * as well; none by default. Asked for when the layers inside are built.
   */
  protected List<Variable> sharedWeights() {
    return List.of();
  }

  /**
   * Returns the outputs' specs for the given inputs, whose floating types are the compute type.
   *
   * @throws ShapeException if an input does not fit
   */
  protected abstract List<TensorSpec> outputs(List<TensorSpec> inputs);

  /** Emits the layer's ops. */
  protected abstract List<? extends Operand<?>> call(Call call);

  /** Returns whether the layer reads its inputs' masks, and takes an argument {@code mask}. */
  protected boolean usesMask() {
    return false;
  }

  /**
   * Returns whether the mask of the first input is that of the outputs, as where the steps stay in
   * place; default false.
   */
  protected boolean passesMask() {
    return false;
  }

  /** Returns the mask of the outputs; by default the first input's if it passes on, else none. */
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return passesMask() ? call.values().get(0).mask() : Optional.empty();
  }

  /** Returns the type the layer computes in when the policy says {@code compute}. */
  protected DType internalDType(DType compute) {
    return compute;
  }

  /**
   * Returns the penalty on each output; none by default. Divided by the batch's size, it is added
   * to the loss.
   */
  protected Regularizer activityRegularizer() {
    return Regularizer.NONE;
  }

  /** Returns the names of the tensor arguments it takes beside its inputs and {@code mask}. */
  protected Set<String> argumentNames() {
    return Set.of();
  }

  /**
   * Returns the arguments it takes that are no tensors, such as {@code reverse}: by name, whether
   * that is a {@link Boolean}, a {@link String} or a {@link Number}.
   */
  protected Map<String, Class<?>> settingTypes() {
    return Map.of();
  }

  /** As {@link #outputs(List)}, for a call with arguments that are no tensors. */
  protected List<TensorSpec> outputs(List<TensorSpec> inputs, Map<String, Object> settings) {
    return outputs(inputs);
  }

  /**
   * Returns whether what comes out for a sample may depend on other samples of the batch, or on
   * calls before. A wrapper calls such a layer once for each step instead of once for all. By
   * default true for a layer with state.
   *
   * @param training whether the graph trains
   */
  protected boolean mixesSamples(boolean training) {
    return variables.stream().anyMatch(v -> !v.spec().trainable());
  }

  /**
   * Checks that a loss has the derivatives that training needs. By default all layers have them:
   * one that lacks an op's is found when the step is emitted.
   *
   * @param weights whether weights of this layer train
   * @param inputs whether something trains that the inputs depend on
   * @throws IllegalArgumentException if one is missing; the text says what to do
   */
  public void checkDerivatives(boolean weights, boolean inputs) {
    // an op's own derivative is looked for where it is emitted
  }

  /**
   * Returns the files that belong to the layer beside its weights, by name, such as {@code
   * vocabulary.txt}; none by default. The names are without directories.
   */
  public Map<String, byte[]> assets() {
    return Map.of();
  }

  /**
   * Takes the files that {@link #assets} gave when the model was saved. A layer that has files by
   * then gets none where there are none.
   *
   * @throws IllegalArgumentException if they are not those the layer needs; by default always
   */
  public void loadAssets(Map<String, byte[]> files) {
    throw new IllegalArgumentException(
        label() + " takes no files, but there are " + new TreeSet<>(files.keySet()) + " for it");
  }

  /** Returns the layers inside this one, in the order of files. */
  public List<Layer> children() {
    return List.of();
  }

  /** Returns the name of a layer inside this one; by default its own. */
  protected String childName(Layer child) {
    return child.name();
  }

  /** Returns the name of a layer inside this one, as paths of weights have it. */
  public final String nameOf(Layer child) {
    return childName(child);
  }

  /** Returns whether the mask of the first input goes on with the outputs. */
  public final boolean keepsMask() {
    return passesMask();
  }

  /** Returns whether a call may name that argument. */
  public final boolean takes(String argument) {
    return argumentNames().contains(argument) || (usesMask() && argument.equals("mask"));
  }

  /**
   * Checks an argument that a call names; Python's None stands for none.
   *
   * @throws IllegalArgumentException if the layer takes none of that name, or another kind
   */
  public final void checkArgument(String name, Argument argument) {
    NamedArguments.check(this, name, argument);
  }

  // ---- what a layer is --------------------------------------------------------------------

  /** Returns the description; its name and trainability are those the layer started with. */
  public LayerConfig config() {
    return config;
  }

  /** Returns the description as it was given: {@link #config} may have more filled in from it. */
  public final LayerConfig givenConfig() {
    return config;
  }

  /** Returns whether the layer is described by a record, so that models with it can be saved. */
  public final boolean configured() {
    return copy.isPresent();
  }

  /** Returns a new, unused layer of another config. */
  public final Layer copyOf(LayerConfig other) {
    return copy.orElseThrow(() -> new IllegalStateException(label() + " has no config record"))
        .apply(other);
  }

  /**
   * Returns a new, unused layer that differs in one component of the config.
   *
   * @throws IllegalStateException if this layer is in use: a copy would not share its weights
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  protected final <L extends Layer> L with(String component, Object value) {
    if (used) {
      throw new IllegalStateException(
          component
              + ": "
              + label()
              + " is in use already, and an option makes a new layer with weights of its own; set"
              + " its options before it is applied");
    }
    Record changed = Records.with((Record) config, component, value);
    if (!component.equals("options") && trainable != config.options().trainable()) {
      changed = Records.with(changed, "options", options());
    }
    return (L) copyOf((LayerConfig) changed);
  }

  /** Returns the options as they are now: freezing may have changed what the layer started with. */
  final LayerOptions options() {
    LayerOptions first = config.options();
    return new LayerOptions(first.name(), trainable, first.dtype());
  }

  /** Returns the name: given, or chosen by the first model that holds it; empty before that. */
  public final String name() {
    return name;
  }

  /** Sets the name that a model chose, where none was given. */
  final void assignName(String chosen) {
    if (name.isEmpty()) {
      name = chosen;
    }
  }

  /** Returns the class name in Keras's files. */
  public String className() {
    String own = getClass().getSimpleName();
    return own.isEmpty() ? getClass().getSuperclass().getSimpleName() : own;
  }

  /** Returns how error texts name the layer: {@code "dense" (Dense)}, or {@code Dense(64)}. */
  public final String label() {
    if (!name.isEmpty()) {
      return "\"" + name + "\" (" + className() + ")";
    }
    RecordComponent[] parts = config.getClass().getRecordComponents();
    if (parts != null && configured()) {
      for (RecordComponent part : parts) {
        if (part.getType() == int.class || part.getType() == double.class) {
          return className() + "(" + Records.get((Record) config, part) + ")";
        }
      }
    }
    return className();
  }

  /** Returns the policy of element types. */
  public final DTypePolicy dtype() {
    return config.options().dtype();
  }

  /** Returns whether the weights train; read when a model is compiled. */
  public boolean trainable() {
    return trainable;
  }

  /** Keeps the weights, and those of layers inside, as they are in models compiled from now on. */
  public void freeze() {
    setTrainable(false);
  }

  /** Lets the weights, and those of layers inside, train in models compiled from now on. */
  public void unfreeze() {
    setTrainable(true);
  }

  private void setTrainable(boolean on) {
    trainable = on;
    children().forEach(c -> c.setTrainable(on));
  }

  /**
   * Returns the variables of this layer without those inside, but for {@link #sharedWeights}, in
   * declaration order; empty before it is built.
   */
  public final List<Variable> ownWeights() {
    return variables;
  }

  /** Returns the variables of this layer and the layers inside it, each once, in file order. */
  public final List<Variable> weights() {
    Set<Variable> all = new LinkedHashSet<>();
    collect(all);
    return List.copyOf(all);
  }

  private void collect(Set<Variable> all) {
    all.addAll(variables);
    children().forEach(c -> c.collect(all));
  }

  // ---- describing -------------------------------------------------------------------------

  /**
   * Adds a call of this layer to the model being described.
   *
   * @return the output
   * @throws ShapeException if an input does not fit; the text names this layer
   * @throws IllegalStateException if the layer has several outputs; see {@link #applyAll}
   */
  public final SymbolicTensor apply(Symbolic... inputs) {
    return apply(Arguments.of(inputs));
  }

  /** As {@link #apply(Symbolic...)}, with named arguments. */
  public final SymbolicTensor apply(Arguments arguments) {
    List<SymbolicTensor> outputs = applyAll(arguments);
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          label() + " has " + outputs.size() + " outputs; take them from applyAll(...)");
    }
    return outputs.get(0);
  }

  /**
   * Adds a call of this layer to the model being described and returns all outputs.
   *
   * @throws IllegalArgumentException if it takes no argument of a name, or another kind
   */
  public final List<SymbolicTensor> applyAll(Arguments arguments) {
    arguments.named().forEach(this::checkArgument);
    Node node = new Node(this, arguments, build(specs(arguments), arguments.settings()));
    nodes.add(node);
    return node.outputs();
  }

  /**
   * Returns the output of the layer's only call.
   *
   * @throws IllegalStateException unless the layer was applied once and has one output
   */
  public SymbolicTensor output() {
    if (nodes.size() != 1 || nodes.get(0).outputs().size() != 1) {
      throw new IllegalStateException(
          label()
              + " was applied "
              + nodes.size()
              + " times, so it has no one output; keep the tensor that apply returned");
    }
    return nodes.get(0).outputs().get(0);
  }

  private static List<TensorSpec> specs(Arguments arguments) {
    return arguments.inputs().stream().map(SymbolicTensor::spec).toList();
  }

  /**
   * Creates the variables for inputs of the given specs, unless they exist, and returns the
   * outputs' specs.
   *
   * @throws ShapeException if an input does not fit, or the weights that exist do not
   */
  public final List<TensorSpec> build(List<TensorSpec> inputs) {
    return build(inputs, Map.of());
  }

  final List<TensorSpec> build(List<TensorSpec> inputs, Map<String, Object> settings) {
    try {
      List<TensorSpec> cast = inputs.stream().map(this::autocast).toList();
      List<TensorSpec> outputs = outputs(cast, settings);
      List<WeightSpec> specs = weights(cast);
      if (used) {
        checkSame(specs, inputs);
      } else {
        List<Variable> created = new ArrayList<>(sharedWeights());
        for (WeightSpec spec : specs) {
          DType type = spec.dtype().orElse(dtype().variableDType());
          created.add(new Variable(spec, type, Optional.of(this)));
        }
        variables = List.copyOf(created);
        builtFor = inputs;
        used = true;
      }
      return outputs;
    } catch (ShapeException e) {
      String text = String.valueOf(e.getMessage());
      throw text.startsWith("Layer ") || text.startsWith("Operation ")
          ? e
          : new ShapeException("Layer " + label() + " " + CallSite.text() + ": " + e.getMessage());
    }
  }

  private void checkSame(List<WeightSpec> specs, List<TensorSpec> inputs) {
    List<Variable> created = variables.subList(sharedWeights().size(), variables.size());
    for (int i = 0; i < created.size(); i++) {
      Variable v = created.get(i);
      if (i >= specs.size() || !specs.get(i).shape().equals(v.shape())) {
        throw new ShapeException(
            "it was built for "
                + text(builtFor)
                + " with \""
                + v.name()
                + "\" of shape "
                + TensorSpec.text(v.shape())
                + ", which does not fit "
                + text(inputs)
                + "; apply it to inputs of one shape, or make another layer");
      }
    }
  }

  static String text(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
  }

  /** Returns the spec after the cast to the compute type, which floating inputs get. */
  TensorSpec autocast(TensorSpec spec) {
    return spec.dtype().isFloating() && autocasts() ? spec.withDType(dtype().computeDType()) : spec;
  }

  /**
   * Returns whether floating inputs are cast to the compute type; default true. False suits a layer
   * whose inputs are numbers of things, which half a precision would change.
   */
  protected boolean autocasts() {
    return true;
  }

  /** Returns a class name in snake case, as Keras names layers: {@code max_pooling2d}. */
  public static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Returns this layer and all layers inside it, outer ones first. */
  public final Stream<Layer> flatten() {
    return Stream.concat(Stream.of(this), children().stream().flatMap(Layer::flatten));
  }

  @Override
  public String toString() {
    return label();
  }
}
