package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Compile;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.DTypePolicy;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Conv1D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.LayerNormalization;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import java.util.List;
import java.util.Locale;

/**
 * One model with each dtype policy.
 *
 * <p>TensorFlow of Python and that of Java sum in different orders. Of outputs up to 4 the last
 * place counts 2^-9 in float16 and 2^-6 in bfloat16; each program was found within two of them of
 * the same model in float32. Keras alone, with oneDNN on and off, differs from itself by 0.036 on
 * the bfloat16 model.
 */
final class PolicyKinds {
  private static final double FLOAT16 = 2 * 0x1p-9;
  private static final double BFLOAT16 = 4 * 0x1p-6;

  private PolicyKinds() {}

  static List<Kind> all() {
    return List.of(
        kind(DTypePolicy.FLOAT64, 1e-6).inputs(Samples.doubles(6, 3)),
        kind(DTypePolicy.FLOAT16, FLOAT16),
        kind(DTypePolicy.BFLOAT16, BFLOAT16),
        kind(DTypePolicy.MIXED_FLOAT16, FLOAT16),
        kind(DTypePolicy.MIXED_BFLOAT16, BFLOAT16));
  }

  private static Kind kind(DTypePolicy policy, double tolerance) {
    return Kind.of(
            "policy_" + policy.name().toLowerCase(Locale.ROOT),
            Sequential.of(
                Input.of(6, 3).dtype(policy.computeDType()),
                Conv1D.of(4, 2).activation(RELU).dtype(policy),
                BatchNormalization.of().dtype(policy),
                LayerNormalization.of().dtype(policy),
                Flatten.of().dtype(policy),
                Dense.of(4).dtype(policy),
                Dense.of(2)))
        .inputs(Samples.floats(6, 3))
        .targets(Samples.floats(2))
        .compile(Compile.with(Adam.of(0.01)).loss(MeanSquaredError.of()))
        .tolerance(tolerance);
  }
}
