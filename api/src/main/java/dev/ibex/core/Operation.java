package dev.ibex.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;

/**
 * A function of tensors as a node of a functional model: what {@code x * 2 + 1} and computed masks
 * become, in Keras's files as here.
 *
 * <p>Made by the methods of {@link SymbolicTensor} and by {@link #call}; has no weights.
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

  static SymbolicTensor of(String className, Argument... positional) {
    OperationType type = Operations.byClass(className);
    return call(
        new Config(LayerOptions.DEFAULT, type.module(), className, Map.of()),
        new Arguments(List.of(positional), Map.of()));
  }

  static SymbolicTensor of(
      String className, List<Argument> positional, String setting, Argument value) {
    OperationType type = Operations.byClass(className);
    return call(
        new Config(LayerOptions.DEFAULT, type.module(), className, Map.of(setting, value)),
        new Arguments(positional, Map.of()));
  }

  /** Returns the module of the operations of a class; empty if there are none. */
  public static Optional<String> module(String className) {
    return Operations.find(className).map(OperationType::module);
  }

  /** Returns whether operations of that module and class exist. */
  public static boolean known(String module, String className) {
    return Operations.find(module, className).isPresent();
  }

  /**
   * Adds an operation to the model being described.
   *
   * @param config which operation, with what settings
   * @param arguments tensors, numbers and lists, by position or by name
   * @throws IllegalArgumentException if there is no such operation
   * @throws ShapeException if the tensors do not fit
   */
  public static SymbolicTensor call(Config config, Arguments arguments) {
    OperationType type =
        Operations.find(config.module(), config.className())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no operation " + config.module() + "." + config.className()));
    Map<String, Argument> byName = new LinkedHashMap<>(config.settings());
    for (int i = 0; i < arguments.positional().size(); i++) {
      Check.that(
          i < type.parameters().size(),
          "%s: takes %d arguments, got %d",
          config.className(),
          type.parameters().size(),
          arguments.positional().size());
      byName.put(type.parameters().get(i), arguments.positional().get(i));
    }
    byName.putAll(arguments.named());
    List<SymbolicTensor> inputs = byName.values().stream().flatMap(Argument::tensors).toList();
    Operation operation = new Operation(config, type, byName, inputs);
    Arguments tensors = new Arguments(inputs.stream().map(Argument::of).toList(), Map.of());
    return operation.applyAll(tensors).get(0);
  }

  /** Returns this operation on other tensors of the same specs. */
  Operation map(UnaryOperator<SymbolicTensor> tensors) {
    Map<String, Argument> others = new LinkedHashMap<>();
    arguments.forEach((name, a) -> others.put(name, a.map(tensors)));
    return new Operation((Config) config(), type, others, inputs.stream().map(tensors).toList());
  }

  /** Returns the names of the arguments that a call takes, in order. */
  public List<String> parameters() {
    return type.parameters();
  }

  /** Returns the arguments of the call and the settings, by name. */
  public Map<String, Argument> arguments() {
    return arguments;
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
    return List.of(
        type.rule()
            .infer(new OperationCall(arguments, inputs, specs, Optional.empty(), List.of())));
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    List<TensorSpec> specs = inputs.stream().map(SymbolicTensor::spec).toList();
    return List.of(
        type.emitter()
            .emit(
                new OperationCall(
                    arguments, inputs, specs, Optional.of(call.tf()), call.inputs())));
  }
}
