package dev.ibex.savedmodel.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or refused, in little time and little memory. */
class Hdf5MutationTest {
  private static final int MUTATIONS = 2000;
  private static final long MAX_MILLIS = 1000;

  /** What a reading may allocate: a multiple of the file, as counted by the virtual machine. */
  private static final long MAX_BYTES_PER_BYTE = 200;

  private static final long FREE = 8 << 20;
  private static final List<String> SINGLE = List.of("keras_version", "name", "dtype", "i");

  private static byte[] content(String name) {
    return name.equals("own") ? Fixtures.bytes(own()) : Fixtures.bytes(name);
  }

  private static Hdf5Content own() {
    Hdf5Content content =
        new Hdf5Content()
            .attribute("", "text", "config".repeat(1000))
            .attribute("", "layer_names", List.of("a", "b", "c"));
    for (DType dtype : DType.values()) {
      content.dataset("layers/" + dtype.lowerName() + "/vars/0", Fixtures.values(dtype, 3, 2));
    }
    return content;
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "small_latest", "attributes_latest", "chunks_latest", "own"})
  void a_damaged_file_is_read_or_refused(String name) throws ReflectiveOperationException {
    ThreadUse use = new ThreadUse();
    byte[] sound = content(name);
    Random random = new Random(7);
    int[] outcomes = new int[2];
    assertThat(read(sound)).isZero();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = mutated(sound, random);
      use.start();
      outcomes[read(damaged)]++;
      assertThat(use.millis()).as("milliseconds of mutation %d", i).isLessThan(MAX_MILLIS);
      assertThat(use.bytes())
          .as("bytes allocated by mutation %d", i)
          .isLessThan(MAX_BYTES_PER_BYTE * sound.length + FREE);
    }
    assertThat(outcomes).as("files read and refused").doesNotContain(0);
  }

  /** Returns whether anything of a file was refused; other exceptions fail the test. */
  private static int read(byte[] content) {
    int[] refused = new int[1];
    try (Hdf5File file = Fixtures.open(content)) {
      visit(file.root(), refused);
    } catch (ModelFormatException e) {
      check(e, refused);
    }
    return refused[0];
  }

  private static void visit(Hdf5Node node, int[] refused) {
    for (String name : SINGLE) {
      attempt(() -> node.text(name), refused);
    }
    attempt(() -> node.texts("text"), refused);
    attempt(() -> node.texts("layer_names"), refused);
    if (node instanceof Hdf5Dataset dataset) {
      attempt(dataset::shape, refused);
      attempt(dataset::dtype, refused);
      attempt(dataset::read, refused);
    } else if (node instanceof Hdf5Group group) {
      attempt(() -> group.children().values().forEach(child -> visit(child, refused)), refused);
    }
  }

  private static void attempt(Runnable action, int[] refused) {
    try {
      action.run();
    } catch (ModelFormatException e) {
      check(e, refused);
    }
  }

  private static void check(ModelFormatException e, int[] refused) {
    assertThat(e).hasMessageStartingWith("model.keras!model.weights.h5");
    refused[0] = 1;
  }

  private static byte[] mutated(byte[] sound, Random random) {
    byte[] damaged = sound.clone();
    int at = random.nextInt(damaged.length);
    switch (random.nextInt(5)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged = Arrays.copyOf(damaged, at);
      case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 8), (byte) 0xff);
      case 3 -> {
        int other = random.nextInt(damaged.length / 8) * 8;
        for (int i = 0; i < 8; i++) {
          int here = at / 8 * 8 + i;
          if (here < damaged.length) {
            byte b = damaged[here];
            damaged[here] = damaged[other + i];
            damaged[other + i] = b;
          }
        }
      }
      default -> damaged[at] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
