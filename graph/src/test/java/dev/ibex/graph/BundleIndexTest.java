package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

class BundleIndexTest {
  private static final Map<String, Array> ARRAYS = new LinkedHashMap<>();

  static {
    ARRAYS.put("layer/kernel/.ATTRIBUTES/VARIABLE_VALUE", Array.of(Shape.of(2, 3), new float[6]));
    ARRAYS.put("layer/bias/.ATTRIBUTES/VARIABLE_VALUE", Array.of(new float[3]));
    ARRAYS.put("words", Array.of(new String[] {"a", "größer", ""}));
    ARRAYS.put("größe", Array.scalar(1f));
    ARRAYS.put("none", Array.of(Shape.of(0, 4), new long[0]));
  }

  @TempDir Path dir;
  private Path prefix;

  @BeforeEach
  void write() {
    prefix = dir.resolve("ckpt-1");
    TensorBundle.write(prefix, ARRAYS);
  }

  @Test
  void lists_what_TensorFlow_wrote() {
    BundleIndex index = BundleIndex.read(prefix);
    assertThat(index.shards()).isEqualTo(1);
    assertThat(index.entries().keySet())
        .containsExactly(
            "größe",
            "layer/bias/.ATTRIBUTES/VARIABLE_VALUE",
            "layer/kernel/.ATTRIBUTES/VARIABLE_VALUE",
            "none",
            "words");
    ARRAYS.forEach(
        (key, array) ->
            assertThat(index.readable())
                .containsEntry(key, new TensorBundle.Entry(key, array.dtype(), array.shape())));
    assertThat(index.entries().values())
        .filteredOn(e -> e.size() == 4)
        .map(BundleIndex.Entry::toString)
        .containsExactly("größe float32[]");
  }

  @Test
  void lists_many_arrays_over_several_blocks() {
    Map<String, Array> many = new LinkedHashMap<>();
    IntStream.range(0, 3000).forEach(i -> many.put("a rather long name/" + i, Array.scalar(i)));
    TensorBundle.write(prefix, many);
    BundleIndex index = BundleIndex.read(prefix);
    assertThat(index.entries().keySet()).containsExactlyInAnyOrderElementsOf(many.keySet());
    List<Array> read = TensorBundle.read(prefix, List.copyOf(index.readable().values()));
    assertThat(read).hasSize(3000);
  }

  @Test
  void names_types_that_arrays_cannot_have() {
    BundleIndex.Entry entry =
        new BundleIndex.Entry("state", DataType.DT_VARIANT, Shape.scalar(), 0, 0, 8, 0);
    assertThat(entry.dtype()).isEmpty();
    assertThat(entry).hasToString("state variant[]");
  }

  @Test
  void a_missing_index_is_named() {
    Path other = dir.resolve("ckpt-2");
    assertThat(BundleIndex.exists(prefix)).isTrue();
    assertThat(BundleIndex.exists(other)).isFalse();
    assertThatThrownBy(() -> BundleIndex.read(other))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            other
                + ".index: this file is missing; a checkpoint is named by what its files begin"
                + " with, such as \"ckpt-1\" of \"ckpt-1.index\"");
  }

  @Test
  void a_missing_file_of_data_is_named() throws IOException {
    Files.delete(data());
    assertThatThrownBy(() -> BundleIndex.read(prefix))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            data()
                + ": this file is missing; a checkpoint is ckpt-1.index with all its 1 file of"
                + " data: copy them together");
  }

  @Test
  void a_file_of_data_that_was_cut_is_named() throws IOException {
    long size = Files.size(data());
    Files.write(data(), Arrays.copyOf(Files.readAllBytes(data()), 5));
    assertThat(size).isGreaterThan(28);
    assertThatThrownBy(() -> BundleIndex.read(prefix))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(data() + "!")
        .hasMessageEndingWith(
            "found a file of 5 bytes; it is damaged or was not copied whole: copy or write the"
                + " checkpoint again");
  }

  @Test
  void every_cut_of_the_index_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(BundleIndex.file(prefix));
    for (int length = 0; length < whole.length; length++) {
      Files.write(BundleIndex.file(prefix), Arrays.copyOf(whole, length));
      assertThat(catchThrowable(() -> BundleIndex.read(prefix)))
          .as("cut to %d bytes", length)
          .isInstanceOf(BundleException.class)
          .hasMessageStartingWith(
              BundleIndex.file(prefix)
                  + ": it is damaged, was not completely written or is no TensorFlow index: ");
    }
  }

  @Test
  void every_changed_byte_of_the_blocks_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(BundleIndex.file(prefix));
    BundleIndex expected = BundleIndex.read(prefix);
    Random random = new Random(1);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(BundleIndex.file(prefix), changed);
      Throwable thrown =
          catchThrowable(() -> assertThat(BundleIndex.read(prefix)).isEqualTo(expected));
      // a block of statistics and the space between footer and magic number are not read
      if (thrown != null) {
        assertThat(thrown).as("byte %d", at).isInstanceOf(BundleException.class);
      } else {
        assertThat(at).isGreaterThan(whole.length / 2);
      }
    }
  }

  @Test
  void crafted_indices_are_refused_in_time_and_space() throws IOException {
    Random random = new Random(2);
    byte[] whole = Files.readAllBytes(BundleIndex.file(prefix));
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(BundleIndex.file(prefix), mendedChecksums(changed, whole));
      Throwable thrown = catchThrowable(() -> BundleIndex.read(prefix));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(BundleException.class);
      }
    }
  }

  /**
   * Returns a changed index with checksums that fit, where its blocks are those of the original.
   */
  private static byte[] mendedChecksums(byte[] changed, byte[] original) {
    int end = original.length - 48;
    int from = 0;
    for (int at = 5; at <= end; at++) {
      if (at - from <= Integer.BYTES) {
        continue;
      }
      int crc = MaskedCrc.of(original, from, at - from - 4);
      ByteBuffer stored = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
      if (stored.getInt(at - 4) == crc) {
        ByteBuffer.wrap(changed)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(at - 4, MaskedCrc.of(changed, from, at - from - 4));
        from = at;
      }
    }
    return changed;
  }

  private Path data() {
    return BundleIndex.dataFile(prefix, 0, 1);
  }
}
