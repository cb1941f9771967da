package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.Locale;

/**
 * The two element types of a layer: that of its variables, and that of its computation.
 *
 * <p>Inputs of floating type are cast to the compute type when the layer is called, and so are
 * weights; outputs have the compute type. Source: {@code keras.DTypePolicy}.
 */
public enum DTypePolicy {
  /** Everything in float32: the default. */
  FLOAT32(DType.FLOAT32, DType.FLOAT32),
  /** Everything in float64. */
  FLOAT64(DType.FLOAT64, DType.FLOAT64),
  /** Everything in float16. */
  FLOAT16(DType.FLOAT16, DType.FLOAT16),
  /** Everything in bfloat16. */
  BFLOAT16(DType.BFLOAT16, DType.BFLOAT16),
  /** Variables in float32, computation in float16. */
  MIXED_FLOAT16(DType.FLOAT32, DType.FLOAT16),
  /** Variables in float32, computation in bfloat16. */
  MIXED_BFLOAT16(DType.FLOAT32, DType.BFLOAT16);

  private final DType variable;
  private final DType compute;

  DTypePolicy(DType variable, DType compute) {
    this.variable = variable;
    this.compute = compute;
  }

  /** Returns the element type of the layer's variables. */
  public DType variableDType() {
    return variable;
  }

  /** Returns the element type of the layer's computation and outputs. */
  public DType computeDType() {
    return compute;
  }

  /** Returns Keras's name, such as {@code mixed_float16}. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the policy of Keras's name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static DTypePolicy of(String kerasName) {
    return Arrays.stream(values())
        .filter(p -> p.kerasName().equals(kerasName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "dtype: expected one of "
                        + Check.list(Arrays.stream(values()).map(DTypePolicy::kerasName).toArray())
                        + ", got \""
                        + kerasName
                        + "\""));
  }
}
