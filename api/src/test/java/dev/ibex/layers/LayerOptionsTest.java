package dev.ibex.layers;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.applications.CustomScaleLayer;
import dev.ibex.applications.LayerScale;
import dev.ibex.applications.StochasticDepth;
import dev.ibex.constraints.NonNeg;
import dev.ibex.core.Constraint;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.Records;
import dev.ibex.core.Regularizer;
import dev.ibex.graph.Array;
import dev.ibex.initializers.Constant;
import dev.ibex.regularizers.L2;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** A new layer gets a line here, with the components that no option sets. */
class LayerOptionsTest {
  private static final Set<String> OF_EVERY_LAYER = Set.of("named", "trainable", "dtype");

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(Activation.of(RELU), Set.of("activation")),
        Arguments.of(ActivityRegularization.of(), Set.of()),
        Arguments.of(Add.of(), Set.of()),
        Arguments.of(AdaptiveAveragePooling1D.of(2), Set.of("outputSize")),
        Arguments.of(AdaptiveAveragePooling2D.of(2), Set.of("outputSize")),
        Arguments.of(AdaptiveAveragePooling3D.of(2), Set.of("outputSize")),
        Arguments.of(AdaptiveMaxPooling1D.of(2), Set.of("outputSize")),
        Arguments.of(AdaptiveMaxPooling2D.of(2), Set.of("outputSize")),
        Arguments.of(AdaptiveMaxPooling3D.of(2), Set.of("outputSize")),
        Arguments.of(AveragePooling3D.of(2), Set.of("poolSize")),
        Arguments.of(CenterCrop.of(2, 2), Set.of("height", "width")),
        Arguments.of(Cropping1D.of(), Set.of("cropping")),
        Arguments.of(Cropping3D.of(), Set.of("cropping")),
        Arguments.of(GlobalAveragePooling3D.of(), Set.of()),
        Arguments.of(GlobalMaxPooling3D.of(), Set.of()),
        Arguments.of(MaxPooling3D.of(), Set.of("poolSize")),
        Arguments.of(UpSampling1D.of(), Set.of("size")),
        Arguments.of(UpSampling3D.of(), Set.of("size")),
        Arguments.of(ZeroPadding1D.of(), Set.of("padding")),
        Arguments.of(ZeroPadding3D.of(), Set.of("padding")),
        Arguments.of(Resizing.of(2, 2), Set.of("height", "width", "fillMode")),
        Arguments.of(AveragePooling1D.of(2), Set.of("poolSize")),
        Arguments.of(AveragePooling2D.of(2), Set.of("poolSize")),
        Arguments.of(Average.of(), Set.of()),
        Arguments.of(AlphaDropout.of(0.5), Set.of("rate")),
        Arguments.of(BatchNormalization.of(), Set.of()),
        Arguments.of(Concatenate.of(), Set.of()),
        Arguments.of(Conv1D.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Conv1DTranspose.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Conv2D.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Conv2DTranspose.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Conv3D.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Conv3DTranspose.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(Cropping2D.of(), Set.of("cropping")),
        Arguments.of(Dense.of(5), Set.of("units")),
        Arguments.of(DepthwiseConv1D.of(2), Set.of("kernelSize")),
        Arguments.of(DepthwiseConv2D.of(2), Set.of("kernelSize")),
        Arguments.of(Dot.of(1), Set.of("axes")),
        Arguments.of(Dropout.of(0.5), Set.of("rate")),
        Arguments.of(EinsumDense.of("ab,bc->ac", 2), Set.of("equation", "outputShape")),
        Arguments.of(ELU.of(), Set.of("alpha")),
        Arguments.of(Embedding.of(5, 2), Set.of("inputDim", "outputDim")),
        Arguments.of(Flatten.of(), Set.of()),
        Arguments.of(LayerScale.of(0.5, 1), Set.of("initValues", "projectionDim")),
        Arguments.of(StochasticDepth.of(0.5), Set.of("dropPathRate")),
        Arguments.of(CustomScaleLayer.of(0.5), Set.of("scale")),
        Arguments.of(GaussianDropout.of(0.5), Set.of("rate")),
        Arguments.of(GaussianNoise.of(0.5), Set.of("stddev")),
        Arguments.of(GlobalAveragePooling1D.of(), Set.of()),
        Arguments.of(GlobalAveragePooling2D.of(), Set.of()),
        Arguments.of(GlobalMaxPooling1D.of(), Set.of()),
        Arguments.of(GlobalMaxPooling2D.of(), Set.of()),
        Arguments.of(GroupNormalization.of(2), Set.of("groups")),
        Arguments.of(Identity.of(), Set.of()),
        Arguments.of(Lambda.of((tf, x) -> x), Set.of("function", "several")),
        Arguments.of(LayerNormalization.of(), Set.of()),
        Arguments.of(LeakyReLU.of(), Set.of("negativeSlope")),
        Arguments.of(Masking.of(), Set.of()),
        Arguments.of(MaxPooling1D.of(2), Set.of("poolSize")),
        Arguments.of(PReLU.of(), Set.of()),
        Arguments.of(ReLU.of(), Set.of()),
        Arguments.of(Softmax.of(), Set.of()),
        Arguments.of(UpSampling2D.of(), Set.of("size")),
        Arguments.of(ZeroPadding2D.of(), Set.of("padding")),
        Arguments.of(Maximum.of(), Set.of()),
        Arguments.of(MaxPooling2D.of(2), Set.of("poolSize")),
        Arguments.of(Minimum.of(), Set.of()),
        Arguments.of(Multiply.of(), Set.of()),
        Arguments.of(Normalization.of(), Set.of()),
        Arguments.of(Permute.of(2, 1), Set.of("dims")),
        Arguments.of(RepeatVector.of(2), Set.of("n")),
        Arguments.of(ReversibleEmbedding.of(5, 2), Set.of("inputDim", "outputDim")),
        Arguments.of(RMSNormalization.of(), Set.of()),
        Arguments.of(Rescaling.of(2), Set.of("scale")),
        Arguments.of(Reshape.of(2, 3), Set.of("targetShape")),
        Arguments.of(SeparableConv1D.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(SeparableConv2D.of(6, 2), Set.of("filters", "kernelSize")),
        Arguments.of(SpatialDropout1D.of(0.5), Set.of("rate")),
        Arguments.of(SpatialDropout2D.of(0.5), Set.of("rate")),
        Arguments.of(SpatialDropout3D.of(0.5), Set.of("rate")),
        Arguments.of(SpectralNormalization.of(Dense.of(2)), Set.of("layer")),
        Arguments.of(Subtract.of(), Set.of()),
        Arguments.of(TimeDistributed.of(Dense.of(2)), Set.of("layer")),
        Arguments.of(UnitNormalization.of(), Set.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void each_option_changes_exactly_its_own_component(Layer layer, Set<String> required)
      throws ReflectiveOperationException {
    Set<String> open = new HashSet<>();
    for (RecordComponent c : layer.config().getClass().getRecordComponents()) {
      open.add(c.getName());
    }
    for (Method option : options(layer)) {
      Layer changed = (Layer) option.invoke(layer, arguments(layer, option));
      String component = component(option);
      assertThat(changed(layer, changed)).as(option.toString()).containsExactly(component);
      open.remove(component);
    }
    assertThat(open).isEqualTo(required);
  }

  /** Public methods of a base that is not public are seen as bridges in the layer's own class. */
  private static List<Method> options(Layer layer) {
    return Arrays.stream(layer.getClass().getMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !Modifier.isFinal(m.getModifiers()))
        .filter(m -> m.getParameterCount() > 0)
        .filter(m -> Layer.class.isAssignableFrom(m.getReturnType()))
        .toList();
  }

  private static String component(Method option) {
    return OF_EVERY_LAYER.contains(option.getName()) ? "options" : option.getName();
  }

  private static Object[] arguments(Layer layer, Method option) {
    return Arrays.stream(option.getParameterTypes())
        .map(t -> argument(t, layer, component(option)))
        .toArray();
  }

  private static Object argument(Class<?> type, Layer layer, String component) {
    if (type == int.class) {
      return component.equals("outputPadding") ? 0 : 3; // below the steps
    } else if (type == double.class) {
      return 0.25;
    } else if (type == long.class) {
      return 7L;
    } else if (type == int[].class) {
      return new int[] {1, 3};
    } else if (type == double[].class) {
      return new double[] {0.25, 0.5};
    } else if (type == Array.class) {
      return Array.of(new float[] {1, 2});
    } else if (type == long[].class) {
      return new long[] {-1, 1};
    } else if (type == boolean.class) {
      return component.equals("options") ? false : !(Boolean) value(layer, component);
    } else if (type == String.class) {
      return component.equals("biasAxes") ? "c" : "given";
    } else if (type == DTypePolicy.class) {
      return DTypePolicy.FLOAT64;
    } else if (type == Initializer.class) {
      return Constant.of(2);
    } else if (type == Regularizer.class) {
      return L2.of();
    } else if (type == Constraint.class) {
      return NonNeg.of();
    } else if (type == dev.ibex.core.Activation.class) {
      return RELU;
    } else if (type == UnaryOperator.class) {
      return (UnaryOperator<Shape>) in -> in;
    } else if (type == Lambda.MaskOf.class) {
      return (Lambda.MaskOf) (tf, xs, masks) -> masks.get(0);
    } else if (type == RenormClipping.class) {
      return RenormClipping.of().rmax(2).rmin(0.5).dmax(3);
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> e != value(layer, component))
        .findFirst()
        .orElseThrow();
  }

  private static Object value(Layer layer, String component) {
    return Arrays.stream(layer.config().getClass().getRecordComponents())
        .filter(c -> c.getName().equals(component))
        .map(c -> Records.get((Record) layer.config(), c))
        .findFirst()
        .orElseThrow(() -> new AssertionError(component));
  }

  /** Returns whether the layer's config has that value. */
  static boolean has(Layer layer, String component, Object value) {
    return Arrays.stream(layer.config().getClass().getRecordComponents())
        .anyMatch(c -> c.getName().equals(component) && value.equals(value(layer, component)));
  }

  private static List<String> changed(Layer a, Layer b) {
    List<String> names = new ArrayList<>();
    for (RecordComponent c : a.config().getClass().getRecordComponents()) {
      if (!value(a, c.getName()).equals(value(b, c.getName()))) {
        names.add(c.getName());
      }
    }
    return names;
  }

  @Test
  void an_option_after_the_first_use_is_refused() {
    Dense dense = Dense.of(3);
    dense.apply(Input.of(2));
    assertThatThrownBy(() -> dense.useBias(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "useBias: Dense(3) is in use already, and an option makes a new layer with weights of"
                + " its own; set its options before it is applied");
  }
}
