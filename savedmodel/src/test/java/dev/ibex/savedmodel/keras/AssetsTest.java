package dev.ibex.savedmodel.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.savedmodel.SavedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Files that layers keep beside their weights. */
class AssetsTest {
  private static final String FILE = "offset.txt";
  private static final String PLACE = "assets/layers/offset/" + FILE;

  @TempDir Path folder;

  /** A layer of a user: adds a number that it keeps in a file. */
  static final class Offset extends UnaryLayer {
    private String name = FILE;
    private float offset;

    /** The description, without the number. */
    public record Config(LayerOptions options) implements LayerConfig {}

    private Offset(Config config) {
      super(config, Offset::new);
    }

    static Offset of(float offset) {
      Offset layer = new Offset(new Config(LayerOptions.DEFAULT));
      layer.offset = offset;
      return layer;
    }

    static Offset inFile(String name) {
      Offset layer = of(1);
      layer.name = name;
      return layer;
    }

    @Override
    public Map<String, byte[]> assets() {
      return Map.of(name, String.valueOf(offset).getBytes(UTF_8));
    }

    @Override
    public void loadAssets(Map<String, byte[]> files) {
      Check.that(files.keySet().equals(Set.of(FILE)), "expected %s, got %s", FILE, files.keySet());
      offset = Float.parseFloat(new String(files.get(FILE), UTF_8));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      return call.tf().math.add(x, call.tf().dtypes.cast(call.tf().constant(offset), x.type()));
    }
  }

  @BeforeAll
  static void register() {
    ConfigCodec.get().register("assets>Offset", Offset.of(0));
  }

  private Path saved(Layer... layers) {
    Path file = folder.resolve("a.keras");
    List<Layer> all = Stream.concat(Stream.of(Input.of(2)), Stream.of(layers)).toList();
    try (Model model = Sequential.of("", all)) {
      model.save(file);
    }
    return file;
  }

  private static Sequential inner(float offset) {
    return Sequential.of("inner", List.of(Input.of(2).named("inner_in"), Offset.of(offset)));
  }

  @Test
  void each_layer_gets_its_own_again() throws Exception {
    Path file = saved(Offset.of(1), Offset.of(20), inner(300));
    assertThat(Zips.entries(file))
        .containsKeys(
            PLACE,
            "assets/layers/offset_1/" + FILE,
            "assets/layers/sequential/layers/offset/" + FILE);
    try (Model model = Models.load(file)) {
      assertThat(model.predict(new float[][] {{0, 5}}).array())
          .isEqualTo(Array.of(new float[][] {{321, 326}}));
    }
  }

  @Test
  void saved_models_have_them_too() {
    Path directory = folder.resolve("exported");
    try (Model model = Sequential.of(Input.of(2), Offset.of(1), inner(300))) {
      SavedModels.export(model, directory);
    }
    assertThat(directory.resolve("assets.extra/keras").resolve(PLACE)).hasContent("1.0");
    try (Model model = Models.load(directory)) {
      assertThat(model.predict(new float[][] {{0, 5}}).array())
          .isEqualTo(Array.of(new float[][] {{301, 306}}));
    }
  }

  private void refused(Path file, String... texts) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file).close())
        .satisfies(e -> assertThat(e).message().contains(file.toString()).contains(texts));
  }

  @Test
  void a_file_that_is_missing_is_named() throws Exception {
    Path file = Zips.edit(saved(Offset.of(1)), folder.resolve("b.keras"), PLACE, b -> null);
    refused(file, "!assets/layers/offset/: expected offset.txt, got []");
  }

  @ParameterizedTest
  @CsvSource({
    "layers/offset/more.txt, assets/layers/offset/: expected offset.txt",
    "layers/offset_1/offset.txt, assets/layers/offset_1/: the model has no layer there",
    "layers/offset/inner/offset.txt, assets/layers/offset/inner/: the model has no layer there",
    "offset/offset.txt, assets/offset/: the model has no layer there",
    "layers/dense/offset.txt, takes no files"
  })
  void files_that_no_layer_takes_are_refused(String name, String text) throws Exception {
    Path file = folder.resolve("b.keras");
    Zips.edit(saved(Offset.of(1), Dense.of(1)), file, "assets/" + name, b -> new byte[] {'1'});
    refused(file, text);
  }

  @Test
  void a_picture_of_the_model_is_passed_over() throws Exception {
    Path file = folder.resolve("b.keras");
    Zips.edit(saved(Offset.of(1)), file, "assets/summary_plot.png", b -> new byte[9]);
    Models.load(file).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "inner/x", "a\\x", "/x", "C:x", "a\nx"})
  void names_that_lead_elsewhere_are_not_written(String name) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> saved(Offset.inFile(name)))
        .withMessageContaining("offset")
        .withMessageContaining("assets(): expected names of files without directories, got");
    assertThat(Files.exists(folder.resolve("a.keras"))).isFalse();
  }
}
