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

/** The sorts of things that files name by class, and the modules Keras keeps them in. */
enum Family {
  LAYER(Layer.class, "keras.layers"),
  ACTIVATION(Activation.class, "keras.activations"),
  INITIALIZER(Initializer.class, "keras.initializers"),
  REGULARIZER(Regularizer.class, "keras.regularizers"),
  CONSTRAINT(Constraint.class, "keras.constraints"),
  LOSS(Loss.class, "keras.losses"),
  METRIC(Metric.class, "keras.metrics"),
  OPTIMIZER(Optimizer.class, "keras.optimizers"),
  SCHEDULE(Schedule.class, "keras.optimizers.schedules");

  private final Class<?> type;
  private final String module;

  Family(Class<?> type, String module) {
    this.type = type;
    this.module = module;
  }

  Class<?> type() {
    return type;
  }

  String module() {
    return module;
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
