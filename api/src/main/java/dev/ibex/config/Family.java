package dev.ibex.config;

import dev.ibex.core.Activation;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Schedule;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The sorts of things that files name by class, and the modules Keras keeps them in. */
enum Family {
  LAYER(Layer.class, "keras.layers", "layers|models|engine"),
  ACTIVATION(Activation.class, "keras.activations", "activations"),
  INITIALIZER(Initializer.class, "keras.initializers", "initializers"),
  REGULARIZER(Regularizer.class, "keras.regularizers", "regularizers"),
  CONSTRAINT(Constraint.class, "keras.constraints", "constraints"),
  LOSS(Loss.class, "keras.losses", "losses"),
  METRIC(Metric.class, "keras.metrics", "metrics"),
  OPTIMIZER(Optimizer.class, "keras.optimizers", "optimizers|mixed_precision"),
  SCHEDULE(Schedule.class, "keras.optimizers.schedules", "schedules");

  private static final String KERAS = "(tf_|tensorflow\\.)?keras";

  private final Class<?> type;
  private final String module;
  private final Pattern modules;

  /**
   * @param packages separated by bars; one of them is in the name of every module, of any version,
   *     that has the family
   */
  Family(Class<?> type, String module, String packages) {
    this.type = type;
    this.module = module;
    this.modules = Pattern.compile(KERAS + "\\.(.*\\.)?(" + packages + ")(\\..*)?");
  }

  Class<?> type() {
    return type;
  }

  String module() {
    return module;
  }

  /** Returns whether Keras, of any version, has the family in a module; "" where none is given. */
  boolean isIn(String keras) {
    return keras.isEmpty() || keras.equals("keras") || modules.matcher(keras).matches();
  }

  /** Returns whether a module is Keras's own. */
  static boolean isKeras(String module) {
    return module.matches(KERAS + "(\\..*)?");
  }

  /** Returns a word for error texts, such as {@code layer}. */
  String word() {
    return type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns the family that a component's type stands for. */
  static Optional<Family> of(Class<?> type) {
    return Arrays.stream(values()).filter(f -> f.type.isAssignableFrom(type)).findFirst();
  }
}
