package dev.ibex.layers;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.NativeException;
import dev.ibex.optimizers.SGD;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Inputs whose sizes are known only when the graph runs, and no window fits. */
class RoomTest {
  static Stream<Arguments> layers() {
    DataFormat first = DataFormat.CHANNELS_FIRST;
    return Stream.of(
        row(Conv1D.of(3, 3), 3, 1, 2, 2),
        row(Conv2D.of(3, 3), 3, 1, 2, 5, 2),
        row(Conv2D.of(3, 1, 2).dilationRate(1, 4), 5, 2, 5, 4, 2),
        row(Conv2D.of(3, 3).padding(Padding.SAME), 1, 2, 5, 0, 2),
        row(Conv3D.of(2, 2).dataFormat(first), 2, 4, 2, 3, 3, 1),
        row(Conv3D.of(2, 2).dilationRate(3).groups(2), 4, 1, 3, 9, 9, 2),
        row(DepthwiseConv1D.of(2).dilationRate(2), 3, 1, 2, 2),
        row(DepthwiseConv2D.of(3), 3, 2, 4, 2, 2),
        row(SeparableConv1D.of(4, 3), 3, 1, 2, 2),
        row(MaxPooling1D.of(3), 3, 1, 2, 2),
        row(AveragePooling2D.of(2, 4).strides(1), 4, 2, 5, 3, 2),
        row(MaxPooling3D.of(2), 2, 3, 3, 3, 1, 2));
  }

  private static Arguments row(Layer layer, int span, int axis, long... sample) {
    return Arguments.of(layer, span, axis, sample);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void a_window_larger_than_the_input_fails_when_it_runs(
      Layer layer, int span, int axis, long[] sample) {
    boolean first =
        layer instanceof Conv3D c && c.config().dataFormat() != DataFormat.CHANNELS_LAST;
    long[] open = new long[sample.length];
    Arrays.fill(open, -1);
    int channels = first ? 0 : sample.length - 1;
    open[channels] = sample[channels];
    Array x = Array.filled(DType.FLOAT32, Shape.of(2).append(Shape.of(sample)), 1);
    String text = "a window spans %d along axis %d, more than the input".formatted(span, axis);
    Loss sum = (tf, y, p) -> p;
    try (Model model = Sequential.of(Input.of(open), layer)) {
      assertThatExceptionOfType(NativeException.class)
          .isThrownBy(() -> model.predict(x))
          .withMessageContaining(
              "assertion failed: [" + text + " has, of size] [" + sample[axis - 1] + "]")
          .withMessageContaining(layer.getClass().getSimpleName());
      model.compile(SGD.of(0.1), sum);
      assertThatThrownBy(() -> model.fit(Data.of(x, x), Fit.epochs(1)))
          .hasMessageContaining(text)
          .hasMessageContaining(layer.getClass().getSimpleName());
    }
  }
}
