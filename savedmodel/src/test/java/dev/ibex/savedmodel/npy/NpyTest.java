package dev.ibex.savedmodel.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class NpyTest {
  private static final Path FILE = Path.of("x.npy");

  static List<Array> arrays() {
    Shape matrix = Shape.of(2, 3);
    return List.of(
        Array.of(matrix, 1f, -0f, Float.NaN, Float.MIN_VALUE, Float.MAX_VALUE, -2.5f),
        Array.of(matrix, 1d, -0d, Double.NaN, Double.MIN_VALUE, 1e300, -2.5),
        Array.of(matrix, 1, 2, 3, Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
        Array.of(matrix, 1L, 2L, 3L, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1),
        Array.of(matrix, true, false, true, true, false, false),
        Array.of(matrix, 0, 1, 127, 128, 254, 255).cast(DType.UINT8),
        Array.of(matrix, 0f, 1f, -2.5f, 65504f, 0x1p-24f, Float.POSITIVE_INFINITY)
            .cast(DType.FLOAT16),
        Array.of(Shape.scalar(), 7f),
        Array.of(Shape.of(3), 7, 8, 9),
        Array.of(Shape.of(2, 0, 3), new float[0]));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void what_is_written_is_read(Array array) {
    assertThat(Npy.decode(FILE, Npy.encode(array))).isEqualTo(array);
  }

  @Test
  void files_are_written_and_read(@TempDir Path folder) {
    Path file = folder.resolve("a.npy");
    Array a = Array.of(Shape.of(2), 1f, 2f);
    Npy.write(file, a);
    assertThat(Npy.read(file)).isEqualTo(a);
  }

  @Test
  void the_header_is_numpys() {
    byte[] content = Npy.encode(Array.of(Shape.of(3), 1f, 2f, 3f));
    assertThat(content).hasSize(128 + 12);
    assertThat(new String(content, 10, 60, StandardCharsets.ISO_8859_1))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
    assertThat(content[127]).isEqualTo((byte) '\n');
  }

  private static byte[] file(int major, String header, int... data) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    int start = major == 1 ? 10 : 12;
    byte[] all = new byte[start + text.length + data.length];
    byte[] head = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0, (byte) text.length, 0};
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(text, 0, all, start, text.length);
    for (int i = 0; i < data.length; i++) {
      all[start + text.length + i] = (byte) data[i];
    }
    return all;
  }

  @Test
  void reads_version_2_big_endian_and_columns_first_vectors() {
    String header = "{'shape': (2,), 'fortran_order': True, 'descr': '>i4'}\n";
    for (int version : new int[] {1, 2, 3}) {
      assertThat(Npy.decode(FILE, file(version, header, 0, 0, 1, 2, -1, -1, -1, -1)).ints())
          .containsExactly(258, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), }x",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999999999, 999999999), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
        "{'fortran_order': False, 'shape': (1,), }",
        ""
      })
  void refuses_what_it_cannot_read(String header) {
    int[] data = header.endsWith("x") ? new int[5] : new int[4];
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Npy.decode(FILE, file(1, header, data)))
        .withMessageStartingWith("x.npy: ");
  }

  @Test
  void refuses_a_cut_file() {
    byte[] whole = Npy.encode(Array.of(Shape.of(3), 1f, 2f, 3f));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(ModelFormatException.class).isThrownBy(() -> Npy.decode(FILE, cut));
    }
  }
}
