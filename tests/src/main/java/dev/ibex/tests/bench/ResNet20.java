package dev.ibex.tests.bench;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Call;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.UnaryLayer;
import dev.ibex.layers.Activation;
import dev.ibex.layers.Add;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Padding;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** The residual network of 20 layers for 32x32 images (He et al. 2015, section 4.2). */
final class ResNet20 {
  private ResNet20() {}

  static Model model() {
    Input in = Input.of(32, 32, 3);
    SymbolicTensor x = relu(normalized(in, 16, 3, 1));
    for (int stage = 0; stage < 3; stage++) {
      for (int block = 0; block < 3; block++) {
        x = block(x, 16 << stage, stage > 0 && block == 0 ? 2 : 1);
      }
    }
    return Model.of(in, Dense.of(10).apply(new SpatialMean().apply(x)));
  }

  private static SymbolicTensor block(SymbolicTensor x, int filters, int stride) {
    SymbolicTensor y = normalized(relu(normalized(x, filters, 3, stride)), filters, 3, 1);
    SymbolicTensor shortcut = stride == 1 ? x : normalized(x, filters, 1, stride);
    return relu(Add.of().apply(shortcut, y));
  }

  private static SymbolicTensor normalized(Symbolic x, int filters, int size, int stride) {
    Conv2D convolution =
        Conv2D.of(filters, size).strides(stride).padding(Padding.SAME).useBias(false);
    return BatchNormalization.of().apply(convolution.apply(x));
  }

  private static SymbolicTensor relu(SymbolicTensor x) {
    return Activation.of(RELU).apply(x);
  }

  /** Global average pooling: {@code x: [batch, rows, columns, c] -> y: [batch, c]}. */
  private static final class SpatialMean extends UnaryLayer {
    @Override
    protected Shape outputShape(Shape in) {
      return Shape.of(in.get(0), in.get(3));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.mean(x, call.tf().constant(new int[] {1, 2}));
    }
  }
}
