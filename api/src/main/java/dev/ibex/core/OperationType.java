package dev.ibex.core;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;

/**
 * One row of the table of operations: functions of tensors that functional models hold beside
 * layers.
 *
 * @param module the module in Keras's files, such as {@code keras.src.ops.numpy}
 * @param className the class there, such as {@code Add}
 * @param inputs what a call takes, in order
 * @param settings what an operation is created with, such as {@code axis}, in order
 * @param rule gives the outputs' specs
 * @param emitter gives the outputs
 */
public record OperationType(
    String module,
    String className,
    List<Parameter> inputs,
    List<Parameter> settings,
    Rule rule,
    Emitter emitter) {
  /** Copies the lists. */
  public OperationType {
    inputs = List.copyOf(inputs);
    settings = List.copyOf(settings);
  }

  /**
   * A parameter of an operation.
   *
   * @param name its name in Keras
   * @param fallback the value where none is given; empty if one must be
   * @param rest whether it takes all further arguments of a call
   */
  public record Parameter(String name, Optional<Argument> fallback, boolean rest) {}

  /** Infers the specs of an operation's outputs. */
  @FunctionalInterface
  public interface Rule {
    /** Returns the specs; throws an {@link IllegalArgumentException} if arguments do not fit. */
    List<TensorSpec> infer(OperationCall call);
  }

  /** Emits an operation. */
  @FunctionalInterface
  public interface Emitter {
    /** Returns the outputs, of the specs that the rule gives. */
    List<? extends Operand<?>> emit(OperationCall call);
  }
}
