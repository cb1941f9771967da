package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Layer;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.initializers.Constant;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.losses.Losses;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of Python's SavedModels as layers: what they compute and how they learn. */
class SavedModelLayerTest {
  private static final Offset<Float> CLOSE = within(2e-5f);

  static Stream<String> names() {
    return Stream.of("mlp", "cnn", "nested", "transformer", "lstm", "module", "tf_saved");
  }

  private static List<Input> inputs(LayerFixtures.Case c) {
    return c.inputs().stream()
        .map(x -> Input.of(x.shape().tail().asArray()).dtype(x.dtype()))
        .toList();
  }

  private static List<SymbolicTensor> applied(Layer layer, List<Input> inputs) {
    return layer.applyAll(dev.ibex.core.Arguments.of(inputs.toArray(new Symbolic[0])));
  }

  /** A model of the layer and a Dense on all its outputs. */
  private static Model headed(LayerFixtures.Case c, Layer layer) {
    List<Input> inputs = inputs(c);
    List<SymbolicTensor> flat = new ArrayList<>();
    applied(layer, inputs).forEach(y -> flat.add(Flatten.of().apply(y)));
    SymbolicTensor joined =
        flat.size() == 1
            ? flat.get(0)
            : Concatenate.of().apply(flat.toArray(new SymbolicTensor[0]));
    Dense head = Dense.of(1).kernelInitializer(Constant.of(0.125)).named("head");
    return Model.of(inputs, List.of(head.apply(joined)));
  }

  private static Data data(Model model, LayerFixtures.Case c) {
    Data data = Data.inputs(model.inputNames().get(0), c.inputs().get(0));
    for (int i = 1; i < c.inputs().size(); i++) {
      data = data.input(model.inputNames().get(i), c.inputs().get(i));
    }
    return data;
  }

  private static void assertClose(Array actual, Array expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.floats()).containsExactly(expected.floats(), CLOSE);
  }

  @ParameterizedTest
  @MethodSource("names")
  void computes_what_Python_computes(String name) {
    LayerFixtures.Case c = LayerFixtures.of(name);
    List<Input> inputs = inputs(c);
    try (Model model = Model.of(inputs, applied(c.layer(), inputs))) {
      List<Array> outputs = List.copyOf(model.predict(data(model, c)).all().values());
      assertThat(outputs).hasSameSizeAs(c.outputs());
      for (int i = 0; i < outputs.size(); i++) {
        assertClose(outputs.get(i), c.outputs().get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void has_the_weights_in_the_order_of_Python(String name) {
    LayerFixtures.Case c = LayerFixtures.of(name);
    SavedModelLayer layer = c.layer();
    applied(layer, inputs(c));
    assertThat(
            layer.weights().stream().map(w -> new LayerFixtures.Weight(w.shape(), w.trainable())))
        .isEqualTo(c.weights());
    assertThat(layer.weights().stream().map(Variable::name)).doesNotHaveDuplicates();
  }

  static Stream<Arguments> fits() {
    return names()
        .map(LayerFixtures::of)
        .flatMap(c -> c.fits().stream().map(f -> arguments(c, f.optimizer(), f.frozen(), f)));
  }

  private static Optimizer optimizer(String name) {
    return name.equals("sgd") ? SGD.of().learningRate(0.05) : Adam.of().learningRate(0.05);
  }

  @ParameterizedTest(name = "{0} {1} frozen: {2}")
  @MethodSource("fits")
  void learns_what_Python_learns(
      LayerFixtures.Case c, String optimizer, boolean frozen, LayerFixtures.Fit expected) {
    SavedModelLayer layer = c.layer();
    if (frozen) {
      layer.freeze();
    }
    try (Model model = headed(c, layer)) {
      model.compile(optimizer(optimizer), Losses.mse());
      Data data = data(model, c).target("head", c.targets());
      List<Double> losses = model.fit(data, Fit.epochs(3).batchSize(3).shuffle(false)).get("loss");
      for (int i = 0; i < expected.losses().size(); i++) {
        assertThat(losses.get(i)).isCloseTo(expected.losses().get(i), within(1e-5));
      }
      assertClose(model.predict(data(model, c)).array(), expected.prediction());
      for (int i = 0; i < expected.weights().size(); i++) {
        assertClose(layer.weights().get(i).value(), expected.weights().get(i));
      }
    }
  }
}
