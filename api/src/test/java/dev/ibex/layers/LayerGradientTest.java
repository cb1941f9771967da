package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.core.Configurable;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Emission;
import dev.ibex.core.Layer;
import dev.ibex.core.Stochastic;
import dev.ibex.core.Symbolic;
import dev.ibex.core.Value;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.GradientCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The derivatives of each layer's row, by its inputs and its weights, against differences. */
class LayerGradientTest {
  static Stream<Arguments> layers() {
    return LayerShapesTest.layers();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void derivatives_in_training_agree_with_differences(Layer row, List<Shape> samples) {
    if (row instanceof Stochastic) {
      return; // RandomLayersTest
    }
    Layer layer = (Layer) ((Configurable<?>) row).dtype(DTypePolicy.FLOAT64);
    boolean ids = layer instanceof Embedding;
    layer.apply(
        samples.stream()
            .map(s -> Input.of(s.asArray()).dtype(ids ? DType.INT32 : DType.FLOAT64))
            .toArray(Symbolic[]::new));
    List<Variable> weights = layer.weights().stream().filter(Variable::trainable).toList();
    List<Array> inputs = new ArrayList<>();
    if (!ids) {
      samples.forEach(s -> inputs.add(random(inputs.size(), Shape.of(2).append(s))));
    }
    weights.forEach(w -> inputs.add(random(inputs.size(), w.shape())));
    int given = ids ? 0 : samples.size();
    double error =
        GradientCheck.largestError(
            (tf, in) -> emit(tf, layer, weights, in, given), inputs.toArray(new Array[0]));
    assertThat(error).isLessThan(1e-6);
  }

  private static Array random(int seed, Shape shape) {
    Random random = new Random(seed);
    return Array.generate(DType.FLOAT64, shape, i -> random.nextGaussian());
  }

  private static Operand<?> emit(
      Ops tf, Layer layer, List<Variable> weights, List<Operand<TNumber>> in, int given) {
    Map<Variable, Operand<?>> values = new HashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      values.put(weights.get(i), in.get(given + i));
    }
    Emission.Target target =
        new Emission.Target() {
          @Override
          public Operand<?> read(Variable v) {
            return values.computeIfAbsent(v, k -> tf.constant(k.shape(), doubles(k)));
          }

          @Override
          public boolean trainable(Layer l) {
            return true;
          }

          @Override
          public void place(String scope, String place) {}
        };
    List<Value> fed = new ArrayList<>();
    in.subList(0, given).forEach(x -> fed.add(Value.of(x)));
    if (given == 0) {
      fed.add(Value.of(tf.constant(new int[][] {{0, 3, 3, 1, 19}, {3, 2, 0, 7, 1}})));
    }
    Emission emission = new Emission(tf, target, true, 1, tf.constant(0L));
    return emission.emit(layer, "layer", fed, Map.of()).get(0).tensor();
  }

  private static org.tensorflow.ndarray.buffer.DoubleDataBuffer doubles(Variable v) {
    return org.tensorflow.ndarray.buffer.DataBuffers.of(v.value().doubles());
  }

  @Test
  void every_layer_has_a_row_in_each_table() throws Exception {
    Set<String> classes = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/ibex/layers"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!name.equals("package-info")
            && Layer.class.isAssignableFrom(Class.forName("dev.ibex.layers." + name))) {
          classes.add(name);
        }
      }
    }
    assertThat(names(LayerShapesTest.layers())).isEqualTo(classes);
    assertThat(names(LayerOptionsTest.layers())).isEqualTo(classes);
  }

  private static Set<String> names(Stream<Arguments> rows) {
    return rows.map(r -> r.get()[0].getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
