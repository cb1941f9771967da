package dev.ibex.savedmodel.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Sequential;
import dev.ibex.WeightReport;
import dev.ibex.core.Call;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Ones;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

class WeightMatchTest {
  private final Model model = Sequential.of(Input.of(2), new Counting());

  private WeightReport load(Array factor, Array count, boolean skipMismatch) {
    Map<String, Variable> wanted = new HashMap<>();
    model.network().weights().values().forEach(v -> wanted.put(v.name(), v));
    Map<String, StoredArray> found =
        Map.of("factor", StoredArray.of(factor), "count", StoredArray.of(count));
    return new WeightMatch(found, wanted, model)
        .load(false, skipMismatch, text -> new ModelFormatException(Path.of("f"), "", text, null));
  }

  private Array value(String name) {
    return model.network().weights().values().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void an_integer_that_does_not_fit_is_refused_and_nothing_is_stored() {
    Array before = value("factor");
    Array factor = Array.filled(DType.FLOAT32, Shape.scalar(), 7);
    Array count = Array.of(Shape.scalar(), 1L << 40);
    assertThatThrownBy(() -> load(factor, count, false))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("nothing was loaded: count: int32 cannot hold 1099511627776");
    assertThat(value("factor")).isEqualTo(before);
    WeightReport report = load(factor, count, true);
    assertThat(report.loaded()).containsExactly("counting/factor");
    assertThat(report.skipped()).containsExactly("count: int32 cannot hold 1099511627776");
    assertThat(value("count").ints()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MIN_VALUE, -1, Integer.MAX_VALUE})
  void integers_that_fit_and_floats_of_another_length_are_converted(long count) {
    load(Array.of(Shape.scalar(), 0.1), Array.of(Shape.scalar(), count), false);
    assertThat(value("factor").floats()).containsExactly(0.1f);
    assertThat(value("count").ints()).containsExactly((int) count);
  }

  /** A layer with a weight of integers. */
  private static final class Counting extends UnaryLayer {
    @Override
    protected List<WeightSpec> weights(Shape in) {
      return List.of(
          WeightSpec.of("factor", Shape.scalar(), Ones.of()),
          WeightSpec.of("count", Shape.scalar(), Ones.of())
              .untrainable()
              .uncast()
              .dtype(DType.INT32));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.mul(x, call.weight("factor"));
    }
  }
}
