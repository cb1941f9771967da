package dev.ibex.savedmodel.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Files that were made to do harm. */
class HostileFileTest {
  private static final int ROOT = 96;
  private static final int FIRST_MESSAGE = ROOT + 16;
  private static final int FIRST_BODY = FIRST_MESSAGE + 8;

  private static Hdf5File patched(byte[] content, Consumer<ByteBuffer> patch) {
    patch.accept(ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
    return Fixtures.open(content);
  }

  private static int indexOf(byte[] content, String letters, int from) {
    int at = from;
    while (!new String(content, at, letters.length(), java.nio.charset.StandardCharsets.US_ASCII)
        .equals(letters)) {
      at++;
    }
    return at;
  }

  @Test
  void a_header_that_continues_in_itself() {
    byte[] content = Fixtures.bytes(new Hdf5Content().group("a"));
    Consumer<ByteBuffer> patch =
        b ->
            b.putShort(FIRST_MESSAGE, (short) MessageType.CONTINUATION)
                .putLong(FIRST_BODY, FIRST_MESSAGE)
                .putLong(FIRST_BODY + 8, b.getInt(ROOT + 8));
    assertThatThrownBy(() -> patched(content, patch))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("its header continues in a circle");
  }

  @Test
  void a_tree_that_is_its_own_branch() {
    byte[] content = Fixtures.bytes("groups");
    int tree = indexOf(content, "TREE", 0);
    while (content[tree + 5] == 0) {
      tree = indexOf(content, "TREE", tree + 1);
    }
    int inner = tree;
    try (Hdf5File file = patched(content, b -> b.putLong(inner + 32, inner))) {
      assertThatThrownBy(() -> file.root().children())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageEndingWith("has a tree that is damaged or goes in circles");
    }
  }

  @Test
  void a_member_that_is_the_group_around_it() {
    byte[] content = Fixtures.bytes(new Hdf5Content().group("a/inner"));
    int link = indexOf(content, "inner", 0);
    try (Hdf5File file = patched(content, b -> b.putLong(link + 5, ROOT))) {
      assertThatThrownBy(() -> file.root().find("a/inner"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("a/inner: is the same object as \"\"");
    }
  }

  /** 40 000 references to one text of 1 MB would become 40 GB. */
  @Test
  void one_text_in_the_place_of_many() {
    String[] texts = Collections.nCopies(40_000, "b").toArray(String[]::new);
    texts[0] = "a".repeat(1_000_000);
    byte[] content = Fixtures.bytes(new Hdf5Content().dataset("x", Array.of(texts)));
    int data = content.length - 16 * texts.length;
    try (Hdf5File file =
        patched(
            content,
            b -> {
              for (int i = 1; i < texts.length; i++) {
                b.put(data + 16 * i, content, data, 16);
              }
            })) {
      assertThatThrownBy(() -> file.root().dataset("x").orElseThrow().read())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageEndingWith("x: a text's place in the heap of texts is wrong");
    }
  }

  @Test
  void a_shape_larger_than_the_file() {
    byte[] content =
        Fixtures.bytes(new Hdf5Content().dataset("x", Fixtures.values(DType.FLOAT64, 3)));
    ByteBuffer find = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int dims = ROOT;
    while (find.getLong(dims) != 3 || find.getInt(dims - 4) != 0 || find.get(dims - 7) != 1) {
      dims++;
    }
    int at = dims;
    try (Hdf5File file = patched(content, b -> b.putLong(at, 1 << 30))) {
      assertThat(file.root().dataset("x").orElseThrow().shape()).isEqualTo(Shape.of(1 << 30));
      assertThatThrownBy(() -> file.root().dataset("x").orElseThrow().read())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("x: 8589934592 bytes at ")
          .hasMessageContaining("are outside the file");
    }
  }
}
