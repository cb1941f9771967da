package dev.ibex.savedmodel.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Reads what h5py wrote: hdf5_fixtures.py. */
class Hdf5FileTest {
  private static final Map<String, long[]> SHAPES =
      Map.of(
          "scalar", new long[0],
          "vector", new long[] {5},
          "matrix", new long[] {3, 4},
          "empty", new long[] {0, 4});

  @TempDir Path folder;

  private static Array read(Hdf5File file, String path) {
    return file.root().dataset(path).orElseThrow().read();
  }

  static List<String> typedPaths() {
    List<String> paths = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (String shape : SHAPES.keySet()) {
        if (dtype != DType.STRING) {
          paths.add(dtype.lowerName() + "/" + shape);
        }
        if (dtype != DType.STRING && dtype != DType.BFLOAT16) {
          paths.add("big_endian/" + dtype.lowerName() + "/" + shape);
        }
      }
    }
    return paths;
  }

  @ParameterizedTest
  @MethodSource("typedPaths")
  void every_type_and_shape_is_read(String path) {
    String[] names = path.split("/", -1);
    DType dtype = DType.of(names[names.length - 2]);
    Array expected =
        Fixtures.values(dtype, Objects.requireNonNull(SHAPES.get(names[names.length - 1])));
    for (String name : List.of("types", "types_latest")) {
      try (Hdf5File file = Fixtures.open(name)) {
        Hdf5Dataset dataset = file.root().dataset(path).orElseThrow();
        assertThat(dataset.path()).isEqualTo(path);
        assertThat(dataset.shape()).isEqualTo(expected.shape());
        assertThat(dataset.dtype()).isEqualTo(dtype);
        assertThat(dataset.read()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types", "types_latest"})
  void limits_and_texts_are_read(String name) {
    try (Hdf5File file = Fixtures.open(name)) {
      assertThat(read(file, "bounds/int8").ints()).containsExactly(-128, 127);
      assertThat(read(file, "bounds/int64").longs())
          .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(read(file, "bounds/uint8").ints()).containsExactly(0, 255);
      assertThat(read(file, "bounds/uint16").ints()).containsExactly(0, 65535);
      assertThat(read(file, "bounds/uint32").longs()).containsExactly(0, 4294967295L);
      assertThat(read(file, "bounds/float16").floats())
          .containsExactly(65504, -0x1p-24f, Float.POSITIVE_INFINITY, Float.NaN);
      String[] texts = {"", "käse", "\uD83D\uDE00", "x".repeat(300)};
      assertThat(read(file, "text/variable").strings()).containsExactly(texts);
      assertThat(read(file, "text/fixed").strings()).containsExactly(texts);
      assertThat(read(file, "text/scalar")).isEqualTo(Array.of(Shape.scalar(), "käse"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"attributes", "attributes_latest"})
  void attributes_are_read(String name) {
    try (Hdf5File file = Fixtures.open(name)) {
      Hdf5Group root = file.root();
      assertThat(root.text("text")).contains("é漢".repeat(20_000));
      assertThat(root.text("empty_text")).contains("");
      assertThat(root.text("bytes")).contains("fixed");
      assertThat(root.text("one")).contains("single");
      assertThat(root.text("absent")).isEmpty();
      assertThat(root.texts("absent")).isEmpty();
      assertThat(root.texts("names")).contains(List.of("dense", "dense_1"));
      assertThat(root.texts("variable_names")).contains(List.of("é", "", "b"));
      assertThat(root.texts("none")).contains(List.of());
      assertThat(root.texts("nothing")).contains(List.of());
      assertThat(root.texts("split"))
          .contains(IntStream.range(0, 5).mapToObj(i -> "name_000" + i).toList());
      assertThat(root.group("many").orElseThrow().text("a29")).contains("value 29");
      String place = "model.keras!model.weights.h5: has an attribute ";
      assertThatThrownBy(() -> root.text("names"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(place + "\"names\" of 2 texts, expected 1");
      assertThatThrownBy(() -> root.texts("number"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(place + "\"number\" of type float64, not text");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "groups_latest"})
  void a_group_of_many_members_is_read(String name) {
    try (Hdf5File file = Fixtures.open(name)) {
      assertThat(file.root().children())
          .hasSize(500)
          .allSatisfy(
              (member, node) ->
                  assertThat(read(file, member + "/x").number(0))
                      .isEqualTo(Integer.parseInt(member.substring("group_".length()))));
      assertThat(file.root().find("group_7/y")).isEmpty();
      assertThat(file.root().find("group_7/x/y")).isEmpty();
      assertThat(file.root().group("group_7/x")).isEmpty();
      assertThat(file.root().find("")).contains(file.root());
    }
  }

  @Test
  void large_attributes_and_many_names_of_the_latest_version_are_read() {
    try (Hdf5File file = Fixtures.open("wide_heap")) {
      assertThat(file.root().children()).hasSize(1000);
      assertThat(file.root().text("large")).contains("x".repeat(70_000));
      assertThat(file.root().text("large_fixed")).contains("y".repeat(70_000));
    }
  }

  static Stream<String> chunked() {
    return Stream.of(
        "plain",
        "gzip",
        "shuffled",
        "lzf",
        "checked",
        "all",
        "grows",
        "grows_across",
        "grows_both",
        "limited",
        "one_chunk",
        "one_chunk_gzip");
  }

  @ParameterizedTest
  @MethodSource("chunked")
  void chunks_are_read_in_every_order_and_compression(String path) {
    for (String name : List.of("chunks", "chunks_latest")) {
      try (Hdf5File file = Fixtures.open(name)) {
        assertThat(read(file, path)).isEqualTo(Fixtures.values(DType.FLOAT32, 50, 30));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunks", "chunks_latest"})
  void many_missing_and_incompressible_chunks_are_read(String name) {
    try (Hdf5File file = Fixtures.open(name)) {
      assertThat(read(file, "many")).isEqualTo(Fixtures.values(DType.INT16, 3000));
      assertThat(read(file, "many_grow")).isEqualTo(Fixtures.values(DType.INT16, 3000));
      assertThat(read(file, "noise")).isEqualTo(read(file, "noise_plain"));
      assertThat(read(file, "text").strings()).hasSize(20).startsWith("a", "bc", "a");
      double[] sparse = new double[20];
      java.util.Arrays.setAll(sparse, i -> i / 5 == 1 ? i - 5 : 7.5);
      assertThat(read(file, "sparse").doubles()).containsExactly(sparse);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soft/link             | is a soft link, which is not followed
          external/link         | is a link to another file, which is not followed
          complex               | has elements of 8 bytes and type compound, which are not read
          unsigned              | has elements of 8 bytes and type unsigned integer
          enumeration           | has elements of 1 bytes and type enumeration
          opaque                | has elements of 3 bytes and type opaque
          nothing               | its shape [1099511627776] has more elements than an array
          nothing_large         | has the shape [1048576], but no values are stored
          nothing_in_chunks     | declares 1073741824 bytes of values, but stores only 0
          little_in_chunks      | declares 1073741824 bytes of values, but stores only
          elsewhere             | has its values in other files
          virtual               | has its values in other datasets
          named_type            | is neither a group nor a dataset
          """)
  void what_is_not_read_says_where_it_is(String path, String text) {
    try (Hdf5File file = Fixtures.open("refused")) {
      assertThatThrownBy(() -> read(file, path))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageStartingWith("model.keras!model.weights.h5/" + path + ": " + text);
    }
  }

  @Test
  void a_link_harms_only_those_who_follow_it() {
    try (Hdf5File file = Fixtures.open("refused")) {
      assertThat(read(file, "soft/there").floats()).containsExactly(0, 1);
      assertThatThrownBy(() -> file.root().group("soft").orElseThrow().children())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("soft/link: is a soft link");
    }
  }

  @ParameterizedTest
  @CsvSource({"twice/a, twice/b", "circle/inner, circle/inner/back", "circle/inner, circle/self"})
  void objects_of_two_names_are_refused(String first, String second) {
    try (Hdf5File file = Fixtures.open("refused")) {
      assertThat(file.root().find(first)).isPresent();
      assertThatThrownBy(() -> file.root().find(second))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(second + ": is the same object as \"" + first.substring(0, 6));
    }
  }

  @Test
  void groups_are_not_nested_without_end() {
    try (Hdf5File file = Fixtures.open("deep")) {
      assertThatThrownBy(() -> file.root().find("d/".repeat(79) + "d"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("groups are nested more than 64 deep");
    }
  }

  @Test
  void files_are_read_where_they_lie() throws IOException {
    Path actual = folder.resolve("x.tmp");
    Files.write(actual, Fixtures.bytes("small"));
    try (Hdf5File file = Hdf5File.open(Fixtures.SHOWN, Fixtures.ENTRY, actual)) {
      assertThat(read(file, "layers/dense/vars/0")).isEqualTo(Fixtures.values(DType.FLOAT32, 3, 4));
      assertThat(file.root().group("layers").orElseThrow().fail("is bad", null))
          .hasMessage("model.keras!model.weights.h5/layers: is bad");
    }
    try (Hdf5File file = Hdf5File.open(actual)) {
      assertThat(file.root().fail("is bad", null)).hasMessage(actual + ": is bad");
    }
  }

  @Test
  void other_and_absent_files_are_refused() throws IOException {
    Path other = folder.resolve("x.h5");
    assertThatThrownBy(() -> Hdf5File.open(other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(other + ": cannot be read: ");
    Files.writeString(other, "PK");
    assertThatThrownBy(() -> Hdf5File.open(other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(other + ": is no HDF5 file: it does not begin as HDF5 files do");
    byte[] whole = Fixtures.bytes("small");
    assertThatThrownBy(() -> Fixtures.open(java.util.Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("it was not copied or written whole");
    assertThat(Hdf5File.looksLike(whole)).isTrue();
    assertThat(Hdf5File.looksLike(new byte[] {(byte) 0x89, 'H'})).isFalse();
  }
}
