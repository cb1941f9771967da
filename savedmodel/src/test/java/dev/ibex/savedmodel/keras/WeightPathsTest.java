package dev.ibex.savedmodel.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Call;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.initializers.Ones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

class WeightPathsTest {
  @Test
  void a_user_s_layer_is_where_python_has_the_class_it_is_registered_for() {
    ConfigCodec.get().register("mine>MyScale", new JavaScale(JavaScale.DEFAULTS));
    try (Model model = Sequential.of(Input.of(2), scale(), scale(), new Unregistered())) {
      assertThat(WeightPaths.of(model).variables())
          .containsOnlyKeys(
              "layers/my_scale/vars/0", "layers/my_scale_1/vars/0", "layers/unregistered/vars/0");
    }
  }

  private static JavaScale scale() {
    return new JavaScale(JavaScale.DEFAULTS);
  }

  private static List<WeightSpec> factor() {
    return List.of(WeightSpec.of("factor", Shape.scalar(), Ones.of()));
  }

  /** A layer of a user that is called otherwise in Python. */
  static final class JavaScale extends UnaryLayer {
    static final Config DEFAULTS = new Config(LayerOptions.DEFAULT);

    /** Its settings: none but the common ones. */
    public record Config(LayerOptions options) implements LayerConfig {}

    JavaScale(Config config) {
      super(config, JavaScale::new);
    }

    @Override
    protected List<WeightSpec> weights(Shape in) {
      return factor();
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.mul(x, call.weight("factor"));
    }
  }

  /** A layer of a user that Python does not know. */
  static final class Unregistered extends UnaryLayer {
    @Override
    protected List<WeightSpec> weights(Shape in) {
      return factor();
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.mul(x, call.weight("factor"));
    }
  }
}
