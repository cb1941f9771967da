package dev.ibex.core;

import java.util.List;
import org.tensorflow.Operand;

/**
 * One row of the table of operations: functions of tensors that functional models hold beside
 * layers.
 *
 * @param module the module in Keras's files, such as {@code keras.src.ops.numpy}
 * @param className the class there, such as {@code Add}
 * @param parameters the names of the arguments of a call, in order
 * @param rule gives the output's spec
 * @param emitter gives the output
 */
record OperationType(
    String module, String className, List<String> parameters, Rule rule, Emitter emitter) {
  /** Infers the spec of an operation's output. */
  @FunctionalInterface
  interface Rule {
    TensorSpec infer(OperationCall call);
  }

  /** Emits an operation. */
  @FunctionalInterface
  interface Emitter {
    Operand<?> emit(OperationCall call);
  }
}
