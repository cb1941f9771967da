package dev.ibex.layers;

import static dev.ibex.activations.Activations.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** The shape that is inferred, and the one that comes out, with and without unknown axes. */
class LayerShapesTest {
  private static Arguments row(Layer layer, Shape... inputs) {
    return Arguments.of(layer, List.of(inputs));
  }

  static Stream<Arguments> layers() {
    Shape image = Shape.of(7, 9, 4);
    return Stream.of(
        row(Dense.of(3), Shape.of(4)),
        row(Dense.of(3).activation(SOFTMAX), Shape.of(2, 4)),
        row(Dense.of(3), Shape.of(2, 5, 4)),
        row(Activation.of(SOFTMAX), Shape.of(2, 5)),
        row(Conv2D.of(6, 3), image),
        row(Conv2D.of(6, 3).strides(2).padding(Padding.SAME), image),
        row(Conv2D.of(6, 2, 3).strides(3, 2), image),
        row(Conv2D.of(6, 3).dilationRate(2, 3), image),
        row(Conv2D.of(6, 3).groups(2), image),
        row(Conv2D.of(6, 3).dataFormat(DataFormat.CHANNELS_FIRST), Shape.of(4, 7, 9)),
        row(MaxPooling2D.of(), image),
        row(MaxPooling2D.of(3).strides(2).padding(Padding.SAME), image),
        row(MaxPooling2D.of(2, 3).dataFormat(DataFormat.CHANNELS_FIRST), Shape.of(4, 7, 9)),
        row(Flatten.of(), image),
        row(Flatten.of().dataFormat(DataFormat.CHANNELS_FIRST), image),
        row(Flatten.of(), Shape.scalar()),
        row(Dropout.of(0.5), Shape.of(3)),
        row(Dropout.of(0.5).noiseShape(-1, 1, 3), Shape.of(2, 3)),
        row(SpatialDropout1D.of(0.5), Shape.of(2, 3)),
        row(SpatialDropout2D.of(0.5), image),
        row(SpatialDropout2D.of(0.5).dataFormat(DataFormat.CHANNELS_FIRST), Shape.of(4, 7, 9)),
        row(GaussianNoise.of(0.5), Shape.of(2, 3)),
        row(ActivityRegularization.of().l1(0.5).l2(0.25), Shape.of(2, 3)),
        row(Rescaling.of(0.5).offset(2), image),
        row(Rescaling.of(new double[] {1, 2, 3}).offset(new double[] {0.5}), Shape.of(2, 3)),
        row(Normalization.of(), Shape.of(2, 3)),
        row(Normalization.of().axis().invert(true), Shape.of(2, 3)),
        row(Normalization.of().axis(), Shape.scalar()),
        row(Normalization.of().mean(0.5).variance(2), Shape.of(2, 3)),
        row(Reshape.of(9, 7, 4), image),
        row(Reshape.of(6, -1), Shape.of(4, 3)),
        row(Reshape.of(-1), Shape.scalar()),
        row(Permute.of(2, 1), Shape.of(2, 3)),
        row(Permute.of(3, 1, 2), image),
        row(RepeatVector.of(3), Shape.of(4)),
        row(TimeDistributed.of(Dense.of(3)), Shape.of(2, 4)),
        row(TimeDistributed.of(Conv2D.of(2, 3)), Shape.of(2, 4, 5, 3)),
        row(TimeDistributed.of(Dense.of(3).activation(SOFTMAX)), Shape.of(2, 5, 4)),
        row(TimeDistributed.of(BatchNormalization.of()), Shape.of(2, 3)),
        row(BatchNormalization.of(), image),
        row(BatchNormalization.of().axis(1), Shape.of(3, 4)),
        row(Embedding.of(20, 3), Shape.of(5)),
        row(Masking.of(), Shape.of(2, 3)),
        row(GlobalAveragePooling1D.of(), Shape.of(2, 3)),
        row(GlobalAveragePooling1D.of().keepdims(true), Shape.of(2, 3)),
        row(
            GlobalAveragePooling1D.of().dataFormat(DataFormat.CHANNELS_FIRST).keepdims(true),
            Shape.of(2, 3)),
        row(Add.of(), Shape.of(2, 3), Shape.of(3)),
        row(Multiply.of(), Shape.of(2, 3), Shape.of(3), Shape.of(1, 3)),
        row(Average.of(), Shape.of(2, 3), Shape.of(3), Shape.of(1, 3)),
        row(Maximum.of(), Shape.of(2, 3), Shape.of(3)),
        row(Minimum.of(), Shape.of(3), Shape.of(2, 3)),
        row(Subtract.of(), Shape.of(2, 3), Shape.of(3)),
        row(Dot.of(-1), Shape.of(3), Shape.of(3)),
        row(Dot.of(1, 2).normalize(true), Shape.of(3, 2), Shape.of(4, 3)),
        row(Dot.of(3, 1), Shape.of(2, 4, 3), Shape.of(3, 4)),
        row(Dot.of(1, 3), Shape.of(3, 2), Shape.of(2, 4, 3)),
        row(Concatenate.of(), Shape.of(2, 3), Shape.of(2, 1)),
        row(Concatenate.of().axis(1), Shape.of(2, 3), Shape.of(1, 3)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void the_inferred_shape_is_the_one_that_comes_out(Layer layer, List<Shape> samples) {
    check(layer, samples, samples, true);
  }

  /** Channels and features stay known: weights need them. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("layers")
  void unknown_axes_are_found_at_run_time(Layer layer, List<Shape> samples) {
    List<Shape> unknown = new ArrayList<>();
    for (Shape s : samples) {
      boolean first = s.numDimensions() == 3 && s.get(0) == 4;
      boolean second = layer.config() instanceof BatchNormalization.Config c && c.axis() == 1;
      long[] dims = s.asArray();
      IntStream.range(0, dims.length)
          .filter(i -> (first || second) ? i > 0 : i < dims.length - 1)
          .forEach(i -> dims[i] = -1);
      unknown.add(Shape.of(dims));
    }
    check(layer.copyOf(layer.config()), samples, unknown, false);
  }

  private static void check(Layer layer, List<Shape> samples, List<Shape> described, boolean all) {
    List<Input> inputs = new ArrayList<>();
    Data data = Data.inputs("in0", array(layer, samples.get(0)));
    for (int i = 0; i < samples.size(); i++) {
      Array x = array(layer, samples.get(i));
      inputs.add(Input.of(described.get(i).asArray()).dtype(x.dtype()).named("in" + i));
      data = i == 0 ? data : data.input("in" + i, x);
    }
    SymbolicTensor y = layer.apply(inputs.toArray(Symbolic[]::new));
    try (Model model = Model.of(inputs, List.of(y))) {
      Array out = model.predict(data).array();
      assertThat(NetworkLayer.fits(out.shape(), y.shape()))
          .as("inferred %s, got %s", y.shape(), out.shape())
          .isTrue();
      assertThat(y.shape().tail().hasUnknownDimension()).isEqualTo(!all && unknown(y.shape()));
      assertThat(out.dtype()).isEqualTo(y.spec().dtype());
      assertThat(layer.dtype()).isEqualTo(DTypePolicy.FLOAT32);
    }
  }

  private static boolean unknown(Shape shape) {
    return shape.tail().hasUnknownDimension();
  }

  private static Array array(Layer layer, Shape sample) {
    DType dtype = layer instanceof Embedding ? DType.INT32 : DType.FLOAT32;
    return Array.generate(dtype, Shape.of(2).append(sample), i -> i % 7);
  }
}
