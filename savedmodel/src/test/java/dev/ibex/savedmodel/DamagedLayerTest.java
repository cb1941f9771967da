package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.core.Arguments;
import dev.ibex.core.Symbolic;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.NativeException;
import dev.ibex.graph.TensorBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Damaged SavedModels as layers: each says what is wrong, and none ends the process. */
class DamagedLayerTest {
  private static final String PB = "saved_model.pb";
  private static final String INDEX = "variables/variables.index";

  @TempDir Path folder;

  private static Path copy(String name, Path to) {
    Path from = LayerFixtures.folder(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        Path target = to.resolve(from.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.junit.jupiter.params.provider.Arguments damage(
      String what, String text, Consumer<FunctionDefLibrary.Builder> change) {
    return org.junit.jupiter.params.provider.Arguments.of(what, text, change);
  }

  private static NodeDef.Builder constant(FunctionDefLibrary.Builder library) {
    return node(library, "Const");
  }

  private static NodeDef.Builder node(FunctionDefLibrary.Builder library, String op) {
    return library.getFunctionBuilderList().stream()
        .flatMap(f -> f.getNodeDefBuilderList().stream())
        .filter(n -> n.getOp().equals(op))
        .findFirst()
        .orElseThrow();
  }

  private static Consumer<FunctionDefLibrary.Builder> value(Consumer<TensorProto.Builder> change) {
    return library -> {
      NodeDef.Builder node = constant(library);
      AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
      change.accept(value.getTensorBuilder());
      node.putAttr("value", value.build());
    };
  }

  private static void call(NodeDef.Builder node, String function) {
    node.putAttr(
        "f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build());
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> damages() {
    return Stream.of(
        damage(
            "a constant of another type",
            "expected a value of",
            value(t -> t.setDtype(DataType.DT_UINT16))),
        damage(
            "a constant of an endless shape",
            "got an axis of 1099511627776",
            value(t -> t.getTensorShapeBuilder().addDimBuilder().setSize(1L << 40))),
        damage(
            "a constant of few bytes that would take many",
            "expected constants that take at most 268435456 bytes more",
            value(
                t -> {
                  t.clearTensorContent().getTensorShapeBuilder().clearDim();
                  t.getTensorShapeBuilder().addDimBuilder().setSize(1L << 30);
                })),
        damage(
            "an unknown op",
            "does not have: [MakeCoffee]",
            library -> constant(library).setOp("MakeCoffee")),
        damage(
            "an unknown function",
            "neither in its library nor ops: [gone]",
            library -> call(node(library, "StatefulPartitionedCall"), "gone")),
        damage(
            "functions that call themselves",
            "calls itself",
            library ->
                library
                    .getFunctionBuilderList()
                    .forEach(
                        f ->
                            call(
                                f.addNodeDefBuilder().setName("again").setOp("PartitionedCall"),
                                f.getSignature().getName()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void is_refused_where_the_layer_is_described(
      String what, String text, Consumer<FunctionDefLibrary.Builder> change) {
    Path model = copy("mlp", folder.resolve("model"));
    SavedModelFixtures.edit(model, g -> change.accept(g.getGraphDefBuilder().getLibraryBuilder()));
    assertThatExceptionOfType(ModelFormatException.class)
        .as(what)
        .isThrownBy(() -> SavedModelLayer.of(model))
        .withMessageContaining(PB)
        .withMessageContaining(text);
  }

  @Test
  void lists_of_objects_of_another_shape_are_refused() {
    Path model = copy("mlp", folder.resolve("model"));
    Path prefix = model.resolve("variables/variables");
    List<TensorBundle.Entry> entries = List.copyOf(BundleIndex.read(prefix).readable().values());
    List<Array> values = TensorBundle.read(prefix, entries);
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      arrays.put(entries.get(i).name(), values.get(i));
    }
    arrays.put(
        "_CHECKPOINTABLE_OBJECT_GRAPH",
        Array.of(org.tensorflow.ndarray.Shape.of(0), new String[0]));
    TensorBundle.write(prefix, arrays);
    for (Consumer<Path> use :
        List.<Consumer<Path>>of(SavedModelLayer::of, m -> SavedModels.load(m).close())) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> use.accept(model))
          .withMessageContaining(INDEX + "!_CHECKPOINTABLE_OBJECT_GRAPH")
          .withMessageContaining("expected _CHECKPOINTABLE_OBJECT_GRAPH string");
    }
  }

  @Test
  void missing_values_are_refused_where_the_layer_is_described() throws IOException {
    Path model = copy("mlp", folder.resolve("model"));
    Files.delete(model.resolve("variables/variables.data-00000-of-00001"));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModelLayer.of(model))
        .withMessageContaining("this file is missing");
  }

  private static Model model(SavedModelLayer layer, LayerFixtures.Case c) {
    List<Input> inputs =
        c.inputs().stream()
            .map(x -> Input.of(x.shape().tail().asArray()).dtype(x.dtype()))
            .toList();
    return Model.of(inputs, layer.applyAll(Arguments.of(inputs.toArray(new Symbolic[0]))));
  }

  private static Array predict(Model model, LayerFixtures.Case c) {
    Data data = Data.inputs(model.inputNames().get(0), c.inputs().get(0));
    for (int i = 1; i < c.inputs().size(); i++) {
      data = data.input(model.inputNames().get(i), c.inputs().get(i));
    }
    return List.copyOf(model.predict(data).all().values()).get(0);
  }

  /** Writes a model's values again, all a little larger. */
  private static void retrain(Path model) {
    Path prefix = model.resolve("variables/variables");
    List<TensorBundle.Entry> entries = List.copyOf(BundleIndex.read(prefix).readable().values());
    List<Array> values = TensorBundle.read(prefix, entries);
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Array old = values.get(i);
      arrays.put(
          entries.get(i).name(),
          entries.get(i).dtype().isFloating()
              ? Array.generate(old.dtype(), old.shape(), k -> old.floats()[k] + 0.5)
              : old);
    }
    TensorBundle.write(prefix, arrays);
  }

  @Test
  void values_that_were_replaced_since_are_refused() {
    Path directory = copy("mlp", folder.resolve("model"));
    LayerFixtures.Case c = LayerFixtures.of("mlp");
    SavedModelLayer before = SavedModelLayer.of(directory).endpoint(c.endpoint());
    retrain(directory);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () -> {
              try (Model model = model(before, c)) {
                predict(model, c);
              }
            })
        .withMessageContaining(INDEX)
        .withMessageContaining("found others; describe the layer again");
    try (Model model = model(SavedModelLayer.of(directory).endpoint(c.endpoint()), c)) {
      assertThat(predict(model, c).floats()).isNotEqualTo(c.outputs().get(0).floats());
    }
  }

  @Test
  void two_exports_of_one_path_are_not_saved_together() {
    Path directory = copy("mlp", folder.resolve("model"));
    SavedModelLayer first = SavedModelLayer.of(directory);
    Input input = Input.of(4);
    Path file = folder.resolve("a.keras");
    var y = first.apply(input);
    SavedModelFixtures.edit(
        directory, g -> g.getMetaInfoDefBuilder().setMetaGraphVersion("another"));
    var z = SavedModelLayer.of(directory).apply(input);
    try (Model model = Model.of(List.of(input), List.of(y, z))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.save(file))
          .withMessageContaining("have the same filepath")
          .withMessageContaining(first.label() + " and ");
    }
    var again = SavedModelLayer.of(directory);
    try (Model model =
        Model.of(
            List.of(input),
            List.of(again.apply(input), SavedModelLayer.of(directory).apply(input)))) {
      model.save(file);
    }
    try (Model model = Models.load(file)) {
      assertThat(model.outputNames()).hasSize(2);
    }
  }

  /** A native crash would end the tests. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "transformer", "lstm", "module"})
  void any_damage_is_refused_or_harmless(String name) throws IOException {
    Path directory = copy(name, folder.resolve("model"));
    LayerFixtures.Case c = LayerFixtures.of(name);
    Path description = directory.resolve(PB);
    byte[] whole = Files.readAllBytes(description);
    List<String> refused = new ArrayList<>();
    boolean derivable = !name.equals("lstm");
    int used = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(description, damaged);
      try {
        SavedModelLayer layer = SavedModelLayer.of(directory).endpoint(c.endpoint());
        try (Model model = model(layer, c)) {
          layer.checkDerivatives(derivable, derivable);
          predict(model, c);
        }
        used++;
      } catch (IllegalArgumentException | ModelFormatException | NativeException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    assertThat(refused).isNotEmpty().allMatch(t -> t.length() > 20);
    assertThat(used).isGreaterThan(10);
    Files.write(description, whole);
    try (Model model = model(SavedModelLayer.of(directory).endpoint(c.endpoint()), c)) {
      assertThat(predict(model, c).floats())
          .containsExactly(c.outputs().get(0).floats(), within(2e-5f));
    }
  }
}
