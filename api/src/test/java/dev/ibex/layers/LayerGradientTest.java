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
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.GradientCheck;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    Prepared p = Prepared.of(row, DTypePolicy.FLOAT64, samples);
    double error =
        GradientCheck.largestError(
            step(p.layer), (tf, in) -> emit(tf, p, in), p.inputs.toArray(new Array[0]));
    assertThat(error).isLessThan(1e-6);
  }

  /** TensorFlow lacks kernels for some types, so that a layer could run and yet not train. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void derivatives_exist_in_half_precision(Layer row, List<Shape> samples) {
    Prepared p = Prepared.of(row, DTypePolicy.MIXED_BFLOAT16, samples);
    List<Array> gradients =
        Evaluation.of(
            (tf, in) -> {
              List<Operand<TNumber>> x = in.stream().map(Numbers::of).toList();
              Operand<TNumber> y =
                  tf.reshape(Numbers.of(emit(tf, p, x)), tf.constant(new int[] {-1}));
              return Gradients.of(tf, tf.sum(y, tf.constant(0)), x);
            },
            p.inputs);
    for (Array gradient : gradients) {
      assertThat(Arrays.stream(gradient.doubles()).boxed()).isNotEmpty().allMatch(Double::isFinite);
    }
  }

  /** A layer in a policy with random inputs, of which the first so many are given to it. */
  private record Prepared(Layer layer, List<Variable> weights, List<Array> inputs, int given) {
    static Prepared of(Layer row, DTypePolicy policy, List<Shape> samples) {
      Layer layer = (Layer) ((Configurable<?>) row).dtype(policy);
      boolean ids = layer instanceof EmbeddingLayer<?>;
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
      return new Prepared(layer, weights, inputs, ids ? 0 : samples.size());
    }
  }

  /** These are linear, so that large steps are exact, and compute in float32, which needs them. */
  private static double step(Layer layer) {
    boolean resizes =
        layer.config() instanceof UpSampling2D.Config c
            ? c.interpolation() != Interpolation.NEAREST
            : layer instanceof Resizing;
    return resizes ? 1 : GradientCheck.STEP;
  }

  private static Array random(int seed, Shape shape) {
    Random random = new Random(seed);
    return Array.generate(DType.FLOAT64, shape, i -> random.nextGaussian());
  }

  private static Operand<?> emit(Ops tf, Prepared p, List<Operand<TNumber>> in) {
    Map<Variable, Operand<?>> values = new HashMap<>();
    for (int i = 0; i < p.weights.size(); i++) {
      values.put(p.weights.get(i), in.get(p.given + i));
    }
    Emission.Target target =
        new Emission.Target() {
          @Override
          public Operand<?> read(Variable v) {
            return values.computeIfAbsent(v, k -> tf.constant(k.shape(), doubles(k)));
          }

          @Override
          public void assign(Variable v, Operand<?> value) {
            // no derivative goes through what is set
          }

          @Override
          public Operand<?> handle(Variable variable) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean trainable(Layer l) {
            return true;
          }

          @Override
          public void place(String scope, String place) {}
        };
    List<Value> fed = new ArrayList<>();
    in.subList(0, p.given).forEach(x -> fed.add(Value.of(x)));
    if (p.given == 0) {
      fed.add(Value.of(tf.constant(new int[][] {{0, 3, 3, 1, 19}, {3, 2, 0, 7, 1}})));
    }
    Emission emission = new Emission(tf, target, true, 1, tf.constant(0L));
    Operand<?> y = emission.emit(p.layer, "layer", fed, Map.of()).get(0).tensor();
    return Numbers.cast(tf, y, DType.FLOAT64); // resizing gives float32
  }

  private static org.tensorflow.ndarray.buffer.DoubleDataBuffer doubles(Variable v) {
    return org.tensorflow.ndarray.buffer.DataBuffers.of(v.value().doubles());
  }

  @Test
  void every_layer_has_a_row_in_each_table() throws Exception {
    Set<String> classes = new TreeSet<>();
    for (String folder : List.of("applications", "layers")) {
      try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/ibex", folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          String name = file.getFileName().toString().replace(".java", "");
          if (!name.equals("package-info")) {
            Class<?> type = Class.forName("dev.ibex." + folder + "." + name);
            if (Layer.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
              classes.add(name);
            }
          }
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
