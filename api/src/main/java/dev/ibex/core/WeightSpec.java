package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * Declaration of one variable of a layer. The order of a layer's declarations is file format.
 *
 * @param name the name inside the layer, such as {@code kernel}
 * @param shape the shape; every axis is known
 * @param initializer the first value
 * @param regularizer the penalty; {@link Regularizer#NONE} for none
 * @param constraint the projection after an update; {@link Constraint#NONE} for none
 * @param trainable false for statistics and other state
 * @param autocast false where the layer wants the variable's own type instead of the compute type
 * @param dtype the type, where it is not the policy's for variables
 */
public record WeightSpec(
    String name,
    Shape shape,
    Initializer initializer,
    Regularizer regularizer,
    Constraint constraint,
    boolean trainable,
    boolean autocast,
    Optional<DType> dtype) {

  /** Returns a trainable, unregularized, unconstrained weight in the compute type. */
  public static WeightSpec of(String name, Shape shape, Initializer initializer) {
    return new WeightSpec(
        name, shape, initializer, Regularizer.NONE, Constraint.NONE, true, true, Optional.empty());
  }

  /** Checks the shape. */
  public WeightSpec {
    if (shape.hasUnknownDimension()) {
      throw new ShapeException(
          "weight \""
              + name
              + "\": its size depends on an unknown axis: "
              + TensorSpec.text(shape)
              + "; give the axis a size where the model starts, for example Input.of(28, 28)");
    }
  }

  /** Returns this weight with a penalty. */
  public WeightSpec regularizer(Regularizer r) {
    return Records.with(this, "regularizer", r);
  }

  /** Returns this weight with a projection. */
  public WeightSpec constraint(Constraint c) {
    return Records.with(this, "constraint", c);
  }

  /** Returns this weight as state that no optimizer changes. */
  public WeightSpec untrainable() {
    return Records.with(this, "trainable", false);
  }

  /** Returns this weight kept in its own type. */
  public WeightSpec uncast() {
    return Records.with(this, "autocast", false);
  }

  /** Returns this weight with a type of its own, such as that of a count. */
  public WeightSpec dtype(DType type) {
    return Records.with(this, "dtype", Optional.of(type));
  }
}
