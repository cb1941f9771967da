package dev.ibex.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;

/**
 * A function of tensors as a node of a functional model: what {@code x * 2 + 1} and computed masks
 * become, in Keras's files as here.
 *
 * <p>Made by the methods of {@link Symbolic}, by {@link Operations} and by {@link #call}; has no
 * weights.
 */
public final class Operation extends Layer {
  private final OperationType type;
  private final Map<String, Argument> arguments;
  private final List<SymbolicTensor> inputs;

  /**
   * The description of an operation.
   *
   * @param options its name
   * @param module the module in Keras's files
   * @param className the class there
   * @param settings what the class is created with, such as {@code axis}
   */
  public record Config(
      LayerOptions options, String module, String className, Map<String, Argument> settings)
      implements LayerConfig {}

  private Operation(
      Config config,
      OperationType type,
      Map<String, Argument> arguments,
      List<SymbolicTensor> inputs) {
    super(config, c -> refuse());
    this.type = type;
    this.arguments = arguments;
    this.inputs = inputs;
  }

  private static Operation refuse() {
    throw new IllegalStateException("an operation belongs to one call and cannot be copied");
  }

  /** As {@link #all}, of an operation with one output. */
  static SymbolicTensor of(String className, @Nullable Object... values) {
    return all(className, values).get(0);
  }

  /**
   * Adds an operation to the model being described.
   *
   * @param values a value for each parameter, inputs first, then settings; defaults may be left out
   */
  static List<SymbolicTensor> all(String className, @Nullable Object... values) {
    OperationType type = type(className);
    List<Argument> positional = new ArrayList<>();
    Map<String, Argument> settings = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      Argument value = Argument.from(values[i]);
      int setting = i - type.inputs().size();
      if (setting >= 0) {
        settings.put(type.settings().get(setting).name(), value);
      } else if (type.inputs().get(i).rest()) {
        positional.addAll(((Argument.Items) value).items());
      } else {
        positional.add(value);
      }
    }
    return callAll(
        new Config(LayerOptions.DEFAULT, type.module(), className, settings),
        new Arguments(positional, Map.of()));
  }

  private static OperationType type(String className) {
    return OperationTable.get()
        .find(className)
        .orElseThrow(() -> new IllegalArgumentException("there is no operation " + className));
  }

  /** Returns the module of the operations of a class; empty if there are none. */
  public static Optional<String> module(String className) {
    return OperationTable.get().find(className).map(OperationType::module);
  }

  /** Returns whether operations of that module and class exist. */
  public static boolean known(String module, String className) {
    return module(className).filter(module::equals).isPresent();
  }

  /**
   * Adds an operation with one output to the model being described.
   *
   * @throws IllegalArgumentException as {@link #callAll} does, and if it has several outputs
   */
  public static SymbolicTensor call(Config config, Arguments arguments) {
    List<SymbolicTensor> outputs = callAll(config, arguments);
    Check.that(
        outputs.size() == 1,
        "Operation %s has %d outputs; take them from callAll(...)",
        config.className(),
        outputs.size());
    return outputs.get(0);
  }

  /**
   * Adds an operation to the model being described and returns all outputs.
   *
   * @param config which operation, with what settings
   * @param arguments what the call takes, by position or by name
   * @throws IllegalArgumentException if there is no such operation, or an argument or a setting is
   *     unknown, missing, of another kind or out of range; the text begins with the operation
   * @throws ShapeException if the tensors do not fit
   */
  public static List<SymbolicTensor> callAll(Config config, Arguments arguments) {
    Check.that(
        known(config.module(), config.className()),
        "there is no operation %s.%s",
        config.module(),
        config.className());
    OperationType type = type(config.className());
    Map<String, Argument> byName = bound(type, config, arguments);
    List<SymbolicTensor> inputs = byName.values().stream().flatMap(Argument::tensors).toList();
    Operation operation = new Operation(config, type, byName, inputs);
    Arguments tensors = new Arguments(inputs.stream().map(Argument::of).toList(), Map.of());
    return operation.applyAll(tensors);
  }

  private static Map<String, Argument> bound(
      OperationType type, Config config, Arguments arguments) {
    try {
      return OperationArguments.bind(type, config.settings(), arguments);
    } catch (IllegalArgumentException e) {
      throw refused(type, e);
    }
  }

  private static IllegalArgumentException refused(OperationType type, IllegalArgumentException e) {
    String text = "Operation " + type.className() + " " + CallSite.text() + ": " + e.getMessage();
    return e instanceof ShapeException
        ? new ShapeException(text)
        : new IllegalArgumentException(text, e);
  }

  /** Returns this operation on other tensors of the same specs. */
  Operation map(UnaryOperator<SymbolicTensor> tensors) {
    Map<String, Argument> others = new LinkedHashMap<>();
    arguments.forEach((name, a) -> others.put(name, a.map(tensors)));
    return new Operation((Config) config(), type, others, inputs.stream().map(tensors).toList());
  }

  /** Returns what the call took, in order, defaults included. */
  public List<Argument> inputs() {
    List<Argument> all = new ArrayList<>();
    for (OperationType.Parameter p : type.inputs()) {
      Argument value = Objects.requireNonNull(arguments.get(p.name()));
      if (p.rest()) {
        all.addAll(((Argument.Items) value).items());
      } else {
        all.add(value);
      }
    }
    return all;
  }

  /** Returns the settings, by name, defaults included. */
  public Map<String, Argument> settings() {
    Map<String, Argument> all = new LinkedHashMap<>();
    type.settings()
        .forEach(p -> all.put(p.name(), Objects.requireNonNull(arguments.get(p.name()))));
    return all;
  }

  @Override
  public String className() {
    return type.className();
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> specs) {
    try {
      Check.that(!specs.isEmpty(), "expected a tensor among the arguments, got none");
      List<TensorSpec> outputs =
          type.rule()
              .infer(new OperationCall(arguments, inputs, specs, Optional.empty(), List.of()));
      outputs.forEach(s -> s.dtype().type());
      return outputs;
    } catch (IllegalArgumentException e) {
      throw refused(type, e);
    }
  }

  @Override
  protected List<? extends Operand<?>> call(Call call) {
    return type.emitter()
        .emit(
            new OperationCall(
                arguments, inputs, call.specs(), Optional.of(call.tf()), call.inputs()));
  }
}
