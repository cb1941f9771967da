package user;

import dev.ibex.core.Call;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.initializers.Initializers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

final class Scale extends UnaryLayer {
  @Override
  protected List<WeightSpec> weights(Shape in) {
    return List.of(WeightSpec.of("scale", Shape.of(in.get(-1)), Initializers.ones()));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.tf().math.mul(x, call.weight("scale"));
  }
}
