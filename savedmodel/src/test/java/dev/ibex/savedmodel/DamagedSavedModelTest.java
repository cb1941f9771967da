package dev.ibex.savedmodel;

import static dev.ibex.savedmodel.SavedModelFixtures.copy;
import static dev.ibex.savedmodel.SavedModelFixtures.edit;
import static dev.ibex.savedmodel.SavedModelFixtures.folder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.NativeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Files that cannot be loaded say where, what was expected, what came and what to do. */
class DamagedSavedModelTest {
  private static final String PB = "saved_model.pb";
  private static final String INDEX = "variables/variables.index";
  private static final String SHARD = "variables/variables.data-00000-of-00001";

  /** The first value behind the cut. */
  private static final String FIRST = SHARD + "!_CHECKPOINTABLE_OBJECT_GRAPH";

  @TempDir Path temporary;

  /** A way to damage a copy of a model. */
  private static Arguments damage(
      String what, String fixture, String place, Consumer<Path> damage, String... texts) {
    return Arguments.of(what, fixture, place, damage, List.of(texts));
  }

  private static Consumer<Path> graph(Consumer<MetaGraphDef.Builder> change) {
    return model -> edit(model, change);
  }

  private static Consumer<Path> files(Change change) {
    return model -> {
      try {
        change.apply(model);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** A change of files. */
  private interface Change {
    void apply(Path model) throws IOException;
  }

  private static Consumer<Path> without(String name) {
    return files(m -> Files.delete(m.resolve(name)));
  }

  private static Consumer<Path> cut(String name, int left) {
    return files(
        m ->
            Files.write(m.resolve(name), Arrays.copyOf(Files.readAllBytes(m.resolve(name)), left)));
  }

  private static Consumer<Path> asset(String name) {
    return graph(
        g ->
            g.addAssetFileDef(
                AssetFileDef.newBuilder()
                    .setFilename(name)
                    .setTensorInfo(TensorInfo.newBuilder().setName("Const:0"))));
  }

  private static NodeDef.Builder call(GraphDef.Builder graph) {
    return graph.getNodeBuilderList().stream()
        .filter(n -> n.getOp().equals("StatefulPartitionedCall"))
        .findFirst()
        .orElseThrow();
  }

  private static Consumer<Path> constant(Consumer<TensorProto.Builder> change) {
    return graph(
        g -> {
          NodeDef.Builder node =
              g.getGraphDefBuilder().getNodeBuilderList().stream()
                  .filter(n -> n.getName().equals("mul/x"))
                  .findFirst()
                  .orElseThrow();
          AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
          change.accept(value.getTensorBuilder());
          node.putAttr("value", value.build());
        });
  }

  static Stream<Arguments> damages() {
    return Stream.concat(files(), descriptions());
  }

  private static Stream<Arguments> files() {
    return Stream.of(
        damage("no description", "mlp", PB, without(PB), "this part is missing"),
        damage(
            "a description as text",
            "mlp",
            PB,
            files(m -> Files.move(m.resolve(PB), m.resolve("saved_model.pbtxt"))),
            "saved_model.pbtxt, the same as text, which is not read",
            "load it in Python and save it again"),
        damage("an empty description", "mlp", PB, cut(PB, 0), "describes no graph"),
        damage("half a description", "mlp", PB, cut(PB, 9000), "not completely written"),
        damage(
            "other content",
            "mlp",
            PB,
            files(m -> Files.writeString(m.resolve(PB), "not a model at all")),
            "it is damaged"),
        damage("no index", "mlp", INDEX, without(INDEX), "this part is missing"),
        damage("half an index", "mlp", INDEX, cut(INDEX, 200), "the whole directory"),
        damage("an empty index", "mlp", INDEX, cut(INDEX, 0), "the whole directory"),
        damage("no values", "mlp", SHARD, without(SHARD), "this file is missing"),
        damage("half the values", "mlp", FIRST, cut(SHARD, 100), "the whole directory"),
        damage(
            "one file of three",
            "mlp",
            SHARD,
            files(
                m ->
                    Files.move(
                        m.resolve(SHARD), m.resolve("variables/variables.data-00000-of-00003"))),
            "this file is missing"),
        damage(
            "half the values, found through objects",
            "mlp_tf",
            FIRST,
            cut(SHARD, 100),
            "the whole directory"),
        damage(
            "no vocabulary", "kinds", "assets/words.txt", without("assets/words.txt"), "missing"),
        damage(
            "a vocabulary elsewhere",
            "kinds",
            "assets/words.txt",
            files(
                m -> {
                  Path outside = m.resolveSibling("outside.txt");
                  Files.move(m.resolve("assets/words.txt"), outside);
                  Files.createSymbolicLink(m.resolve("assets/words.txt"), outside);
                }),
            "outside of the model's directory"));
  }

  private static Stream<Arguments> descriptions() {
    return Stream.of(
        damage("a file above", "mlp", "assets/../../x", asset("../../x"), "outside of the model's"),
        damage(
            "a file of the machine", "mlp", "assets//etc/passwd", asset("/etc/passwd"), "outside"),
        damage("a file without a name", "mlp", "assets/", asset(""), "outside"),
        damage(
            "unknown ops",
            "mlp",
            PB,
            graph(
                g -> {
                  g.getGraphDefBuilder().addNodeBuilder().setName("n").setOp("MakeCoffee");
                  g.getGraphDefBuilder()
                      .getLibraryBuilder()
                      .getFunctionBuilder(0)
                      .addNodeDefBuilder()
                      .setName("m")
                      .setOp("Brew");
                }),
            "ops that TensorFlow",
            "does not have: [Brew, MakeCoffee]"),
        damage(
            "unknown functions",
            "mlp",
            PB,
            graph(
                g ->
                    call(g.getGraphDefBuilder())
                        .putAttr(
                            "f",
                            AttrValue.newBuilder()
                                .setFunc(NameAttrList.newBuilder().setName("gone"))
                                .build())),
            "neither in its library nor ops: [gone]"),
        damage("no graph", "mlp", PB, graph(g -> g.clearGraphDef()), "the graph has no nodes"),
        damage(
            "a constant of another type",
            "tf1",
            PB,
            constant(t -> t.setDtype(DataType.DT_UINT32)),
            "expected a value of DT_FLOAT, got DT_UINT32"),
        damage(
            "a constant of an endless shape",
            "tf1",
            PB,
            constant(t -> t.getTensorShapeBuilder().addDimBuilder().setSize(1L << 40)),
            "got an axis of 1099511627776"),
        damage(
            "a call with too few inputs",
            "mlp_tf",
            PB,
            graph(g -> call(g.getGraphDefBuilder()).clearInput()),
            "TensorFlow refuses the graph"),
        damage(
            "a signature of other tensors",
            "mlp",
            PB,
            signature(i -> i.setName("gone:0")),
            "signature \"serving_default\", input \"x\": there is no op \"gone\""),
        damage(
            "a signature of outputs that are not there",
            "mlp",
            PB,
            signature(i -> i.setName("serving_default_x:7")),
            "has 1 outputs"),
        damage(
            "a signature of another type",
            "mlp",
            PB,
            signature(i -> i.setDtype(DataType.DT_INT32)),
            "expected the DT_FLOAT of the graph's tensor serving_default_x:0, got DT_INT32"),
        damage(
            "a signature of no shape",
            "mlp",
            PB,
            signature(i -> i.getTensorShapeBuilder().getDimBuilder(0).setSize(-7)),
            "expected sizes of axes, got -7"),
        damage(
            "a restore that is not there",
            "mlp",
            "variables",
            graph(g -> g.getSaverDefBuilder().setRestoreOpName("gone")),
            "there is no op \"gone\""),
        damage(
            "first ops that are not there",
            "kinds",
            PB,
            graph(
                g ->
                    g.putSignatureDef(
                        "__saved_model_init_op",
                        SignatureDef.newBuilder()
                            .putOutputs(
                                "__saved_model_init_op",
                                TensorInfo.newBuilder().setName("gone").build())
                            .build())),
            "the first op fails: there is no op \"gone\""));
  }

  private static Consumer<Path> signature(Consumer<TensorInfo.Builder> change) {
    return graph(
        g -> {
          SignatureDef.Builder s = g.getSignatureDefOrThrow("serving_default").toBuilder();
          TensorInfo.Builder x = s.getInputsOrThrow("x").toBuilder();
          change.accept(x);
          g.putSignatureDef("serving_default", s.putInputs("x", x.build()).build());
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void isRefused(
      String what, String fixture, String place, Consumer<Path> damage, List<String> texts) {
    Path model = copy(fixture, temporary.resolve("model"));
    damage.accept(model);
    assertThatExceptionOfType(ModelFormatException.class)
        .as(what)
        .isThrownBy(() -> SavedModels.load(model))
        .satisfies(
            e -> {
              assertThat(e.file()).isEqualTo(model);
              assertThat(e.place()).isEqualTo(place);
              assertThat(e.getMessage()).contains(texts);
            });
  }

  @Test
  void noDirectoryIsRefused() throws IOException {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModels.load(temporary.resolve("nothing")))
        .withMessageContaining("there is no such directory");
    Path file = Files.writeString(temporary.resolve("model.keras"), "");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModels.load(file))
        .withMessageContaining("the path is a file; a SavedModel is a directory");
  }

  @Test
  void otherTagsAreListed() {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModels.load(folder("tf1"), Set.of("train")))
        .withMessageContaining(
            "no graph with the tags [train]; those there are have [[serve], [serve, double]]");
  }

  @Test
  void ofSeveralGraphsThatToServeIsTaken() {
    Path model = copy("tf1", temporary.resolve("model"));
    edit(model, g -> g.getMetaInfoDefBuilder().clearTags().addTags("train"));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModels.load(model))
        .withMessageContaining("no graph with the tags [serve]");
  }

  @Test
  void theOnlyGraphIsTakenWhateverItsTags() {
    Path model = copy("mlp", temporary.resolve("model"));
    edit(model, g -> g.getMetaInfoDefBuilder().clearTags().addTags("gpu"));
    try (LoadedModel loaded = SavedModels.load(model)) {
      assertThat(loaded.tags()).containsExactly("gpu");
    }
  }

  @Test
  void tensorsMadeOfSeveralAreRefusedByName() {
    Path model = copy("mlp", temporary.resolve("model"));
    signature(i -> i.getCompositeTensorBuilder()).accept(model);
    try (LoadedModel loaded = SavedModels.load(model)) {
      assertThat(loaded.refusedSignatures().get("serving_default"))
          .startsWith("signature \"serving_default\", input \"x\" is made of several tensors");
      assertThat(loaded.signatures()).containsOnlyKeys("serve");
    }
  }

  /** A native crash would end the tests. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "rnn", "tf1"})
  void anyDamageIsRefusedOrHarmless(String fixture) throws IOException {
    Path model = copy(fixture, temporary.resolve("model"));
    SavedModelFixtures.Call call = SavedModelFixtures.calls(fixture).get(0);
    Path description = model.resolve(PB);
    byte[] whole = Files.readAllBytes(description);
    int refused = 0;
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(description, damaged);
      try (LoadedModel loaded = SavedModels.load(model)) {
        assertThat(loaded.tags()).hasSizeLessThan(4);
        assertThat(loaded.function(call.signature()).call(call.inputs()).all()).isNotEmpty();
      } catch (ModelFormatException | IllegalArgumentException | NativeException e) {
        assertThat(e.getMessage()).hasSizeGreaterThan(20);
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 29);
  }
}
