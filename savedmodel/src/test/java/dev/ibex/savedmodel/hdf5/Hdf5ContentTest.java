package dev.ibex.savedmodel.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class Hdf5ContentTest {
  @TempDir Path folder;

  private static Hdf5File reread(Hdf5Content content) {
    return Fixtures.open(Fixtures.bytes(content));
  }

  static Stream<Arguments> typesAndShapes() {
    return Stream.of(DType.values())
        .flatMap(
            t ->
                Stream.of(new long[0], new long[] {1}, new long[] {3, 0, 2}, new long[] {2, 3, 4})
                    .map(shape -> Arguments.of(t, shape)));
  }

  @ParameterizedTest
  @MethodSource("typesAndShapes")
  void what_is_written_is_read(DType dtype, long... shape) {
    Array value = Fixtures.values(dtype, shape);
    try (Hdf5File file = reread(new Hdf5Content().dataset("a/b/0", value).dataset("c", value))) {
      assertThat(file.root().dataset("a/b/0").orElseThrow().read()).isEqualTo(value);
      assertThat(file.root().dataset("c").orElseThrow().dtype()).isEqualTo(dtype);
      assertThat(file.root().dataset("c").orElseThrow().shape()).isEqualTo(Shape.of(shape));
    }
  }

  static Stream<Array> limits() {
    Shape pair = Shape.of(2);
    return Stream.of(
        Array.of(pair, Integer.MIN_VALUE, Integer.MAX_VALUE),
        Array.of(pair, Long.MIN_VALUE, Long.MAX_VALUE),
        Array.of(pair, -128, 127).cast(DType.INT8),
        Array.of(pair, -32768, 32767).cast(DType.INT16),
        Array.of(pair, 0, 255).cast(DType.UINT8),
        Array.of(pair, 0, 65535).cast(DType.UINT16),
        Array.of(pair, 0L, 4294967295L).cast(DType.UINT32),
        Array.of(pair, -65504f, 0x1p-24f).cast(DType.FLOAT16),
        Array.of(pair, Float.NEGATIVE_INFINITY, Float.NaN).cast(DType.FLOAT16),
        Array.of(pair, -0x1.fep127f, 0x1p-133f).cast(DType.BFLOAT16),
        Array.of(pair, Float.NaN, -0f),
        Array.of(pair, Double.MIN_VALUE, Double.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void limits_are_kept(Array value) {
    try (Hdf5File file = reread(new Hdf5Content().dataset("x", value))) {
      assertThat(file.root().dataset("x").orElseThrow().read()).isEqualTo(value);
    }
  }

  @Test
  void texts_of_every_size_are_kept() {
    String large = "é漢{\"config\": 1}".repeat(20_000);
    Hdf5Content content =
        new Hdf5Content()
            .group("empty")
            .attribute("", "model_config", large)
            .attribute("", "none", "")
            .attribute("empty", "names", List.of())
            .attribute("empty", "more", List.of("dense", "", "käse"));
    try (Hdf5File file = reread(content)) {
      assertThat(file.root().text("model_config")).contains(large);
      assertThat(file.root().text("none")).contains("");
      Hdf5Group empty = file.root().group("empty").orElseThrow();
      assertThat(empty.texts("names")).contains(List.of());
      assertThat(empty.texts("more")).contains(List.of("dense", "", "käse"));
      assertThat(empty.children()).isEmpty();
    }
  }

  /** 64512 bytes of texts are one attribute, as in Keras; a text more makes two. */
  @ParameterizedTest
  @CsvSource({"6451, 1", "6452, 2", "12902, 2", "12903, 3", "20000, 4"})
  void names_are_split_as_keras_does(int count, int parts) {
    List<String> names =
        IntStream.range(0, count).mapToObj(i -> String.format("name_%05d", i)).toList();
    try (Hdf5File file = reread(new Hdf5Content().attribute("", "names", names))) {
      assertThat(file.root().texts("names")).contains(names);
      int first = (count + parts - 1) / parts;
      assertThat(file.root().texts("names0").isPresent()).isEqualTo(parts > 1);
      file.root().texts("names0").ifPresent(n -> assertThat(n).hasSize(first));
      assertThat(file.root().texts("names" + (parts - 1)).isPresent()).isEqualTo(parts > 1);
      assertThat(file.root().texts("names" + parts)).isEmpty();
    }
  }

  @Test
  void more_texts_than_a_heap_can_count_are_kept() {
    String[] texts = new String[150_000];
    java.util.Arrays.setAll(texts, i -> Integer.toString(i));
    Array value = Array.of(texts);
    try (Hdf5File file = reread(new Hdf5Content().dataset("vocabulary", value))) {
      assertThat(file.root().dataset("vocabulary").orElseThrow().read()).isEqualTo(value);
    }
  }

  @Test
  void a_group_has_room_for_many_members() {
    Hdf5Content content = new Hdf5Content();
    IntStream.range(0, 10_000).forEach(i -> content.group("layers/layer_" + i));
    try (Hdf5File file = reread(content)) {
      assertThat(file.root().group("layers").orElseThrow().children()).hasSize(10_000);
    }
  }

  @Test
  void writing_again_gives_the_same_bytes_and_their_number_is_known() {
    Hdf5Content content =
        new Hdf5Content()
            .dataset("b", Fixtures.values(DType.INT8, 3))
            .dataset("a", Fixtures.values(DType.STRING, 3))
            .attribute("a", "x", "y");
    byte[] bytes = Fixtures.bytes(content);
    assertThat(Fixtures.bytes(content)).isEqualTo(bytes);
    assertThat(content.size()).isEqualTo(bytes.length);
  }

  @Test
  void members_are_sorted_by_name() {
    Hdf5Content content = new Hdf5Content().group("b").group("a/c").group("a");
    try (Hdf5File file = reread(content)) {
      assertThat(file.root().children().keySet()).containsExactly("a", "b");
    }
  }

  @Test
  void what_cannot_be_written_is_refused() {
    Array x = Array.scalar(1);
    Hdf5Content content = new Hdf5Content().dataset("a/x", x).attribute("a", "n", "t");
    refused(() -> content.dataset("a/x", x), "path: \"a/x\" is there already");
    refused(() -> content.dataset("a", x), "path: \"a\" is there already");
    refused(() -> content.group("a/x/y"), "path: \"a/x/y\" leads through a dataset");
    refused(() -> content.group("a//y"), "path: \"a//y\" has a part that is empty");
    refused(() -> content.dataset("", x), "path: \"\" has a part that is empty");
    refused(() -> content.group("./y"), "path: \"./y\" has a part that is empty, \".\"");
    refused(() -> content.group(String.join("/", Collections.nCopies(65, "d"))), "path: \"d/d/d/d");
    refused(() -> content.attribute("b", "n", "t"), "path: nothing was added at \"b\"");
    refused(() -> content.attribute("a", "n", "t"), "name: \"a\" has an attribute \"n\" already");
    refused(() -> content.attribute("a", "", "t"), "name: \"\" is empty or has more than 255");
    refused(() -> content.attribute("a", "z", "\0"), "text: attribute \"z\" has a character");
    refused(() -> content.attribute("a", "z", "\ud800"), "text: attribute \"z\" has half of");
    refused(() -> content.attribute("a", "z", List.of("\0")), "texts: attribute \"z\" has a char");
    refused(
        () -> content.attribute("a", "z", List.of("x".repeat(64_513))),
        "texts: one of attribute \"z\" has 64513 bytes");
    refused(
        () -> content.dataset("s", Array.of(new String[] {"\0"})),
        "value: element of \"s\" has a character");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text);
  }

  /** The second dataset begins before and ends behind what an int can address. */
  @Test
  @Tag("slow")
  void a_file_may_have_more_than_two_gigabytes() throws IOException {
    int count = 280_000_000;
    Path path = folder.resolve("large.h5");
    writeTwice(path, count);
    assertThat(Files.size(path)).isGreaterThan(Integer.MAX_VALUE);
    try (Hdf5File file = Hdf5File.open(path)) {
      float[] found = file.root().dataset("second").orElseThrow().read().floats();
      assertThat(found).hasSize(count);
      assertThat(new float[] {found[0], found[count / 2], found[count - 1]})
          .containsExactly(3, 5, 7);
    }
  }

  private static void writeTwice(Path path, int count) throws IOException {
    float[] values = new float[count];
    values[0] = 3;
    values[count / 2] = 5;
    values[count - 1] = 7;
    Array rows = Array.of(Shape.of(2, count / 2), values);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      new Hdf5Content().dataset("first", rows).dataset("second", rows).write(out);
    }
  }
}
