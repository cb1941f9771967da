package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.core.Call;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.Numbers;
import dev.ibex.initializers.Constant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Rows of weights that the same call changes. */
class LookupTest {
  /** Returns rows before and after the table grew by one. */
  private static final class Growing extends UnaryLayer {
    @Override
    protected List<WeightSpec> weights(Shape in) {
      return List.of(WeightSpec.of("table", Shape.of(3, 1), Constant.of(2)).untrainable());
    }

    @Override
    protected Shape outputShape(Shape in) {
      return in.append(1);
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      Operand<TNumber> ids = Numbers.of(call.tf().dtypes.cast(x, TInt32.class));
      Operand<TNumber> old = call.lookup("table", ids);
      call.update("table", call.tf().math.add(call.weight("table"), call.constant(1)));
      Operand<TNumber> grown = call.lookup("table", ids);
      return call.tf().math.add(call.tf().math.mul(old, call.constant(10)), grown);
    }
  }

  @Test
  void rows_are_those_of_the_new_value() {
    try (Model model = Sequential.of(Input.of(2), new Growing())) {
      assertThat(model.predict(Array.of(new float[][] {{0, 2}})).array().floats())
          .containsExactly(23, 23);
    }
  }
}
