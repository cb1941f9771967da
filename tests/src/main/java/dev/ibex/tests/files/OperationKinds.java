package dev.ibex.tests.files;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Operations;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/** Models of operations, a family each. */
final class OperationKinds {
  private OperationKinds() {}

  static List<Kind> all() {
    return List.of(elementwise());
  }

  private static Kind elementwise() {
    Input in = Input.of(4).named("given");
    SymbolicTensor x = Dense.of(4).named("first").apply(in);
    SymbolicTensor waves = x.sin().plus(x.cos().times(0.5)).minus(x.arctan().tanh());
    SymbolicTensor powers = x.square().log1p().plus(x.expm1().clip(-1, 1)).plus(x.cbrt().erf());
    SymbolicTensor both = waves.maximum(powers).minus(waves.logaddexp(powers)).arctan2(1.5);
    SymbolicTensor named =
        x.silu()
            .plus(x.gelu(false))
            .times(x.hardSigmoid())
            .plus(x.elu(0.7))
            .minus(x.softShrink(0.2));
    SymbolicTensor units = x.clip(-2, 2).divideNoNan(3).deg2rad().plus(x.nanToNum().sinc());
    SymbolicTensor row = x.plus(Array.of(Shape.of(4), 0.5f, 0f, -0.5f, 1f)).minimum(0.75);
    SymbolicTensor steps = x.times(4).round().cast(DType.INT32);
    SymbolicTensor bits =
        steps
            .bitwiseAnd(Array.of(Shape.of(4), 1, 3, 5, 7))
            .leftShift(1)
            .bitwiseXor(Array.of(Shape.of(4), 6, 6, 6, 6))
            .cast(DType.FLOAT32)
            .times(0.1);
    SymbolicTensor chosen =
        Operations.where(
            x.greater(0.1).logicalXor(x.isnan()), row, x.heaviside(row).stopGradient());
    SymbolicTensor selected =
        Operations.select(List.of(x.less(-0.2), x.isclose(row)), List.of(waves, named), 0.25);
    SymbolicTensor hot =
        steps.oneHot(3).sum(2).times(x.digitize(Array.of(new float[] {-0.5f, 0, 0.5f})));
    SymbolicTensor sum =
        both.plus(named)
            .plus(units)
            .plus(bits)
            .plus(chosen)
            .plus(selected)
            .plus(hot)
            .logSoftmax(-1);
    return Kind.of(
            "operations_elementwise",
            Model.of(
                "operations_elementwise",
                List.of(in),
                List.of(Dense.of(2).named("last").apply(sum))))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }
}
